"""The one meaning of every failure, against a server that fails in every way it can."""

import gzip
import json
import socket
import ssl
import struct
import subprocess
import threading
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import RateLimited, Rejected, Unauthorized, Unavailable, Unconfirmed
from bot.networks.http import Manners, Wire, retry_at
from bot.written import plain

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
SECRET = "s3cret-token"


def answer(status, body=b"{}", *, length=None, headers=""):
    head = f"HTTP/1.1 {status} Whatever\r\nContent-Length: {len(body) if length is None else length}\r\n{headers}\r\n"
    return head.encode() + body


def request_on(connection):
    """One request, whole: what is left unread when a socket closes turns the close into a reset."""
    read = connection.recv(65536)
    while read.startswith(b"POST") and not read.endswith(b"}"):
        if not (more := connection.recv(65536)):
            break
        read += more
    return read


@contextmanager
def server(bytes_back, *, then="close", drip=b"", secure=None):
    """Reads one request per connection, answers with these bytes, then closes, resets, keeps silent, or drips."""
    listening, seen, over = socket.create_server(("127.0.0.1", 0)), [], threading.Event()

    def attend(connection):
        with connection, suppress(OSError):  # the client may be gone
            seen.append(request_on(connection))
            if bytes_back:
                connection.sendall(bytes_back)
            while drip and not over.wait(0.02):
                connection.sendall(drip)
            if then == "stall":
                over.wait(5)
            if then == "reset":
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            elif bytes_back:
                connection.shutdown(socket.SHUT_WR)

    def serve():
        with suppress(OSError):
            while True:
                connection = listening.accept()[0]
                if secure:
                    connection = secure.wrap_socket(connection, server_side=True)
                threading.Thread(target=attend, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", seen
    finally:
        over.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(10)


def wire(url, seconds=1, **manners):
    return Wire(
        url,
        timeout=timedelta(seconds=seconds),
        now=lambda: NOW,
        manners=Manners(**manners),
        scrub=lambda text: text.replace(SECRET, "…"),
    )


LOST = {
    "dropped": (b"", "close"),
    "reset": (b"", "reset"),
    "stalled": (b"", "stall"),
    "cut in the head": (answer(200)[:20], "close"),
    "cut in the body": (answer(200, b'{"id": "1', length=100), "close"),
    "not http": (b"SSH-2.0-OpenSSH_9.2\r\n", "close"),
    "a page instead of json": (answer(200, b"<html>"), "close"),
    "no body": (answer(200, b""), "close"),
    "500": (answer(500), "close"),
    "502 with a page": (answer(502, b"<html>"), "close"),
    "503": (answer(503), "close"),
    "408": (answer(408), "close"),
    "a length that is none": (answer(200, length="2, 3"), "close"),
    "a length beyond memory": (answer(200, length=9 * 10**18), "close"),
    "packed": (answer(200, gzip.compress(b'{"id": "1"}'), headers="Content-Encoding: gzip\r\n"), "close"),
    "thousands of brackets": (answer(200, b"[" * 99_999), "close"),
    "thousands of digits": (answer(200, b"[" + b"9" * 5_000 + b"]"), "close"),
    "moved nowhere": (answer(301, headers="Location: http://[::1\r\n"), "close"),
    "moved": (answer(301, headers="Location: http://127.0.0.1:1/\r\n"), "close"),
}


@pytest.mark.parametrize("name", LOST)
def test_an_answer_that_is_lost_is_unknown_after_a_commit_and_harmless_after_an_ask(name):
    bytes_back, then = LOST[name]
    with server(bytes_back, then=then) as (url, seen):
        with pytest.raises(Unconfirmed):
            wire(url).commit("POST", "/posts", json={})
        assert len(seen) == 1  # a request that left is never sent again
        with pytest.raises(Unavailable):
            wire(url).ask("POST", "/posts", json={})
        assert len(seen) == 2


def test_an_answer_without_content_is_done_after_an_ask_and_unknown_after_a_commit():
    with server(b"HTTP/1.1 204 No Content\r\n\r\n") as (url, _):
        assert wire(url).ask("DELETE", "/posts/1").fields == {}
        with pytest.raises(Unconfirmed):
            wire(url).commit("POST", "/posts", json={})


REFUSED = {
    400: Rejected,
    401: Unauthorized,
    402: Unauthorized,
    403: Rejected,
    404: Rejected,
    409: Rejected,
    413: Rejected,
    422: Rejected,
    429: RateLimited,
}


@pytest.mark.parametrize("status", REFUSED)
@pytest.mark.parametrize("verb", ["ask", "commit"])
def test_a_refusal_in_so_many_words_is_certain(status, verb):
    body = b'{"error": "No: s3cret-token is wrong"}'
    with server(answer(status, body)) as (url, _), pytest.raises(REFUSED[status]) as caught:
        getattr(wire(url), verb)("POST", "/posts", json={})
    assert f"answered {status}: No: … is wrong" in str(caught.value)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("verb", ["ask", "commit"])
@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://nobody.invalid", "https://127.0.0.1:1"])
def test_a_connection_that_was_never_made_is_certain(url, verb):
    with pytest.raises(Unavailable, match=r"cannot reach .*(refused|resolve)"):
        getattr(wire(url), verb)("POST", "/posts", json={})


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of this machine's that only its maker trusts: its file, and a server's context with it."""
    folder = tmp_path_factory.mktemp("certificate")
    made = "req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    subprocess.run(
        ["openssl", *made.split(), "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return folder / "cert.pem", context


def test_a_certificate_that_is_not_trusted_is_certain_before_anything_was_sent(certificate):
    _, context = certificate
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve():
            with suppress(OSError), listening.accept()[0] as connection:  # whatever a refusal looks like from here
                context.wrap_socket(connection, server_side=True).recv(10)

        threading.Thread(target=serve, daemon=True).start()
        line = wire(f"https://127.0.0.1:{listening.getsockname()[1]}")
        with pytest.raises(Unavailable, match="certificate"):
            line.commit("POST", "/posts", json={})


DRIPS = {
    "status line": (b"HTTP/1.1 2", b"0"),
    "reason": (b"HTTP/1.1 200 O", b"K"),
    "header": (b"HTTP/1.1 200 OK\r\nX-Long: ", b"x"),
    "100 Continue": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "chunk extension": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;", b"x"),
    "chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    "trailer": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n", b"X: x\r\n"),
    "body": (answer(200, b"{", length=100_000), b" "),
    "body that ends with the connection": (b"HTTP/1.1 200 OK\r\n\r\n{", b" "),
    "redirection": (answer(301, b"{", length=100_000, headers="Location: http://127.0.0.1:1/\r\n"), b" "),
}


@pytest.mark.timeout(30)
@pytest.mark.parametrize("name", DRIPS)
def test_a_server_that_drips_holds_a_call_no_longer_than_one_that_is_silent(name):
    begun, drip = DRIPS[name]
    with server(begun, drip=drip) as (url, seen):
        with pytest.raises(Unconfirmed, match="timed out"):
            wire(url).commit("POST", "/posts", json={})
        with pytest.raises(Unavailable, match="timed out"):
            wire(url).ask("POST", "/posts", json={})
        assert len(seen) == 2


@pytest.mark.timeout(30)
def test_nor_does_one_that_drips_through_tls(certificate):
    file, context = certificate
    with server(*DRIPS["header"][:1], drip=b"x", secure=context) as (url, _):
        line = wire(url.replace("http:", "https:"))
        line.session.verify = str(file)
        with pytest.raises(Unconfirmed, match="timed out"):
            line.commit("POST", "/posts", json={})


@pytest.mark.timeout(30)
def test_nor_does_a_proxy(monkeypatch):
    with server(b"HTTP/1.1 200 O", drip=b"K") as (url, seen):
        for name in ("https_proxy", "HTTPS_PROXY"):
            monkeypatch.setenv(name, url)
        with pytest.raises(Unavailable, match="timed out"):
            wire("https://social.example").ask("POST", "/posts", json={})
    assert all(request.startswith(b"CONNECT social.example:443") for request in seen)


def test_every_answer_on_one_connection_has_the_whole_time(certificate):
    file, context = certificate
    with socket.create_server(("127.0.0.1", 0)) as listening:
        taken = []

        def serve():
            connection = context.wrap_socket(listening.accept()[0], server_side=True)
            listening.close()  # a second connection would be refused
            with connection, suppress(OSError):
                while len(taken) < 3:
                    taken.append(request_on(connection))
                    threading.Event().wait(0.8)
                    connection.sendall(answer(200))

        threading.Thread(target=serve, daemon=True).start()
        line = wire(f"https://127.0.0.1:{listening.getsockname()[1]}", seconds=3)
        line.session.verify = str(file)
        assert [line.ask("POST", "/", json={}).status for _ in range(3)] == [200, 200, 200]


def test_an_answer_is_read_whole_and_tells_how_far_our_clock_is_ahead():
    headers = "Date: Tue, 01 Dec 2026 08:59:00 GMT\r\n"
    with server(answer(200, b'{"id": "1"}', headers=headers)) as (url, _):
        line = wire(url)
        assert line.clock_ahead() is None
        got = line.commit("POST", "/posts", json={})
        assert (got.status, got.fields, got.rows) == (200, {"id": "1"}, [])
        assert line.clock_ahead() == timedelta(minutes=1)


def test_an_answer_without_end_is_given_up():
    with server(answer(200, b" " * 9_000_000)) as (url, _), pytest.raises(Unconfirmed, match="more than"):
        wire(url).commit("POST", "/posts", json={})


def test_a_network_may_give_an_answer_its_own_meaning():
    def judge(answer, said):
        return Unavailable(said) if answer.status == 422 and "processing" in said else None

    with server(answer(422, b'{"error": "still processing"}')) as (url, _), pytest.raises(Unavailable):
        wire(url, judge=judge).commit("POST", "/posts", json={})


@pytest.mark.parametrize(
    ("headers", "reset", "seconds"),
    [
        ({"Retry-After": "90"}, "", 90),
        ({"Retry-After": "Tue, 01 Dec 2026 09:02:00 GMT", "X-Reset": "1"}, "X-Reset", 120),
        ({"X-RateLimit-Reset": "2026-12-01T09:05:00.000Z"}, "X-RateLimit-Reset", 300),
        ({"x-rate-limit-reset": str(int(NOW.timestamp()) + 900)}, "x-rate-limit-reset", 900),
        ({"Retry-After": "soon"}, "", 60),
        ({"Retry-After": "9" * 400}, "", 60),
        ({"Retry-After": "9" * 17}, "", 60),
        ({"Retry-After": "9" * 10}, "", 60),
        ({"Retry-After": "1e400"}, "", 60),
        ({"Retry-After": "nan"}, "", 60),
        ({"Retry-After": "Tue, 01 Dec 99999999999 09:02:00 GMT"}, "", 60),
        ({"X-Reset": "9" * 17}, "X-Reset", 60),
        ({"X-Reset": "9" * 400}, "X-Reset", 60),
        ({"X-Reset": "1e400"}, "X-Reset", 60),
        ({"X-Reset": "nan"}, "X-Reset", 60),
        ({"X-Reset": "9999-12-31T23:59:59-10:00"}, "X-Reset", 60),
        ({}, "X-RateLimit-Reset", 60),
    ],
)
def test_each_network_says_in_its_own_form_when_to_come_back(headers, reset, seconds):
    assert retry_at(headers, reset, NOW) == NOW + timedelta(seconds=seconds)


def test_neither_netrc_nor_cookies_speak_for_us(tmp_path, monkeypatch):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    with server(answer(200, headers="Set-Cookie: a=b\r\nConnection: close\r\n")) as (url, seen):
        line = wire(url)
        line.ask("GET", "/", headers={"Authorization": "Bearer ours"})
        line.ask("GET", "/")
    assert b"Authorization: Bearer ours" in seen[0]
    assert b"Authorization" not in seen[1]
    assert b"Cookie" not in seen[1]


@pytest.mark.parametrize("status", [413, 429, 503])
def test_when_to_come_back_is_read_by_us_alone(status):
    with server(answer(status, headers="Retry-After: 90\r\n")) as (url, seen):
        with pytest.raises((RateLimited, Rejected, Unavailable), match=f"answered {status}") as caught:
            wire(url).ask("GET", "/")
        assert len(seen) == 1
    assert getattr(caught.value, "retry_at", NOW + timedelta(seconds=90)) == NOW + timedelta(seconds=90)


def test_we_ask_for_nothing_packed():
    with server(answer(200)) as (url, seen):
        wire(url).ask("GET", "/")
    assert b"\r\nAccept-Encoding: identity\r\n" in seen[0]


@pytest.mark.parametrize(
    "body",
    [
        rb'{"a\ud800": ["\uDC00", {"b": "x\ud83d\ude00y\ud800"}], "c": "\\ud800"}',
        b'{"a\xed\xa0\x80": ["\xed\xb0\x80", {"b": "x\xf0\x9f\x98\x80y\xed\xa0\x80"}], "c": "\\\\ud800"}',
    ],
)
def test_halves_of_characters_do_not_travel_on(body):
    with server(answer(200, body)) as (url, _):
        told = wire(url).ask("GET", "/").told
    one = json.dumps(told, ensure_ascii=False).encode().decode()  # raises for a half
    assert one.replace("\ufffd\ufffd\ufffd", "\ufffd") == json.dumps(
        {"a\ufffd": ["\ufffd", {"b": "x\N{GRINNING FACE}y\ufffd"}], "c": "\\ud800"}, ensure_ascii=False
    )


def test_what_a_server_says_is_one_line_that_moves_no_cursor():
    said = "No\x1b[2J\r\n\x9b31m \u202eeciuj\u202c \u2066x\u2069 \u200f\u200e\u2028y\x00\x7f\ud800"
    assert plain(said) == "No [2J 31m eciuj x y"
    assert plain("Zoë \N{FAMILY}\u200d\N{GRINNING FACE} شكرا") == "Zoë \N{FAMILY}\u200d\N{GRINNING FACE} شكرا"
    with server(answer(422, json.dumps({"error": said}).encode())) as (url, _), pytest.raises(Rejected) as caught:
        wire(url).commit("POST", "/posts", json={})
    assert str(caught.value) == f"{url} answered 422: No [2J 31m eciuj x y \ufffd"


@pytest.mark.parametrize("at", range(180, 201, 5))
def test_not_even_half_a_secret_is_shown(at):
    body = json.dumps({"error": "x" * at + SECRET}).encode()
    with server(answer(422, body)) as (url, _), pytest.raises(Rejected) as caught:
        wire(url).commit("POST", "/posts", json={})
    assert "s3" not in str(caught.value).rpartition(": ")[2]


def test_an_odd_status_line_is_shown_without_its_controls():
    with server(b"HTTP/1.1 \x1b[2J" + b"x" * 5_000 + b"\r\n\r\n") as (url, _), pytest.raises(Unconfirmed) as caught:
        wire(url).commit("POST", "/posts", json={})
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300


def test_a_server_that_has_moved_says_where_to_and_is_not_followed():
    where = "https://new.example/\x1b[2J" + "x" * 300
    with server(answer(301, headers=f"Location: {where}\r\n")) as (url, seen), pytest.raises(Unavailable) as caught:
        wire(url).ask("GET", "/")
    said = str(caught.value)
    assert said.startswith(f"{url} answered 301: it has moved to https://new.example/ [2Jx")
    assert said.endswith("x: put that address into config.toml")
    assert said.count("x") < 250
    assert len(seen) == 1


@pytest.mark.parametrize("verb", ["ask", "commit"])
def test_a_header_that_cannot_be_written_was_never_sent(verb):
    with server(answer(200)) as (url, seen), pytest.raises(Unavailable, match="never sent"):
        getattr(wire(url), verb)("POST", "/posts", json={}, headers={"Authorization": "Bearer “quoted”"})
    assert not any(seen)


def test_a_clock_beyond_all_years_tells_nothing():
    with server(answer(200, headers="Date: Tue, 01 Dec 99999999999 09:02:00 GMT\r\n")) as (url, _):
        line = wire(url)
        line.ask("GET", "/")
    assert line.clock_ahead() is None


def test_an_answer_without_a_body_is_a_success_only_where_the_network_talks_so():
    with server(answer(201, b"", headers="x-restli-id: urn:li:share:1\r\n")) as (url, _):
        with pytest.raises(Unconfirmed, match="cannot be read: nothing"):
            wire(url).commit("POST", "/posts", json={})
        answered = wire(url, empty_is_well=True).commit("POST", "/posts", json={})
        assert answered.headers["x-restli-id"] == "urn:li:share:1"
        assert wire(url, empty_is_well=True).ask("PUT", "/bytes", data=b"").status == 201
    with server(answer(200, b"<h1>Soon</h1>")) as (url, _), pytest.raises(Unconfirmed):
        wire(url, empty_is_well=True).commit("POST", "/posts", json={})
    with server(answer(500, b"")) as (url, _), pytest.raises(Unconfirmed):
        wire(url, empty_is_well=True).commit("POST", "/posts", json={})
