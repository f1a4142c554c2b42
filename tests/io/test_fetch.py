"""What is fetched, from a site of the tests' own; and how everything else is refused."""

import gzip
import time
import zlib
from dataclasses import replace

import pytest

from bot.errors import FetchError
from bot.io.fetch import Fetched, fetch
from tests.io.site import Authority, answer, moved, site

WORDS = b"Feet are strong.\n"


@pytest.fixture
def here(tmp_path):
    with site(tmp_path) as one:
        yield one


def refused(here, path="/", **gate):
    with pytest.raises(FetchError) as caught:
        fetch(here.url + path, gate=replace(here.gate, **gate))
    said = str(caught.value)
    assert said.isprintable()
    assert len(said) < 600
    return said


def test_a_page_comes_as_it_is(here):
    here.pages["/massage?a=1"] = answer(WORDS, 'text/plain; charset="Windows-1252"')
    url = f"{here.url}/massage?a=1"
    assert fetch(url + "#prices", gate=here.gate) == Fetched(url, "text/plain", "windows-1252", WORDS)


def test_a_page_is_asked_for_plainly_and_by_one_line(here, monkeypatch, tmp_path):
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    (tmp_path / ".netrc").write_text("machine site.test login a password SECRET", encoding="utf-8")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    here.pages["/"] = answer(b"", "text/plain", "Set-Cookie: a=SECRET", "Location: /", status="302 Found")
    refused(here)
    asked = set(here.asked)
    assert len(asked) == 1
    (head,) = asked
    assert head.startswith(f"GET / HTTP/1.1\r\nHost: site.test:{here.port}\r\n")
    assert "User-Agent: Footnote/" in head
    assert not any(word in head for word in ("SECRET", "Cookie", "Authorization", "Referer"))


def test_letters_that_are_not_ascii_are_encoded_and_nothing_is_encoded_twice(here):
    here.pages["/fu%C3%9F/a%20b?c=%C3%A4"] = answer(WORDS)
    assert fetch(f"{here.url}/fuß/a%20b?c=ä", gate=here.gate).content == WORDS


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_page_that_moved_is_followed_and_called_by_its_last_address(here, status):
    here.pages |= {"/old": moved("/new/", status), "/new/": moved("there.txt"), "/new/there.txt": answer(WORDS)}
    assert fetch(f"{here.url}/old", gate=here.gate).url == f"{here.url}/new/there.txt"
    assert here.asks == [("site.test", here.port)] * 3


def test_five_hops_are_followed_and_a_sixth_is_not(here):
    here.pages |= {f"/{n}": moved(f"/{n + 1}") for n in range(9)} | {"/6": answer(WORDS), "/9": answer(WORDS)}
    assert fetch(f"{here.url}/1", gate=here.gate).content == WORDS
    assert "leads on more than 5 times" in refused(here, "/0")


LEADS = {
    "http://site.test/": "only https",
    "//10.0.0.1/": "not a number",
    "https://127.0.0.1/": "not a number",
    "https://[::1]/": "the name of the site",
    "https://site.test:22/": "only the usual port",
    "https://user@site.test/": "before @",
    "file:///etc/passwd": "begins with https://",
    "ftp://site.test/": "begins with https://",
    "gopher://site.test/": "begins with https://",
    "data:text/plain,hello": "begins with https://",
    "javascript:alert(1)": "begins with https://",
    "https://[": "leads to an address",
    "https://a b/": "no spaces",
    "https:\\\\10.0.0.1\\": "no spaces",
    "": "",
}


@pytest.mark.parametrize("to", LEADS)
def test_an_address_that_would_be_refused_is_refused_where_a_page_leads_to_it(here, to):
    here.pages["/"] = moved(to)
    assert LEADS[to] in refused(here)


def test_a_page_that_leads_into_a_network_is_not_followed(here):
    here.pages["/"] = moved(f"https://inside.test:{here.port}/secret")
    inside = replace(here.gate, resolve=lambda host, port: ["10.0.0.7"] if host == "inside.test" else ["127.0.0.1"])
    with pytest.raises(FetchError, match=r"inside\.test.*is not on the public Internet"):
        fetch(here.url, gate=inside)
    assert len(here.asked) == 1


def test_a_name_with_one_address_inside_is_not_asked_at_all(here):
    for found in (["127.0.0.1", "10.0.0.1"], ["10.0.0.1", "127.0.0.1"], []):
        assert "not on the public Internet" in refused(here, resolve=lambda host, port, found=found: found)
    assert here.asked == []


def test_a_name_is_looked_up_once_and_what_it_says_next_time_is_of_no_use(here):
    turns = iter([["127.0.0.1"], ["10.0.0.1"]])
    here.pages |= {"/": answer(WORDS), "/on": moved("/")}
    rebinding = replace(here.gate, resolve=lambda host, port: next(turns))
    assert fetch(here.url, gate=rebinding).content == WORDS
    turns = iter([["127.0.0.1"], ["10.0.0.1"]])
    assert "not on the public Internet" in refused(here, "/on", resolve=lambda host, port: next(turns))


def test_loopback_is_refused_by_the_gate_that_people_get(here):
    from bot.io.machines import is_public

    assert "not on the public Internet" in refused(here, allows=is_public)
    assert "only the usual port" in refused(here, ports=frozenset({443}))
    assert here.asked == []


def test_the_next_number_of_a_name_is_tried(here):
    here.pages["/"] = answer(WORDS)
    two = replace(here.gate, resolve=lambda host, port: ["127.0.0.2", "127.0.0.1"], allows=lambda number: True)
    assert fetch(here.url, gate=two).content == WORDS


def test_a_certificate_of_another_name_is_refused(tmp_path):
    with site(tmp_path, "other.test") as here:
        assert "its certificate is not good" in refused(here)
        assert here.asked == []


def test_a_certificate_that_is_over_or_of_an_unknown_authority_is_refused(tmp_path):
    with site(tmp_path, days=-1) as here:
        assert "certificate has expired" in refused(here)
    (tmp_path / "other").mkdir()
    with site(tmp_path) as here:
        assert "its certificate is not good" in refused(here, trust=Authority(tmp_path / "other").trust)
        assert here.asked == []


PACKED = {
    "gzip": gzip.compress(WORDS),
    "x-gzip": gzip.compress(WORDS[:5]) + gzip.compress(WORDS[5:]),
    "deflate": zlib.compress(WORDS),
    "identity": WORDS,
}


@pytest.mark.parametrize("packing", PACKED)
def test_a_packed_page_is_unpacked(here, packing):
    here.pages["/"] = answer(PACKED[packing], "text/plain", f"Content-Encoding: {packing}")
    assert fetch(here.url, gate=here.gate).content == WORDS


def test_a_page_in_chunks_is_put_together(here):
    body = b"5\r\nFeet \r\n%x\r\n%s\r\n0\r\n\r\n" % (len(WORDS) - 5, WORDS[5:])
    here.pages["/"] = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n" + body
    assert fetch(here.url, gate=here.gate).content == WORDS


def packed(bytes_packed):
    return answer(bytes_packed, "text/plain", "Content-Encoding: gzip")


BOMB = gzip.compress(bytes(50_000_000))
ODD = {
    "bomb": (packed(BOMB), "is over 5 MB"),
    "bomb of bombs": (packed(BOMB * 20), "is over 5 MB"),
    "long": (answer(bytes(5_000_001)), "is over 5 MB"),
    "says that it is long": (answer(WORDS, length=5_000_001), "is over 5 MB"),
    "says less than it is": (answer(WORDS * 2, length=len(WORDS) * 3), "was cut off"),
    "cut gzip": (packed(gzip.compress(WORDS)[:-4]), "was cut off"),
    "no gzip": (packed(WORDS), "is packed wrongly"),
    "brotli": (answer(WORDS, "text/plain", "Content-Encoding: br"), 'packed as "br"'),
    "gzip in gzip": (answer(WORDS, "text/plain", "Content-Encoding: gzip, gzip"), "packed as"),
    "image": (answer(WORDS, "image/png"), 'is of the kind "image/png"'),
    "octets": (answer(WORDS, "application/octet-stream"), "only web pages"),
    "zip": (answer(WORDS, "application/zip"), "only web pages"),
    "no kind": (answer(WORDS, ""), 'the kind ""'),
    "no words": (answer(WORDS, "\x1b[31m"), 'kind "[31m"'),
    "gone": (answer(WORDS, status="404 Not Found"), "there is no such page"),
    "locked": (answer(WORDS, status="403 Forbidden"), "is kept from programs"),
    "busy": (answer(WORDS, status="503 Busy"), "cannot be had now"),
    "partial": (answer(WORDS, status="206 Partial"), "cannot be had now"),
    "no status": (b"hello\r\n\r\n", "does not answer as a web site"),
    "nothing": (b"", "the line was cut"),
    "status of words": (b"HTTP/1.1 two OK\r\n\r\n", "does not answer as a web site"),
    "one long header": (b"HTTP/1.1 200 OK\r\nA: " + b"a" * 200_000, "is over 5 MB|as a web site"),
    "many headers": (b"HTTP/1.1 200 OK\r\n" + b"A: a\r\n" * 50_000, "is over 5 MB|as a web site"),
    "bad chunk": (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
        "as a web site",
    ),
    "half a chunk": (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc",
        "as a web site",
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_a_page_that_is_not_as_it_should_be_is_refused_in_a_sentence(here, name):
    page, said = ODD[name]
    here.pages["/"] = page
    assert any(one in refused(here) for one in said.split("|"))


def endless(head, piece, pause=0.0):
    def talk(line, ended):
        line.sendall(head)
        while not ended.wait(pause) if pause else not ended.is_set():
            line.sendall(piece)

    return talk


START = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
ENDLESS = {
    "body": endless(START + b"\r\n", bytes(60_000)),
    "chunks": endless(START + b"Transfer-Encoding: chunked\r\n\r\n", (b"400\r\n" + b"a" * 1024 + b"\r\n") * 50),
    "headers": endless(START, b"A: a\r\n" * 1000),
    "status": endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
    "header": endless(START + b"A: ", b"a" * 10_000),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_what_never_ends_is_ended(here, name):
    here.pages["/"] = ENDLESS[name]
    assert any(one in refused(here) for one in ("is over 5 MB", "as a web site"))


SLOW = {
    "body": endless(START + b"\r\n", b"a", 0.1),
    "headers": endless(START, b"a", 0.1),
    "status": endless(b"", b"H", 0.1),
    "chunks": endless(START + b"Transfer-Encoding: chunked\r\n\r\n", b"0", 0.1),
    "nothing": endless(b"", b"", 0.1),
    "on and on": endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.1),
}


@pytest.mark.parametrize("name", SLOW)
def test_whoever_drips_is_left_at_the_deadline(here, name):
    here.pages["/"] = SLOW[name]
    began = time.monotonic()
    assert "takes too long" in refused(here, seconds=1.0)
    assert time.monotonic() - began < 10


def test_a_resolver_that_hangs_is_left_at_the_deadline(here):
    def never(host, port):
        here.ended.wait(10)
        return []

    assert "takes too long" in refused(here, resolve=never, seconds=0.5)


class Mute:
    """Takes the line and says nothing."""

    def __init__(self, ended):
        self.ended = ended

    def wrap_socket(self, line, **_):
        self.ended.wait(10)
        raise OSError


def test_a_machine_that_shakes_no_hands_is_left_at_the_deadline(here):
    here.context = Mute(here.ended)
    assert "takes too long" in refused(here, seconds=0.5)


def test_names_that_nobody_has_and_machines_that_are_off_are_told(here):
    import socket

    def nobody(host, port):
        raise socket.gaierror(-2, "Name or service not known")

    assert "there is no site of this name" in refused(here, resolve=nobody)
    here.close()
    assert any(one in refused(here) for one in ("the line was cut", "cannot be reached"))
