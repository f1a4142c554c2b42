"""What followers see: pages and feeds, whatever the words are."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import feedparser
import pytest
from lxml import etree, html

from bot.networks.site import wording
from bot.networks.site.entries import from_json, read_all, to_json

HOSTILE = "</script><img src=x onerror=alert(1)>\"'{{ 7*7 }}&amp;]]><![CDATA[\x00\x0b\ud800\u202e\r\nend"
ATOM = "{http://www.w3.org/2005/Atom}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture
def site(workspace):
    return workspace.open(title="Quiet Feet", description="Plain sentences.")


def tree(site, name):
    return html.fromstring((site.folder / name).read_bytes())


def every_page(site):
    return [path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*.html")]


def snapshot(site):
    return {path: path.read_bytes() for path in site.folder.rglob("*") if path.is_file() and path.name[0] != "."}


def hostile(workspace, **fields):
    return workspace.message(
        **{
            "title": HOSTILE,
            "text": f"{HOSTILE}\n\n{HOSTILE}",
            "link": "javascript:alert(1)",
            "tags": (HOSTILE, "#ok"),
            "quotes": (HOSTILE,),
            "language": 'en"><script>',
            "media": (workspace.picture(alt=HOSTILE),),
            **fields,
        }
    )


def test_a_post_page_has_picture_words_link_tags_day_and_footnote(site, workspace):
    workspace.publish(site, workspace.message(text="It reduces chronic tension. Feet are wide.\nAnd warm."), "k1")
    page = tree(site, "posts/tension.html")
    (picture,) = page.xpath("//article//img")
    assert (picture.get("alt"), picture.get("width"), picture.get("height")) == ("Words on green.", "108", "135")
    assert page.xpath("string(//h1)").strip() == "It reduces chronic tension.1"
    assert page.xpath("//h1//a/@href") == ["#fn-1"]
    assert page.xpath("string(//li[@id='fn-1']/q)") == "It reduces tension."
    assert page.xpath("//li[@id='fn-1']/a/@href") == ["#ref-1"]
    assert page.xpath("//a[@id='ref-1']")
    assert page.xpath("//a[@class='button']/@href") == ["https://example.com/book"]
    assert page.xpath("string(//a[@class='button'])") == "More at example.com"
    assert page.xpath("//ul[@class='tags']/li/text()") == ["#ashiatsu"]
    assert page.xpath("//time/@datetime") == ["2026-12-01T09:01:00Z"]
    assert page.xpath("string(//time)") == "1 December 2026"
    assert [p.text_content() for p in page.xpath("//article/p[not(@class)]")] == ["Feet are wide.And warm."]


def test_a_shared_link_shows_the_picture_and_its_words(site, workspace):
    receipt = workspace.publish(site, workspace.message(), "k1")
    page = tree(site, "posts/tension.html")
    said = {meta.get("property") or meta.get("name"): meta.get("content") for meta in page.xpath("//meta")}
    assert said["og:title"] == "It reduces chronic tension."
    assert said["og:url"] == receipt.url == page.xpath("//link[@rel='canonical']/@href")[0]
    assert said["og:image"].startswith("https://example.com/notes/media/")
    assert said["og:image:alt"] == "Words on green."
    assert said["twitter:card"] == "summary_large_image"
    assert said["description"] == "Feet are wide."


def test_hostile_words_stay_words(site, workspace):
    workspace.publish(site, workspace.message(post="a"), "k0")
    workspace.publish(site, hostile(workspace, post="../../evil/\x00"), "k1")
    for name in every_page(site):
        text = (site.folder / name).read_text(encoding="utf-8")
        page = tree(site, name)
        assert not page.xpath("//script | //iframe | //*[@onerror] | //style | //*[@style]"), name
        assert "alert(1)>" not in text.replace("&#34;", "").replace("alert(1)&gt;", ""), name
        assert "49" not in page.xpath("string(//main)"), name
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text), name
        assert all(not href.startswith(("javascript:", "data:")) for href in page.xpath("//@href")), name
    assert {path.name for path in (site.folder / "posts").iterdir()} == {"a.html", "evil.html"}
    assert "javascript:alert(1)" in tree(site, "posts/evil.html").xpath("string(//p[@class='call'])")


def test_hostile_words_leave_the_feeds_valid(site, workspace):
    workspace.publish(site, hostile(workspace), "k1")
    feed = feedparser.parse((site.folder / "feed.xml").read_bytes())
    assert not feed.bozo
    assert feed.entries[0].title.startswith("</script><img")
    content = html.fromstring(feed.entries[0].content[0].value)
    item = json.loads((site.folder / "feed.json").read_bytes())["items"][0]
    for told in (content, html.fromstring(item["content_html"])):
        assert not told.xpath("//script | //@onerror | //a")
    assert "external_url" not in item


@pytest.mark.parametrize(
    "link",
    [
        *(
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " https://example.com",
            "https://",
            "//example.com",
            "mailto:a@b",
        ),
        *(
            "https://user:word@example.com/",
            "https://example.com@evil.com/",
            "https://a\nb.com",
            "https://[::1",
            "data:,x",
        ),
        *(
            'https://a.com/"onclick="x',
            "https://a.com/<b>",
            "https://a.com:99999/",
            "ftp://example.com",
            "https://a.com\\@b",
        ),
    ],
)
def test_only_plain_web_links_become_links(link):
    assert wording.link_host(link) == ""


@pytest.mark.parametrize("link", ["https://www.example.com/book?x=1#y", "http://example.com", "HTTPS://EXAMPLE.com/"])
def test_a_web_link_is_named_by_its_host(link):
    assert wording.link_host(link) == "example.com"


def test_every_picture_has_words_and_a_size_and_all_but_the_first_wait(site, workspace):
    for n in range(3):
        pictures = (workspace.picture(f"#00{n}000"), workspace.picture(f"#0000{n}0", alt=""))
        workspace.publish(site, workspace.message(post=f"p{n}", media=pictures), f"k{n}")
    for name in every_page(site):
        pictures = tree(site, name).xpath("//img")
        assert all(picture.get("alt") for picture in pictures), name
        assert all(int(picture.get("width")) and int(picture.get("height")) for picture in pictures), name
        assert [picture.get("loading") for picture in pictures] == [None, "lazy", "lazy"][: len(pictures)], name


def test_nothing_is_fetched_from_elsewhere_and_nothing_runs(site, workspace):
    workspace.publish(site, workspace.message(), "k1")
    for name in every_page(site):
        page = tree(site, name)
        assert not page.xpath("//script | //style | //*[@style] | //iframe | //object")
        sources = page.xpath("//img/@src | //link[not(@rel='canonical')]/@href")
        assert all("://" not in source for source in sources), name
        for source in sources if name != "404.html" else ():
            assert ((site.folder / name).parent / source).resolve().is_file(), (name, source)
    assert "url(" not in (site.folder / "style.css").read_text()


def test_every_link_between_pages_leads_somewhere(site, workspace):
    for n in range(45):
        workspace.publish(site, workspace.message(post=f"post-{n}", media=()), f"k{n}")
    for name in set(every_page(site)) - {"404.html"}:
        for href in tree(site, name).xpath("//a/@href"):
            if "://" in href:
                continue
            address, _, fragment = href.partition("#")
            target = (site.folder / name).parent / address if address else site.folder / name
            target = target / "index.html" if target.is_dir() else target
            assert target.is_file(), (name, href)
            assert not fragment or html.fromstring(target.read_bytes()).xpath(f"//*[@id='{fragment}']"), (name, href)


def test_the_newest_comes_first_and_twenty_fill_a_page(site, workspace):
    for n in range(41):
        workspace.publish(site, workspace.message(post=f"post-{n}", title=f"Title {n}.", quotes=()), f"k{n}")
    names = ["index.html", "page-2.html", "page-3.html"]
    titles = [[h2.text_content().strip() for h2 in tree(site, name).xpath("//article/h2")] for name in names]
    assert sum(titles, []) == [f"Title {n}." for n in range(40, -1, -1)]  # noqa: RUF017
    assert [len(page) for page in titles] == [20, 20, 1]


def test_a_page_that_is_no_longer_needed_goes(site, workspace):
    for n in range(21):
        workspace.publish(site, workspace.message(post=f"post-{n}"), f"k{n}")
    assert (site.folder / "page-2.html").exists()
    (site.folder / "entries" / "k0.json").unlink()
    (site.folder / "page-x.html").write_text("mine")
    site.build()
    assert not (site.folder / "page-2.html").exists()
    assert (site.folder / "page-x.html").exists()


def test_the_atom_feed_says_what_rfc_4287_asks(site, workspace):
    for n in range(35):
        workspace.publish(site, workspace.message(post=f"post-{n}"), f"k{n}")
    raw = (site.folder / "feed.xml").read_bytes()
    feed = feedparser.parse(raw)
    assert not feed.bozo
    assert (feed.version, len(feed.entries), feed.feed.title) == ("atom10", 30, "Quiet Feet")
    root = etree.fromstring(raw)
    for node in (root, *root.findall(f"{ATOM}entry")):
        assert [len(node.findall(ATOM + name)) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert node.findtext(f"{ATOM}id").startswith("urn:uuid:")
        assert RFC3339.fullmatch(node.findtext(f"{ATOM}updated"))
        assert len(node.xpath("*[local-name()='link'][@rel='alternate']")) == 1
    assert root.findtext(f"{ATOM}updated") == root.find(f"{ATOM}entry").findtext(f"{ATOM}updated")
    assert root.find(f"{ATOM}author/{ATOM}name").text == "Quiet Feet Studio"
    (enclosure,) = feed.entries[0].enclosures
    assert (enclosure.type, int(enclosure.length)) == ("image/jpeg", workspace.picture().size)
    assert len({entry.id for entry in feed.entries}) == 30


def test_the_json_feed_says_what_its_version_asks(site, workspace):
    workspace.publish(site, workspace.message(), "k1")
    feed = json.loads((site.folder / "feed.json").read_bytes())
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "Quiet Feet"
    assert feed["feed_url"] == "https://example.com/notes/feed.json"
    (item,) = feed["items"]
    assert isinstance(item["id"], str)
    assert item["url"] == "https://example.com/notes/posts/tension.html"
    assert RFC3339.fullmatch(item["date_published"])
    assert item["tags"] == ["ashiatsu"]
    assert item["image"] == item["attachments"][0]["url"]
    assert "It reduces tension." in item["content_html"]


def test_ids_outlive_a_new_address_and_new_words(workspace):
    workspace.publish(workspace.open(), workspace.message(), "k1")
    before = feedparser.parse((workspace.root / "site" / "feed.xml").read_bytes())
    moved = workspace.open(url="https://elsewhere.example/", title="New")
    moved.build()
    after = feedparser.parse((moved.folder / "feed.xml").read_bytes())
    assert before.entries[0].id == after.entries[0].id
    assert after.entries[0].link == "https://elsewhere.example/posts/tension.html"


def test_an_empty_site_has_a_friendly_page_and_valid_feeds(site):
    site.build()
    assert "Nothing here yet" in tree(site, "index.html").text_content()
    feed = feedparser.parse((site.folder / "feed.xml").read_bytes())
    assert (feed.bozo, feed.entries) == (False, [])
    assert json.loads((site.folder / "feed.json").read_bytes())["items"] == []


def test_equal_entries_make_equal_pages(site, workspace):
    for n in range(3):
        workspace.publish(site, workspace.message(post=f"post-{n}"), f"k{n}")
    before = snapshot(site)
    workspace.open(title="Quiet Feet", description="Plain sentences.").build()
    assert snapshot(site) == before


def test_a_rebuild_writes_only_what_changed(site, workspace):
    for n in range(5):
        workspace.publish(site, workspace.message(post=f"post-{n}"), f"k{n}")
    old = site.folder / "posts" / "post-0.html"
    before = old.stat().st_ino
    workspace.publish(site, workspace.message(post="new"), "new")
    assert old.stat().st_ino == before


def test_an_entry_survives_its_file(site, workspace):
    workspace.publish(site, workspace.message(), "k1")
    (entry,) = read_all(site.folder / "entries")
    assert from_json(to_json(entry), "k1") == entry
    assert entry.published == datetime(2026, 12, 1, 9, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="format 2"):
        from_json(to_json(replace(entry, format=2)), "k1")
    with pytest.raises(ValueError, match="slug"):
        from_json(to_json(replace(entry, slug="../x")), "k1")


@pytest.mark.parametrize(
    ("title", "text", "paragraphs"),
    [
        ("Feet help.", "Feet help. They are wide.", [["They are wide."]]),
        ("Feet help", "Feet help\n\nThey are wide.", [["They are wide."]]),
        ("Feet", "Feet help.", [["Feet help."]]),
        ("Feet help.", "Feet help.", []),
        ("", "One.\nTwo.\n\n\nThree.", [["One.", "Two."], ["Three."]]),
    ],
)
def test_a_heading_is_not_said_twice(site, workspace, title, text, paragraphs):
    workspace.publish(site, workspace.message(title=title, text=text), "k1")
    (entry,) = read_all(site.folder / "entries")
    assert wording.body(entry) == paragraphs


def test_a_post_without_a_title_is_headed_by_its_opening(site, workspace):
    workspace.publish(site, workspace.message(title="", text="Feet " * 40), "k1")
    (entry,) = read_all(site.folder / "entries")
    assert wording.heading(entry).endswith("Feet…")
    assert len(wording.heading(entry)) <= 80
