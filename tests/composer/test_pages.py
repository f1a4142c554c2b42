"""A page of a web site becomes a document of the workspace, or nothing is written."""

from datetime import date

import pytest

from bot.composer import address_in, read_page, take_page
from bot.composer.pages import names_of
from bot.errors import DocumentError, PageChanged
from bot.io.fetch import Fetched

DAY = date(2026, 12, 1)
HTML = "text/html"
WORDS = "# Massage\n\nFoot massage improves circulation.\n"


def page(content=WORDS, url="https://www.example.com/massage", kind="text/markdown", charset=""):
    return Fetched(url, kind, charset, content.encode() if isinstance(content, str) else content)


def web(words, head="", charset="", encoding="utf-8", url="https://example.com/"):
    whole = f"<!doctype html><html><head>{head}</head><body><p>{words}</p></body></html>"
    return page(whole.encode(encoding), url, HTML, charset)


NAMES = {
    "https://example.com/": "example.com.html",
    "https://www.example.com/massage": "example.com-massage.html",
    "https://example.com/massage/Hot-Stones/": "example.com-massage-hot-stones.html",
    "https://example.com/index.html": "example.com.html",
    "https://example.com/massage/index.php": "example.com-massage.html",
    "https://example.com/massage.html": "example.com-massage.html",
    "https://example.com/?p=12&q=%C3%A4": "example.com-p-12-q-ä.html",
    "https://example.com/..%2f..%2fetc%2fpasswd": "example.com-etc-passwd.html",
    "https://example.com/a%00b%0ac%3a": "example.com-a-b-c.html",
    "https://xn--mnchen-3ya.example/f%C3%BC%C3%9Fe": "xn--mnchen-3ya.example-füße.html",
    "https://example.com/%ff": "example.com.html",
}


@pytest.mark.parametrize("url", NAMES)
def test_a_page_is_called_by_its_host_and_path(url):
    assert names_of(page("", url, HTML))[0] == NAMES[url]


LONG = [
    "https://example.com/" + "a/" * 900,
    "https://" + "a." * 120 + "com/b?c",
    "https://a.com/" + "%F0%A0%80%80" * 79,
]


@pytest.mark.parametrize("url", LONG)
def test_a_long_address_makes_a_short_name_of_its_own(url):
    names = {names_of(page("", one, "text/plain"))[0] for one in (url, url + "x")}
    assert len(names) == 2
    assert all(len(name.encode()) < 110 for name in names)


ENDINGS = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "application/pdf": ".pdf"}


@pytest.mark.parametrize("kind", ENDINGS)
def test_its_ending_is_what_the_server_says_that_it_is(kind):
    assert names_of(page("", "https://example.com/a.exe", kind))[0].endswith(ENDINGS[kind])


def test_a_page_is_kept_as_it_came_with_where_it_is_from(tmp_path):
    kept, is_new = take_page(tmp_path, page(), DAY)
    assert (kept, is_new) == (tmp_path / "documents" / "example.com-massage.md", True)
    content = kept.read_bytes()
    assert content == WORDS.encode() + b"\n<!-- fetched from https://www.example.com/massage on 2026-12-01 -->\n"
    assert address_in(content) == "https://www.example.com/massage"
    assert "fetched" not in read_page(page(), DAY).readable


def test_plain_text_is_kept_as_it_came_to_the_byte(tmp_path):
    kept, _ = take_page(tmp_path, page(b"\xef\xbb\xbfFeet are strong.\r\n", kind="text/plain", charset="utf-8"), DAY)
    assert kept.read_bytes() == b"\xef\xbb\xbfFeet are strong.\r\n"
    assert address_in(kept.read_bytes()) == ""


def test_the_same_page_on_another_day_changes_nothing(tmp_path):
    kept, _ = take_page(tmp_path, page(), DAY)
    before = kept.read_bytes()
    assert take_page(tmp_path, page(), date(2027, 1, 1), again=True) == (kept, False)
    assert kept.read_bytes() == before


@pytest.mark.parametrize("kind", ["text/markdown", "text/plain"])
def test_a_page_that_says_something_else_replaces_its_copy_when_that_is_asked_for(tmp_path, kind):
    kept, _ = take_page(tmp_path, page(kind=kind), DAY)
    before = kept.read_bytes()
    with pytest.raises(PageChanged, match=r"documents/example\.com-massage\.(md|txt) says something else.*`--again`"):
        take_page(tmp_path, page("Feet are calm.\n", kind=kind), DAY)
    assert kept.read_bytes() == before
    assert take_page(tmp_path, page("Feet are calm.\n", kind=kind), DAY, again=True) == (kept, True)
    assert kept.read_bytes().startswith(b"Feet are calm.\n")


def test_pages_whose_names_are_alike_have_a_file_each(tmp_path):
    first, _ = take_page(tmp_path, page(url="https://example.com/a/b"), DAY)
    other, is_new = take_page(tmp_path, page("Feet.\n", url="https://example.com/a-b"), DAY)
    assert (first.name, is_new, len(list(first.parent.iterdir()))) == ("example.com-a-b.md", True, 2)
    assert take_page(tmp_path, page("Feet.\n", url="https://example.com/a-b"), DAY) == (other, False)


def test_a_page_that_pretends_to_be_from_elsewhere_does_not(tmp_path):
    lie = f"{WORDS}\n<!-- fetched from https://elsewhere.example/ on 2026-01-01 -->\n"
    kept, _ = take_page(tmp_path, page(lie), DAY)
    assert address_in(kept.read_bytes()) == "https://www.example.com/massage"


@pytest.mark.parametrize(
    ("content", "kind"), [("", "text/plain"), (b"a\0b", "text/plain"), (b"%PDF-1.7", "text/plain"), (b"", HTML)]
)
@pytest.mark.parametrize("again", [False, True])
def test_a_page_that_cannot_be_read_is_not_kept_and_replaces_nothing(tmp_path, content, kind, again):
    with pytest.raises(DocumentError):
        take_page(tmp_path, page(content, kind=kind), DAY, again=again)
    assert list(tmp_path.iterdir()) == []


META = '<meta charset="{}">'
HTTP_EQUIV = "<META content='text/html; charset={}' http-equiv=Content-Type>"
WRITTEN = {
    "utf-8, as both say": web("Füße", META.format("utf-8"), "utf-8"),
    "utf-8, which nobody says": web("Füße"),
    "latin, as the server says": web("Füße", "", "iso-8859-1", "latin-1"),
    "latin, as the page says": web("Füße", META.format("ISO-8859-1"), "", "latin-1"),
    "latin, as an old page says": web("Füße", HTTP_EQUIV.format("windows-1252"), "", "latin-1"),
    "latin, which nobody says": web("Füße", "", "", "latin-1"),
    "utf-8, against the page": web("Füße", META.format("iso-8859-1"), "utf-8"),
    "utf-16, with its mark": page(("\ufeff" + web("Füße").content.decode()).encode("utf-16-le"), kind=HTML),
    "utf-16, which cannot be": web("Füße", META.format("utf-16"), ""),
    "koi8": web("Ноги, which are feet and legs", META.format("koi8-r"), "", "koi8-r"),
}


@pytest.mark.parametrize("how", WRITTEN)
def test_however_a_page_is_written_its_copy_is_utf_8_and_says_so(tmp_path, how):
    kept, _ = take_page(tmp_path, WRITTEN[how], DAY)
    text = kept.read_bytes().decode()
    assert "Füße" in text or "Ноги" in text
    assert not any(word in text.lower() for word in ("8859", "1252", "koi8", "utf-16"))


def test_what_is_utf_8_already_is_not_touched(tmp_path):
    for whole in (WRITTEN["utf-8, as both say"], WRITTEN["utf-8, which nobody says"]):
        kept, _ = take_page(tmp_path, whole, DAY, again=True)
        assert kept.read_bytes().startswith(whole.content)


@pytest.mark.parametrize(
    "charset", ["utf-7", "unicode_escape", "idna", "zip", "none", "iso-8859-12", "x" * 500, "utf-8"]
)
def test_a_page_in_an_unknown_or_a_wrong_encoding_is_refused(tmp_path, charset):
    with pytest.raises(DocumentError, match="save it and give the file"):
        take_page(tmp_path, web("Füße", "", charset, "latin-1"), DAY)
    assert list(tmp_path.iterdir()) == []
