"""The guard before the desk, asked over the wire by clients that mean well and by others."""

import http.client
import logging
import socket
import threading

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.web.desk import server as room
from bot.web.desk.guard import Guard
from bot.web.desk.pace import Pace
from bot.web.desk.policy import Policy
from bot.web.desk.server import DeskServer
from tests.web.house import House, rest_of


@pytest.fixture
def house(tmp_path):
    house = House(tmp_path).open()
    yield house
    house.close()


@pytest.fixture
def session(house):
    return house.enter()


OWN = ["127.0.0.1", "localhost", "LocalHost", "[::1]"]
STRANGE = ["evil.example", "127.0.0.1.evil.example", "127.0.0.2", "0.0.0.0", "localhost.", "desk.example.com", "", "["]


@pytest.mark.parametrize("name", OWN)
def test_the_desk_answers_to_its_own_names(house, name):
    assert house.ask("GET", "/enter", Host=f"{name}:{house.port}").status == 200


@pytest.mark.parametrize("name", STRANGE)
def test_a_name_that_somebody_else_gave_this_address_leads_nowhere(house, session, name):
    for host in (name, f"{name}:{house.port}"):
        for path in ("/", "/enter", "/static/desk.css", f"/enter/{house.key}"):
            answer = house.ask("GET", path, session=session, Host=host)
            assert (answer.status, answer.body) == (400, "This is not the address of this desk.\n")
            assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:1", "localhost:80", "127.0.0.1:"])
def test_the_right_name_with_another_port_is_another_place(house, host):
    assert house.ask("GET", "/enter", Host=host).status == 400


def test_without_a_host_or_with_two_nobody_is_let_in(house):
    assert house.raw(b"GET /enter HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 400")
    two = b"GET /enter HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nHost: evil.example\r\n\r\n" % house.port
    assert house.raw(two).startswith(b"HTTP/1.1 400")


HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def test_every_answer_has_the_headers(house, session):
    answers = {
        200: house.ask("GET", "/", session=session),
        303: house.ask("GET", "/"),
        400: house.ask("GET", "/", Host="evil.example"),
        401: house.ask("GET", "/", HX_Request="true"),
        403: house.ask("POST", "/length"),
        404: house.ask("GET", "/nothing", session=session),
        405: house.ask("GET", "/leave", session=session),
        413: house.post("/length", "x" * 300_000, session=session),
        500: house.ask("GET", "/broken", session=session),
    }
    for status, answer in answers.items():
        assert answer.status == status
        assert HEADERS.items() <= answer.headers.items()
        assert answer.headers["cache-control"] == "no-store"
        assert "camera=()" in answer.headers["permissions-policy"]
        assert "server" not in answer.headers
        assert "strict-transport-security" not in answer.headers


def test_a_page_says_how_long_it_took(house, session):
    told = house.ask("GET", "/", session=session).headers["server-timing"]
    assert told.startswith("app;dur=")
    assert 0 < float(told.partition("dur=")[2]) < 30_000


def test_an_answer_may_be_kept_when_it_says_so_itself(house):
    assert house.ask("GET", "/static/desk.css").headers["cache-control"] == "public, max-age=60"


def test_who_is_not_in_is_sent_to_the_door(house):
    for path in ("/", "/posts/a", "/enterprise", "/staticky", "/texts", "/%2fenter", "/leave"):
        answer = house.ask("GET", path)
        assert (answer.status, answer.headers["location"]) == (303, "/enter"), path
    unheard = house.post("/length")  # a form is not answered with another page: loading it again sends it again
    assert (unheard.status, "location" in unheard.headers) == (401, False)
    assert "load this page again" in unheard.body
    session = house.enter()
    name, _, secret = session.partition("=")
    for other in (f"{session}x", session[:-1], f"{name}=", f"footnote-00000000={secret}", f"{name}={house.key}"):
        assert house.ask("GET", "/", session=other).status == 303
    assert house.ask("GET", "/", session=session).body == "inside"


def test_a_fragment_is_not_replaced_by_the_door(house):
    answer = house.ask("GET", "/", HX_Request="true")
    assert (answer.status, answer.headers["hx-redirect"], answer.body) == (401, "/enter", "")


def test_the_door_and_what_it_is_made_of_are_open(house):
    assert house.ask("GET", "/enter").status == 200
    assert house.ask("GET", "/static/desk.css").body == "css"
    assert house.ask("GET", "/static/../length").status in {303, 404}


REFUSED = [
    {},
    {"Origin": "null"},
    {"Origin": "http://evil.example"},
    {"Origin": "http://127.0.0.1"},
    {"Origin": "http://127.0.0.1:{feed}"},
    {"Origin": "https://127.0.0.1:{port}"},
    {"Origin": "http://127.0.0.1:{port}.evil.example"},
    {"Origin": "{own}", "Sec_Fetch_Site": "same-site"},  # the public feed, or any other program on this machine
    {"Origin": "{own}", "Sec_Fetch_Site": "cross-site"},
    {"Origin": "http://evil.example", "Sec_Fetch_Site": "none"},
    {"Sec_Fetch_Site": "none"},
    {"Sec_Fetch_Site": "same-site"},
    {"Sec_Fetch_Site": "cross-site"},
    {"Sec_Fetch_Site": "Same-Origin "},
    {"Referer": "{own}/"},
]


@pytest.mark.parametrize("headers", REFUSED, ids=str)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "NONSENSE"])
def test_nothing_is_done_for_a_page_of_somebody_else(house, session, method, headers):
    told = {"own": house.origin, "port": house.port, "feed": house.port + 1}
    answer = house.ask(
        method, "/length", session=session, **{name: value.format(**told) for name, value in headers.items()}
    )
    assert answer.status == 403
    assert "nothing was done" in answer.body


ALLOWED = [
    {"Sec_Fetch_Site": "same-origin"},
    {"Sec_Fetch_Site": "same-origin", "Origin": "{own}"},
    {"Origin": "{own}"},
    {"Origin": "http://localhost:{port}"},
    {"Origin": "{own}", "Sec_Fetch_Site": "none"},
]


@pytest.mark.parametrize("headers", ALLOWED, ids=str)
def test_a_page_of_the_desk_may_act(house, session, headers):
    told = {"own": house.origin, "port": house.port}
    answer = house.ask(
        "POST", "/length", "four", session=session, **{name: value.format(**told) for name, value in headers.items()}
    )
    assert (answer.status, answer.body) == (200, "4")


@pytest.mark.parametrize(
    ("path", "most", "told"), [("/length", 256 * 1024, "256 KB"), ("/texts", 21 * 1024 * 1024, "20 MB")]
)
def test_a_body_has_a_size(house, session, path, most, told):
    assert house.post(path, "x" * most, session=session).body == str(most)
    answer = house.post(path, "x" * (most + 1), session=session)
    assert (answer.status, f"too large: {told} at most. Nothing was kept." in answer.body) == (413, True)


def ask_raw(house, session, *lines, path="/length"):
    head = [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{house.port}", "Sec-Fetch-Site: same-origin", *lines]
    return "\r\n".join([*head, f"Cookie: {session}", "", ""]).encode()


def test_a_body_without_a_length_is_counted_as_it_comes(house, session):
    with socket.create_connection(("127.0.0.1", house.port), timeout=30) as line:
        line.sendall(ask_raw(house, session, "Transfer-Encoding: chunked"))
        for _ in range(5):  # it goes on, but the answer is there
            line.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")
        assert line.recv(4096).startswith(b"HTTP/1.1 413")


def test_a_body_in_pieces_that_fits_arrives_whole(house, session):
    pieces = b"".join(b"400\r\n" + b"x" * 1024 + b"\r\n" for _ in range(50)) + b"0\r\n\r\n"
    answer = house.raw(ask_raw(house, session, "Transfer-Encoding: chunked", "Connection: close") + pieces)
    assert answer.endswith(b"\r\n\r\n51200")


def test_a_length_that_is_said_to_be_too_much_is_believed(house, session):
    with socket.create_connection(("127.0.0.1", house.port), timeout=30) as line:
        line.sendall(ask_raw(house, session, "Content-Length: 99999999999"))
        assert line.recv(4096).startswith(b"HTTP/1.1 413")


def test_a_visitor_with_far_too_much_reads_the_answer_and_may_go_on(house, session):
    line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=30)
    told = {"Cookie": session, "Sec-Fetch-Site": "same-origin"}
    for size, status in ((40_000_000, 413), (4, 200)):
        line.request("POST", "/texts", body=b"x" * size, headers=told)
        answer = line.getresponse()
        assert answer.status == status
        answer.read()
    line.close()


@pytest.fixture
def hasty(monkeypatch, house):
    """The same desk, which loses patience sooner."""
    monkeypatch.setattr(room, "SILENCE", 0.3)
    return house


BEFORE_IT_ASKS = [b"", b"GET /ent", b"GET /enter HTTP/1.1\r\nHost: a\r\nX: "]


@pytest.mark.parametrize("start", BEFORE_IT_ASKS)
def test_who_connects_and_does_not_ask_is_cut_off_though_he_trickles(hasty, start):
    with socket.create_connection(("127.0.0.1", hasty.port), timeout=30) as line:
        assert trickled(line, start)


def test_who_never_stops_talking_is_cut_off_after_his_answer(hasty):
    with socket.create_connection(("127.0.0.1", hasty.port), timeout=30) as line:
        assert trickled(line, ask_raw(hasty, "", "Content-Length: 200000")).startswith(b"HTTP/1.1 401")


def test_who_waits_for_us_is_not_cut_off(hasty, session):
    with socket.create_connection(("127.0.0.1", hasty.port), timeout=2) as line:
        line.sendall(f"GET /slow HTTP/1.1\r\nHost: 127.0.0.1:{hasty.port}\r\nCookie: {session}\r\n\r\n".encode())
        with pytest.raises(TimeoutError):
            line.recv(1)


def trickled(line, start):
    """Says `start`, then a letter now and then, until it is cut off; gives what was answered."""
    line.sendall(start)
    stop = threading.Event()

    def trickle():
        while not stop.wait(0.05):
            try:
                line.sendall(b"x")
            except OSError:
                return

    thread = threading.Thread(target=trickle, daemon=True)
    if start:
        thread.start()
    got = rest_of(line)
    stop.set()
    return got or b"nothing"


@pytest.mark.parametrize("length", ["-1", "1e3", "4, 5", "x"])
def test_a_length_that_is_none_is_no_request(house, session, length):
    assert house.raw(ask_raw(house, session, f"Content-Length: {length}") + b"four").startswith(b"HTTP/1.1 400")


def test_a_length_that_is_less_than_what_comes_is_all_that_is_read(house, session):
    answer = house.raw(ask_raw(house, session, "Content-Length: 4", "Connection: close") + b"four and more" * 100_000)
    assert b" 200 " in answer.partition(b"\r\n")[0] + b" "
    assert b"\r\n\r\n4" in answer


def test_who_is_not_in_need_not_be_listened_to(house):
    """The answer comes before the body has."""
    with socket.create_connection(("127.0.0.1", house.port), timeout=30) as line:
        line.sendall(ask_raw(house, "", "Content-Length: 200000"))
        assert line.recv(4096).startswith(b"HTTP/1.1 401")


def test_a_huge_head_is_not_read(house):
    answer = house.raw(b"GET /enter HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * 60_000)
    assert answer.startswith(b"HTTP/1.1 400") or answer == b""


class Anyone:
    """An entrance that knows everybody."""

    cookie = "footnote"

    def is_in(self, session):
        return True


async def _length(request):
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture
def guarded():
    """Serves a site of one page behind a guard that is as given; gives its port."""
    servers = []

    def start(**more):
        ports = []

        def asgi(port):
            ports.append(port)
            host = f"127.0.0.1:{port}"
            policy = Policy(frozenset({host}), frozenset({f"http://{host}"}))
            site = Starlette(routes=[Route("/length", _length, methods=["GET", "POST"])])
            return Guard(site, policy, Anyone(), **more)

        servers.append(DeskServer(asgi, "127.0.0.1", 0))
        servers[-1].start()
        return ports[0]

    yield start
    for server in servers:
        server.stop()


def test_a_body_that_does_not_come_is_not_waited_for(guarded):
    port = guarded(patience=0.5)
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        head = f"POST /length HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
        line.sendall(head.encode() + b"Content-Length: 100\r\n\r\nsome")
        answer = rest_of(line)
    assert answer.startswith(b"HTTP/1.1 408")
    assert answer.endswith(b"This took too long to arrive. Try again.\n")


def test_a_body_that_trickles_has_no_more_time(guarded):
    port = guarded(patience=0.5)
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        head = f"POST /length HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
        assert trickled(line, head.encode() + b"Content-Length: 100000\r\n\r\n").startswith(b"HTTP/1.1 408")


def get(port):
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(f"GET /length HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
        return rest_of(line)


def test_who_asks_too_often_is_told_when_to_ask_again(guarded):
    port = guarded(pace=Pace(clock=lambda: 0.0, burst=3, rate=0.1))
    assert [get(port)[9:12] for _ in range(3)] == [b"200"] * 3
    refused = get(port)
    assert refused.startswith(b"HTTP/1.1 429")
    assert b"retry-after: 10\r\n" in refused
    assert b"x-frame-options: DENY" in refused


def test_a_client_is_paced_by_itself_and_time_gives_back():
    now = [0.0]
    pace = Pace(clock=lambda: now[0], rate=10, burst=200)
    assert not any(pace.wait("a") for _ in range(200))
    assert pace.wait("a") == pytest.approx(0.1)
    assert pace.wait("b") == 0
    now[0] = 1.0
    assert not any(pace.wait("a") for _ in range(10))
    assert pace.wait("a") > 0
    now[0] = 3600.0
    assert not any(pace.wait("a") for _ in range(200))
    assert pace.wait("a") > 0


def test_a_crowd_takes_no_more_memory_than_is_there_for_it():
    pace = Pace(clock=lambda: 0.0, most=100)
    for number in range(10_000):
        pace.wait(str(number))
    assert len(pace._left) == 100


def test_what_goes_wrong_is_for_the_log_alone(house, session, caplog):
    with caplog.at_level(logging.DEBUG):
        answer = house.ask("GET", "/broken?SECRET-QUERY", session=session)
        house.desk.stop()
    assert (answer.status, "SECRET" in answer.body, "Traceback" in answer.body) == (500, False, False)
    assert "SECRET-WORDS" in caplog.text
    assert "SECRET-QUERY" not in caplog.text
    assert session.partition("=")[2] not in caplog.text


def test_an_answer_that_breaks_off_is_seen_to_break_off(house, session):
    with pytest.raises(Exception, match="IncompleteRead"):
        house.ask("GET", "/torn", session=session)
    assert house.ask("GET", "/", session=session).body == "inside"


def test_a_client_that_leaves_in_the_middle_of_a_word_troubles_nobody(house, session, caplog):
    with socket.create_connection(("127.0.0.1", house.port)) as line:
        line.sendall(ask_raw(house, session, "Content-Length: 100") + b"some")
    assert house.ask("GET", "/", session=session).body == "inside"
    house.desk.stop()
    assert caplog.text == ""


@pytest.mark.parametrize(
    "noise", [b"\x16\x03\x01\x02\x00\x01\x00", b"GET\r\n\r\n", b"\x00" * 100, b"PRI * HTTP/2.0\r\n\r\n"]
)
def test_noise_is_answered_without_a_word_in_the_log(house, noise, caplog):
    with socket.create_connection(("127.0.0.1", house.port), timeout=30) as line:
        line.sendall(noise)
        line.shutdown(socket.SHUT_WR)
        answer = rest_of(line)
    house.desk.stop()
    assert b"server:" not in answer.lower()
    assert b"Traceback" not in answer
    assert caplog.text == ""


def test_a_page_of_another_site_uses_up_nobodys_pace(house):
    for _ in range(300):
        part = house.ask("GET", "/", Sec_Fetch_Site="cross-site", Sec_Fetch_Dest="image")
        assert part.status == 403
    assert house.ask("GET", "/", session=house.enter()).status == 200
    assert house.ask("GET", "/", Sec_Fetch_Site="cross-site", Sec_Fetch_Dest="document").status == 303


@pytest.mark.parametrize("charset", ["punycode", "undefined", "utf-7"])
def test_words_are_sent_as_utf_8(house, charset):
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    assert house.post("/enter", Content_Type=kind).status == 415
    assert house.post("/enter", Content_Type=kind.replace(charset, "UTF-8")).status != 415
