"""`bot preview`: one page of all that is coming, safe to open anywhere."""

import base64
import hashlib
import re

import pytest
from lxml import html

from bot.counting import count
from bot.networks import BUILT_IN, limits_of
from bot.previews.page import marked
from bot.previews.shown import Habit, cut, habit_of, mosaic, shape_of, sources

ACCOUNTS = """
[accounts.studio-mastodon]
network = "mastodon"
server = "https://spa.social"
[accounts.studio-bluesky]
network = "bluesky"
handle = "quietfeet.bsky.social"
[accounts.studio-x]
network = "x"
[[slots]]
accounts = ["studio-mastodon", "studio-bluesky", "studio-x"]
days = ["tue"]
time = "10:00"
"""
HOSTILE = """</style></svg></title><script>alert(1)</script> "' {{ 7*7 }} & ]]> --> https://evil.example/"onload=x"""


@pytest.fixture
def spread(workspace):
    """The workspace, on four networks."""
    config = workspace / "config.toml"
    lines = config.read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(("auto_approve", "start_fresh"))]
    config.write_text("\n".join([*kept, ACCOUNTS]), "utf-8")
    return workspace


def write(workspace, name, *, images="", text="Words.", more=""):
    (workspace / "posts").mkdir(exist_ok=True)
    accounts = 'accounts = ["feed", "studio-mastodon", "studio-bluesky", "studio-x"]'
    content = f'+++\nformat = 1\nid = "{name}"\nstatus = "draft"\n{accounts}\n{more}\n{images}\n+++\n{text}\n'
    (workspace / "posts" / f"{name}.md").write_text(content, "utf-8")


def page_of(workspace, bot, *words):
    said = bot("preview", "-o", workspace / "p.html", *words)
    assert said.exit_code == 0, said.output
    text = (workspace / "p.html").read_text("utf-8")
    return text, html.fromstring(text.encode())


def words_of(element):
    return " ".join(element.text_content().split())


def test_every_coming_post_is_shown_on_every_account_in_order(spread, bot):
    bot("compose", spread / "documents" / "ashiatsu-for-runners.txt")
    bot("approve", "ashiatsu-massage-reduces-chronic-tension")
    bot("plan")
    _, page = page_of(spread, bot)
    posts = page.findall(".//article")
    assert len(posts) == len(list((spread / "posts").glob("*.md")))
    times = [time.get("datetime") for time in page.xpath("//article/div[@class='head']//time")]
    assert times == sorted(times)
    first = page.get_element_by_id("ashiatsu-massage-reduces-chronic-tension")
    assert "approved" in words_of(first)
    assert "Approved on" in words_of(first)
    assert [words_of(one) for one in first.xpath(".//p[@class='place']/b")] == [
        "your pages",
        "Mastodon",
        "Bluesky",
        "X",
    ]
    assert sum("waits for your yes" in words_of(post) for post in posts) == len(posts) - 1
    assert "reduces chronic tension" in words_of(first.find_class("source")[0])
    assert "costs $0.2" in words_of(first)


def test_nothing_is_written_but_the_page(spread, bot):
    write(spread, "one", images='[[image]]\nheadline = "A quiet hour."')
    bot("check")
    before = {path for path in spread.rglob("*") if ".footnote" not in path.parts}
    content = {path: path.read_bytes() for path in before if path.is_file()}
    page_of(spread, bot)
    after = {path for path in spread.rglob("*") if ".footnote" not in path.parts}
    assert after - before == {spread / "p.html"}
    assert all(path.read_bytes() == old for path, old in content.items())


def test_hostile_words_stay_words(spread, bot):
    quoted = HOSTILE.replace('"', '\\"')
    write(spread, "hostile", images=f'[[image]]\nheadline = "Calm & quiet"\nalt = "{quoted}"', text=HOSTILE)
    text, page = page_of(spread, bot)
    assert not page.xpath("//script | //img | //link | //iframe | //form | //base")
    assert not [name for name in page.xpath("//@*/..") for name in name.attrib if name.startswith("on")]
    assert HOSTILE in page.get_element_by_id("hostile").text_content()
    assert "<script" not in text


def test_the_page_needs_nothing_but_itself(spread, bot):
    write(spread, "one", images='[[image]]\nheadline = "A quiet hour."', more='link = "https://example.com/book"')
    _, page = page_of(spread, bot)
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    style = page.findtext(".//style")
    assert f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert "unsafe" not in policy
    assert not page.xpath("//@style | //@src")
    assert all(link.startswith(("#", "data:image/jpeg;base64,")) for link in page.xpath("//@href"))
    assert "url(" not in style


def test_a_picture_that_looks_the_same_is_sent_once(spread, bot):
    write(spread, "one", images='[[image]]\nheadline = "A quiet hour."')
    _, page = page_of(spread, bot)
    assert len(page.xpath("//symbol")) == 2  # upright for three networks, lying for X
    assert len(page.get_element_by_id("one").xpath(".//svg//use")) == 4


def test_a_carousel_is_a_mosaic_with_its_pages_and_alt_texts_below(spread, bot):
    pages = "\n".join(f'[[image]]\nheadline = "Reason number {n}."' for n in range(1, 4))
    write(spread, "three", images=pages)
    _, page = page_of(spread, bot)
    mastodon = page.xpath("//section[@aria-label='Mastodon']")[0]
    assert len(mastodon.xpath(".//svg[@class='picture']/use")) == 3
    assert len(mastodon.xpath(".//svg[@class='small']")) == 3
    assert [words_of(one)[:11] for one in mastodon.find_class("alt")] == ["Alt text 1 ", "Alt text 2 ", "Alt text 3 "]
    assert "a tap shows" in words_of(mastodon)


def test_a_thread_shows_each_of_its_posts(spread, bot):
    write(spread, "thread", text="The first.\n---\nThe second.")
    _, page = page_of(spread, bot)
    x = page.xpath("//section[@aria-label='X']")[0]
    assert [words_of(one) for one in x.find_class("next")] == ["2 of 2The second."]


def test_flags_and_what_does_not_fit_are_told(spread, bot):
    write(spread, "bold", text="It cures chronic pain. " * 20)
    _, page = page_of(spread, bot)
    assert "Only with proof: “cures chronic pain”" in words_of(page.find_class("flags")[0])
    assert "too long" in words_of(page.xpath("//section[@aria-label='X']")[0])


def test_days_leave_out_what_is_later(spread, bot):
    write(spread, "far", more="publish_at = 2099-12-24T09:00:00")
    write(spread, "near")
    _, page = page_of(spread, bot, "--days", "30")
    assert [one.get("id") for one in page.findall(".//article")] == ["near"]


def test_an_empty_season_says_so(workspace, bot):
    _, page = page_of(workspace, bot)
    assert "Nothing is planned" in words_of(page)


def test_only_a_preview_is_written_over(workspace, bot):
    (workspace / "p.html").write_text("<p>somebody's page", "utf-8")
    assert bot("preview", "-o", workspace / "p.html").exit_code == 2
    assert bot("preview", "-o", workspace / "p.html", "--force").exit_code == 0
    assert bot("preview", "-o", workspace / "p.html").exit_code == 0
    assert bot("preview", "-o", workspace / "none" / "p.html").exit_code == 2


@pytest.mark.parametrize("network", [*BUILT_IN, "instagram", "unheard-of"])
@pytest.mark.parametrize("text", ["", "Short.", "word " * 60, "line\n" * 60, "one" * 200, "日本語" * 80, "👣 " * 90])
def test_a_cut_text_is_whole_with_what_is_below_the_cut(network, text):
    limits = limits_of(network if network in BUILT_IN else "site")
    found = cut(text, habit_of(network), limits)
    assert found.shown + found.hidden == text or (not found.hidden and found.shown == text)
    if network == "instagram":
        assert count(found.shown, limits.text_unit) <= 125
    if network in {"site", "unheard-of"}:
        assert not found.hidden


def test_what_every_network_shows_has_a_source_with_its_day():
    assert {*BUILT_IN} <= {*sources()}
    assert all(re.search(r"\(20\d\d-\d\d-\d\d\)$", said) for said in sources().values())


def test_a_picture_is_cut_only_where_a_network_takes_no_such_shape():
    assert shape_of((1080, 1350), habit_of("x")) == (1080, 1350)
    assert shape_of((1080, 1920), habit_of("x")) == (3, 4)
    assert shape_of((1080, 1920), habit_of("mastodon")) == (1080, 1920)
    assert shape_of((1200, 400), habit_of("instagram")) == (191, 100)
    assert mosaic([(1, 1)] * 2, habit_of("bluesky")) == (2, 1)
    assert mosaic([(1, 1)] * 9, habit_of("bluesky")) == (3, 2)
    assert mosaic([(1, 1)] * 9, habit_of("site")) is None
    assert habit_of("unheard-of") == Habit()


@pytest.mark.parametrize("text", ["", "none", "a #tag, @me@a.social and https://a.example/b?c#d.", "#", "x#y #z"])
def test_marking_links_changes_no_word(text):
    assert "".join(piece for piece, _ in marked(text)) == text
