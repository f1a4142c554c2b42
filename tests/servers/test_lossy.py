"""Each fate as the client meets it and as the server knows it."""

import contextlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from tests.servers.fates import ANSWERED, FATES, UNANSWERED
from tests.servers.lossy import Lossy

LONG = b'{"posted": "' + b"x" * 5000 + b'"}'


class Counting(BaseHTTPRequestHandler):
    """Answers every POST with the same words, and keeps what it was sent."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        length = self.headers.get("Content-Length")
        self.server.acts.append((self.path, self.rfile.read(int(length)) if length else self._chunks()))
        self.send_response(200)
        if self.path == "/chunked":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"5\r\nhello\r\n0\r\n\r\n")
        elif self.path == "/until-close":
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(b"hello")
        else:
            answer = b"{}" if self.path == "/short" else LONG
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

    def _chunks(self):
        content = b""
        while size := int(self.rfile.readline(), 16):
            content += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return content

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Counting) as server:
        server.acts = []
        server.url = f"http://127.0.0.1:{server.server_port}"
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        yield server
        server.shutdown()
        serving.join()


@pytest.fixture
def lossy(server):
    with Lossy(server.url) as lossy:
        yield lossy


def post(lossy, path="/posts", timeout=10, **how):
    return requests.post(lossy.url + path, **{"data": b"words", **how}, timeout=timeout)


LOST = {
    "drop": (requests.ConnectionError, "Remote end closed connection without response"),
    "cut": (requests.exceptions.ChunkedEncodingError, "IncompleteRead"),
    "reset": (requests.ConnectionError, "Connection reset by peer"),
    # The reset may meet a client that is still sending; reading then finds the connection just closed.
    "refuse": (requests.ConnectionError, "Connection reset by peer|Remote end closed"),
    "never": (requests.ConnectionError, "Remote end closed connection without response"),
    "late": (requests.ConnectionError, "Connection reset by peer"),
}


@pytest.mark.parametrize("fate", LOST)
def test_the_client_cannot_tell_from_the_error_whether_the_server_acted(lossy, server, fate):
    lossy.plan("POST", "/posts", fate)
    error, words = LOST[fate]
    with pytest.raises(error, match=words):
        post(lossy)
    lossy.settle()
    assert len(server.acts) == (0 if fate in {"refuse", "never"} else 1)
    assert lossy.log[0].fate == fate
    assert lossy.log[0].status == (200 if fate in ANSWERED else None)


def test_a_stalled_answer_is_the_clients_own_timeout(lossy, server):
    lossy.plan("POST", "/posts", "stall")
    with pytest.raises(requests.ReadTimeout):
        post(lossy, timeout=0.2)
    assert len(server.acts) == 1


def test_a_stalled_client_is_let_go_when_the_proxy_stops(server):
    lossy = Lossy(server.url)
    lossy.plan("POST", "/posts", "stall")
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(post, lossy, timeout=50)
        while not lossy.log:
            time.sleep(0.01)
        lossy.stop()
        with pytest.raises(requests.ConnectionError):
            waiting.result()


@pytest.mark.parametrize(("fate", "status"), [("bad_gateway", 502), ("lie", 200)])
def test_another_answer_than_the_servers_is_a_page_and_no_json(lossy, server, fate, status):
    lossy.plan("POST", "/posts", fate)
    answer = post(lossy)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "text/html")
    with pytest.raises(requests.JSONDecodeError):
        answer.json()
    assert len(server.acts) == 1
    assert lossy.log[0].status == 200


def test_a_short_answer_cut_within_its_headers_looks_like_an_empty_200(lossy, server):
    lossy.plan("POST", "/short", "cut")
    answer = post(lossy, "/short")
    assert (answer.status_code, answer.content) == (200, b"")
    assert len(server.acts) == 1


def test_a_late_request_arrives_after_the_client_has_given_up(server):
    with Lossy(server.url, delay=0.3) as lossy:
        lossy.plan("POST", "/posts", "late")
        with pytest.raises(requests.ConnectionError):
            post(lossy)
        lossy.settle()
    assert server.acts == [("/posts", b"words")]
    assert [(seen.fate, seen.status) for seen in lossy.log] == [("late", None), ("arrived", 200)]


def test_a_late_request_never_arrives_once_the_proxy_has_stopped(server):
    with Lossy(server.url, delay=30) as lossy:
        lossy.plan("POST", "/posts", "late")
        with pytest.raises(requests.ConnectionError):
            post(lossy)
    assert server.acts == []


def test_a_closed_proxy_refuses_before_anything_is_sent_and_opens_again(lossy, server):
    with requests.Session() as session:
        session.post(lossy.url + "/posts", data=b"one", timeout=10)
        with lossy.closed(), pytest.raises(requests.ConnectionError, match="Connection refused"):
            session.post(lossy.url + "/posts", data=b"two", timeout=10)
        session.post(lossy.url + "/posts", data=b"three", timeout=10)
    assert [body for _, body in server.acts] == [b"one", b"three"]


def test_requests_that_no_rule_names_pass(lossy, server):
    lossy.plan("POST", "/posts", "drop")
    lossy.plan("PUT", "/", "drop")
    assert post(lossy, "/other").content == LONG
    assert [seen.fate for seen in lossy.log] == ["pass"]


def test_fates_are_met_in_turn_and_then_all_passes(lossy, server):
    lossy.plan("POST", "/posts", "bad_gateway", "pass", "lie")
    assert [post(lossy).headers.get("Content-Type") for _ in range(5)] == ["text/html", None, "text/html", None, None]


@pytest.mark.parametrize("path", ["/chunked", "/until-close"])
def test_answers_pass_however_their_end_is_told(lossy, path):
    assert post(lossy, path).content == b"hello"


def test_a_chunked_request_passes_whole(lossy, server):
    post(lossy, data=iter([b"wo", b"rds" * 10_000]))
    assert server.acts == [("/posts", b"wo" + b"rds" * 10_000)]


def test_each_request_of_a_kept_connection_meets_its_own_fate(lossy, server):
    lossy.plan("POST", "/posts", "pass", "pass", "drop", "pass")
    with requests.Session() as session:
        fates = []
        for number in range(4):
            try:
                session.post(lossy.url + "/posts", data=b"%d" % number, timeout=10)
                fates.append("answered")
            except requests.ConnectionError:
                fates.append("lost")
    assert fates == ["answered", "answered", "lost", "answered"]
    assert [body for _, body in server.acts] == [b"0", b"1", b"2", b"3"]


def test_a_server_that_is_gone_is_a_lost_answer_in_the_log():
    with Lossy("http://127.0.0.1:1") as lossy:
        with pytest.raises(requests.ConnectionError):
            post(lossy)
        assert lossy.log[0].status is None


def outcomes(server, seed):
    with Lossy(server.url, seed=seed, share=0.5, method="POST", path="/posts") as lossy:
        for number in range(40):
            with contextlib.suppress(requests.RequestException):
                post(lossy, data=b"%d" % number)
        lossy.settle()
        return [seen.fate for seen in lossy.log if seen.fate != "arrived"]


def test_the_same_seed_draws_the_same_fates(server):
    first = outcomes(server, 7)
    assert first == outcomes(server, 7) != outcomes(server, 8)
    assert len(first) == 40
    assert set(first) <= set(FATES) - {"stall"}
    assert 10 < first.count("pass") < 30


def test_every_request_the_server_knows_is_in_the_log(server):
    with Lossy(server.url, seed=3, share=0.6) as lossy:

        def attempt(number):
            with contextlib.suppress(requests.RequestException):
                post(lossy, data=b"%d" % number)

        with ThreadPoolExecutor(8) as threads:
            list(threads.map(attempt, range(100)))
        lossy.settle()
    assert len(server.acts) == sum(seen.status is not None for seen in lossy.log)
    assert sum(seen.fate in UNANSWERED for seen in lossy.log) + len(server.acts) >= 100


def test_an_unknown_fate_is_refused_with_those_there_are(lossy):
    with pytest.raises(AssertionError, match=r"no such fate: lost \(there are: pass, drop"):
        lossy.plan("POST", "/", "lost")
