"""The public folder, as anyone may read it, and as nobody may."""

import os
import re
import socket
from email.utils import parsedate_to_datetime

import pytest
import requests

from bot.errors import FootnoteError
from bot.web.feed import CONNECTIONS, FeedServer
from bot.web.public_files import find_file

SECRET = b"SECRET-WORDS"


@pytest.fixture
def folder(tmp_path):
    site = tmp_path / "workspace" / "site"
    for name, content in {
        "index.html": b"<!doctype html><title>Hello</title>",
        "404.html": b"<!doctype html><title>Gone</title>",
        "style.css": b"body{}",
        "favicon.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "feed.xml": b"<feed/>",
        "feed.json": b"{}",
        "posts/a.html": b"<!doctype html><title>A</title>",
        "media/p.jpg": b"\xff\xd8" * 100_000,
        "odd.bin": b"\0",
        "entries/k.json": SECRET,
        ".hidden": SECRET,
        ".git/config": SECRET,
        "posts/.draft.html": SECRET,
        "../config.toml": SECRET,
        "../site-secret/x.html": SECRET,
    }.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (site / "out.html").symlink_to(tmp_path / "workspace" / "config.toml")
    (site / "up").symlink_to("..")
    (site / "beside").symlink_to("../site-secret")
    (site / "posts" / "entry.html").symlink_to("../entries/k.json")
    (site / "shown").symlink_to("entries")
    (site / "loop.html").symlink_to("loop.html")
    os.mkfifo(site / "pipe.html")
    return site


@pytest.fixture
def serve():
    servers = []

    def start(folder, host="127.0.0.1", port=0):
        server = FeedServer(folder, host, port)
        address = server.start()
        servers.append(server)
        return address

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def address(folder, serve):
    return serve(folder)


def raw(address, request):
    """What comes back for these very bytes."""
    host, port = re.fullmatch(r"http://(.+):(\d+)/", address).groups()
    with socket.create_connection((host, int(port)), timeout=30) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        got = b""
        while piece := line.recv(65536):
            got += piece
        return got


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html; charset=utf-8"),
        ("index.html", "text/html; charset=utf-8"),
        ("posts/a.html?from=feed", "text/html; charset=utf-8"),
        ("style.css", "text/css; charset=utf-8"),
        ("favicon.svg", "image/svg+xml"),
        ("feed.xml", "application/atom+xml; charset=utf-8"),
        ("feed.json", "application/feed+json; charset=utf-8"),
        ("media/p.jpg", "image/jpeg"),
        ("odd.bin", "application/octet-stream"),
    ],
)
def test_each_file_is_served_as_what_it_is(address, folder, path, kind):
    answer = requests.get(address + path, timeout=10)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)
    assert answer.content == (folder / (path.partition("?")[0] or "index.html")).read_bytes()


def test_every_answer_is_guarded_and_names_no_software(address):
    answers = [requests.get(address + path, timeout=10) for path in ("", "nowhere", "media/p.jpg")]
    answers.append(requests.post(address, timeout=10))
    for answer in answers:
        policy = answer.headers["Content-Security-Policy"]
        for rule in (
            "default-src 'none'",
            "img-src 'self'",
            "style-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        ):
            assert rule in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Referrer-Policy" in answer.headers
        assert "Server" not in answer.headers
        assert "python" not in str(answer.headers).lower()


def test_a_head_is_a_get_without_the_body(address):
    got, asked = requests.get(address, timeout=10), requests.head(address, timeout=10)
    assert (asked.status_code, asked.content) == (200, b"")
    assert {**asked.headers, "Date": ""} == {**got.headers, "Date": ""}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "PROPFIND", "get"])
def test_nothing_but_get_and_head(address, method):
    answer = raw(address, f"{method} / HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 405 ")
    assert b"Allow: GET, HEAD" in answer


def test_what_has_not_changed_is_not_sent_again(address, folder):
    first = requests.get(address, timeout=10)
    etag, changed = first.headers["ETag"], first.headers["Last-Modified"]
    assert int(parsedate_to_datetime(changed).timestamp()) == int((folder / "index.html").stat().st_mtime)
    for held in (
        *({"If-None-Match": value} for value in (etag, f"W/{etag}", f'"x", {etag}', "*")),
        {"If-Modified-Since": changed},
    ):
        again = requests.get(address, headers=held, timeout=10)
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    for held in ({"If-None-Match": '"x"'}, {"If-None-Match": '"x"', "If-Modified-Since": changed}):
        assert requests.get(address, headers=held, timeout=10).status_code == 200
    for broken in ("yesterday", "Tue, 99 Foo 2026 00:00:00 GMT", "Mon, 01 Jan 0001 00:00:00 -2359"):
        assert requests.get(address, headers={"If-Modified-Since": broken}, timeout=10).status_code == 200


def test_a_changed_file_is_sent_at_once(address, folder):
    etag = requests.get(address, timeout=10).headers["ETag"]
    (folder / "index.html").write_bytes(b"new")
    assert requests.get(address, headers={"If-None-Match": etag}, timeout=10).content == b"new"


def test_what_is_not_there_shows_the_sites_own_page(address, folder):
    answer = requests.get(address + "posts/none.html", timeout=10)
    assert (answer.status_code, answer.content) == (404, (folder / "404.html").read_bytes())


def test_a_folder_that_is_not_there_yet_says_so_kindly(serve, tmp_path):
    address = serve(tmp_path / "none")
    answer = requests.get(address, timeout=10)
    assert (answer.status_code, "Nothing here yet" in answer.text) == (200, True)
    assert requests.get(address + "x", timeout=10).status_code == 404


HIDDEN = ["entries/k.json", ".hidden", ".git/config", "posts/.draft.html", "out.html", "up/config.toml", "loop.html"]
HIDDEN += ["beside/x.html", "posts/entry.html", "shown/k.json", "pipe.html", "posts", "posts/", "entries", "entries/"]
HIDDEN += [
    "Entries/k.json",
    "ENTRIES/k.json",
    "entries%2Fk.json",
    "entr%69es/k.json",
    "./entries/k.json",
    "x/../entries/k.json",
]
CLIMBS = [
    "..",
    "%2e%2e",
    "%2E.",
    ".%2e",
    "..%00",
    "%252e%252e",
    "..;",
    "\u002e\u002e",
    "%c0%ae%c0%ae",
    "%uff0e%uff0e",
    "..%5c",
]
SEPARATORS = ["/", "%2f", "%5c", "\\", "//", "/./", "%252f", "%c0%af", "/%00/", ";/"]
TARGETS = [f"/{path}" for path in HIDDEN]
TARGETS += [f"{start}{up}{cut}config.toml" for start in ("/", "//", "/posts/") for up in CLIMBS for cut in SEPARATORS]
TARGETS += [f"/posts/{up}{cut}{up}{cut}config.toml" for up in CLIMBS for cut in SEPARATORS]
TARGETS += [f"/posts/{up}{cut}entries/k.json" for up in CLIMBS for cut in SEPARATORS]
TARGETS += [
    "../config.toml",
    "config.toml",
    "file:///etc/passwd",
    "http://x/../config.toml",
    "//etc/passwd",
    "/%2fetc/passwd",
]
TARGETS += [
    "/index.html%00.jpg",
    "/index.html/",
    "/index.html/.",
    "*",
    "http://[::1",
    "/%ff",
    "/%",
    "/" + "a/" * 5000,
    "/" + "a" * 5000,
]
TARGETS += ["/posts/a.html%00", "/posts//a.html", "/C:/x", "/CON", "/~root/x", "/index.html::$DATA", "/ENTRIE~1/k.json"]


def test_no_way_of_asking_leads_out_of_the_public_folder(address):
    for target in TARGETS:
        answer = raw(address, b"GET " + target.encode() + b" HTTP/1.1\r\nHost: anything\r\n\r\n")
        assert SECRET not in answer, target
        assert b"root:" not in answer, target
        assert re.match(rb"HTTP/1\.1 (404|400|414) ", answer), (target, answer[:80])
    assert len(TARGETS) > 500


def test_a_link_that_stays_inside_is_followed(folder):
    (folder / "now.html").symlink_to("posts/a.html")
    assert find_file(folder, "/now.html") == folder / "posts" / "a.html"


@pytest.mark.parametrize(
    "request_bytes",
    [
        *(b"", b"\r\n", b"\0\0\0\0\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/x\r\n\r\n"),
        *(
            b"GET / HTTP/1.1 more\r\n\r\n",
            b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
            b"\x16\x03\x01\x02\x00\x01\xfc",
        ),
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
    ],
)
def test_nonsense_gets_a_short_answer_and_the_feed_lives_on(address, request_bytes):
    answer = raw(address, request_bytes)
    assert b"Traceback" not in answer
    assert b"ython" not in answer
    assert b" 200 " not in answer[:20]
    assert requests.get(address, timeout=10).status_code == 200


def test_an_old_request_without_headers_is_answered(address):
    assert b"Hello" in raw(address, b"GET / HTTP/1.0\r\n\r\n")


def test_one_connection_carries_one_answer(address):
    twice = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 2
    assert raw(address, twice).count(b"HTTP/1.1 ") == 1


def test_idle_clients_take_only_the_places_there_are(address):
    host, port = re.fullmatch(r"http://(.+):(\d+)/", address).groups()
    lines = [socket.create_connection((host, int(port)), timeout=30) for _ in range(CONNECTIONS)]
    try:
        assert raw(address, b"") == b""
        with pytest.raises(requests.ConnectionError):
            requests.get(address, timeout=10)
    finally:
        for line in lines:
            line.close()
    for _ in range(100):
        try:
            assert requests.get(address, timeout=10).status_code == 200
            break
        except requests.ConnectionError:
            continue
    else:
        pytest.fail("the places were not given back")


def test_a_taken_port_is_said_with_what_to_do(folder, serve):
    port = int(serve(folder).rsplit(":", 1)[1].strip("/"))
    with pytest.raises(
        FootnoteError, match=rf"cannot listen on 127\.0\.0\.1:{port}.*another host or port in config\.toml"
    ):
        FeedServer(folder, "127.0.0.1", port).start()


@pytest.mark.parametrize(("host", "port"), [("no.such.host.invalid", 0), ("203.0.113.1", 0), ("127.0.0.1", 99999)])
def test_a_place_that_cannot_be_had_is_said(folder, host, port):
    with pytest.raises(FootnoteError, match="the feed cannot listen on"):
        FeedServer(folder, host, port).start()


def test_stopping_frees_the_port_and_may_be_repeated(folder):
    server = FeedServer(folder, "127.0.0.1", 0)
    port = int(server.start().rsplit(":", 1)[1].strip("/"))
    server.stop()
    server.stop()
    again = FeedServer(folder, "127.0.0.1", port)
    again.start()
    again.stop()


TOKEN = "0123456789abcdef0123456789abcdef01234567"


def test_a_picture_for_networks_is_there_for_who_knows_its_name(tmp_path, folder):
    pictures = tmp_path / "ledger" / "public"
    pictures.mkdir(parents=True)
    (pictures / f"{TOKEN}.jpg").write_bytes(b"\xff\xd8 a picture")
    for name in ("notes.txt", "a.jpg", f"{TOKEN}.png", f".{TOKEN}.jpg"):
        (pictures / name).write_bytes(SECRET)
    (pictures.parent / "ledger.db").write_bytes(SECRET)
    server = FeedServer(folder, "127.0.0.1", 0, pictures)
    address = server.start()
    try:
        for path in (f"m/{TOKEN}.jpg", f"m/{TOKEN}.jpg?x=1"):
            answer = requests.get(address + path, timeout=10)
            assert (answer.status_code, answer.content) == (200, b"\xff\xd8 a picture")
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert requests.head(address + f"m/{TOKEN}.jpg", timeout=10).headers["Content-Length"] == "12"
        other = TOKEN[::-1]
        for path in ("m", "m/", "m/notes.txt", "m/a.jpg", f"m/{TOKEN}.png", f"m/{TOKEN}", f"m/{other}.jpg", "m/../m/"):
            answer = raw(address, f"GET /{path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert answer.startswith(b"HTTP/1.1 404 "), path
            assert SECRET not in answer
        for up in ("..", "%2e%2e", "%2E.", "..%2f", "..%5c"):
            answer = raw(address, f"GET /m/{up}/ledger.db HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert SECRET not in answer
    finally:
        server.stop()


def test_a_feed_without_pictures_for_networks_has_none(address):
    assert requests.get(address + f"m/{TOKEN}.jpg", timeout=10).status_code == 404
