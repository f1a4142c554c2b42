"""The one meaning of every failure, against a server that fails in every way it can."""

import socket
import struct
import threading
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import RateLimited, Rejected, Unauthorized, Unavailable, Unconfirmed
from bot.networks.http import Manners, Wire, retry_at

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
SECRET = "s3cret-token"


def answer(status, body=b"{}", *, length=None, headers=""):
    head = f"HTTP/1.1 {status} Whatever\r\nContent-Length: {len(body) if length is None else length}\r\n{headers}\r\n"
    return head.encode() + body


@contextmanager
def server(bytes_back, *, then="close"):
    """Reads one request per connection, answers with these bytes, then closes, resets, or keeps silent."""
    listening, seen, over = socket.create_server(("127.0.0.1", 0)), [], threading.Event()

    def attend(connection):
        with connection, suppress(OSError):  # the client may be gone
            seen.append(connection.recv(65536))
            if bytes_back:
                connection.sendall(bytes_back)
            if then == "stall":
                over.wait(5)
            if then == "reset":
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            elif bytes_back:
                connection.shutdown(socket.SHUT_WR)

    def serve():
        with suppress(OSError):
            while True:
                threading.Thread(target=attend, args=(listening.accept()[0],), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", seen
    finally:
        over.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(10)


def wire(url, **manners):
    return Wire(
        url,
        timeout=timedelta(seconds=1),
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


def test_a_certificate_that_is_not_trusted_is_certain_before_anything_was_sent(tmp_path):
    import ssl
    import subprocess

    subprocess.run(
        "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=127.0.0.1 -keyout key.pem -out cert.pem".split(),
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve():
            with suppress(OSError), listening.accept()[0] as connection:  # whatever a refusal looks like from here
                context.wrap_socket(connection, server_side=True).recv(10)

        threading.Thread(target=serve, daemon=True).start()
        line = wire(f"https://127.0.0.1:{listening.getsockname()[1]}")
        with pytest.raises(Unavailable, match="certificate"):
            line.commit("POST", "/posts", json={})


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
        ({}, "X-RateLimit-Reset", 60),
    ],
)
def test_each_network_says_in_its_own_form_when_to_come_back(headers, reset, seconds):
    assert retry_at(headers, reset, NOW) == NOW + timedelta(seconds=seconds)


def test_neither_netrc_nor_cookies_speak_for_us(tmp_path, monkeypatch):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    with server(answer(200, headers="Set-Cookie: a=b\r\n")) as (url, seen):
        line = wire(url)
        line.ask("GET", "/", headers={"Authorization": "Bearer ours"})
        line.ask("GET", "/")
    assert b"Authorization: Bearer ours" in seen[0]
    assert b"Authorization" not in seen[1]
    assert b"Cookie" not in seen[1]
