"""At the desk: what a text is about, why no post came of it, and what else it says."""

import html
import re

import pytest

from bot.composer import compose_document
from bot.config import read_config
from tests.composer.test_asking import HIDDEN, NAME, RECIPE, STONES
from tests.web.test_desk_pages import heading, words

PAGE = "/texts/one?text=documents%2Fstones.md"


def give(visitor, text=STONES):
    return visitor.post("/texts", files={"file": ("stones.md", text.encode())})


def value(answer):
    return html.unescape(re.search(r'name="subject" value="([^"]*)"', answer.text)[1])


def keys(answer):
    return re.findall(r'name="snippet" value="(\w+)"', answer.text)


def posts(visitor):
    return list((visitor.folder / "posts").glob("*.md"))


def said(answer):
    return html.unescape(re.search(r'class="said.*?<p[^>]*>(.*?)</p>', answer.text, re.DOTALL)[1])


@pytest.fixture
def given(visitor):
    """The desk of a studio for Ashiatsu massage, that was given a text about stones."""
    give(visitor)
    return visitor


def test_a_text_of_which_nobody_said_what_it_is_about_is_asked_about_with_a_guess(visitor):
    asked = give(visitor)
    assert asked.url.startswith(visitor.base + PAGE)
    assert "drafted" in said(asked)
    assert "What is this text about?" in words(asked)
    assert value(asked) == "Hot stone massage"


def test_the_answer_is_kept_and_more_posts_are_drafted_at_once(given):
    before = len(posts(given))
    answered = given.post("/texts/subject", text=NAME, subject="Hot stone massage")
    drafted = len(posts(given)) - before
    assert drafted > 1
    assert said(answered) == f"That is kept. {drafted} more posts are drafted."
    assert "It is about Hot stone massage" in words(answered)
    assert read_config(given.folder).subjects == {NAME: "Hot stone massage"}
    assert given.app.config == read_config(given.folder)
    assert HIDDEN in [standing.file.post.images[0].headline for standing in given.app.season().waiting]


def test_the_list_shows_what_each_text_is_about_and_leads_to_changing_it(given):
    assert "Say what it is about" in words(given.get("/texts"))
    given.post("/texts/subject", text=NAME, subject="Hot stone massage")
    listed = given.get("/texts")
    assert "About Hot stone massage · change" in words(listed)
    assert f'href="{PAGE}#about"' in listed.text
    given.post("/texts/subject", text=NAME, subject="Warm stones")
    assert "About Warm stones" in words(given.get("/texts"))
    assert value(given.get(PAGE)) == "Warm stones"


def test_a_text_about_the_studios_own_subject_leads_to_its_first_post_and_from_there_to_the_rest(visitor, article):
    with article.open("rb") as file:
        first = visitor.post("/texts", files={"file": (article.name, file)})
    assert "/posts/" in first.url
    assert 'href="/texts/one?text=documents%2Fashiatsu-for-runners.txt">What else the text says' in first.text


@pytest.mark.parametrize("subject", ["", "  ", "x" * 61, "?"])
def test_what_cannot_stand_for_it_is_told_beside_what_was_typed(given, subject):
    before = (given.folder / "config.toml").read_bytes()
    again = given.post("/texts/subject", text=NAME, subject=subject)
    assert again.status_code == 422
    assert "Say it in a few words" in re.search(r'role="alert"[^>]*>(.*?)<', again.text)[1]
    assert value(again) == subject or not subject.strip()
    assert (given.folder / "config.toml").read_bytes() == before


def test_broken_settings_are_told_and_stay_as_they_are(given):
    config = given.folder / "config.toml"
    broken = config.read_text("utf-8").replace("America/Denver", "Nowhere")
    config.write_text(broken, "utf-8")
    again = given.post("/texts/subject", text=NAME, subject="Hot stone massage")
    assert again.status_code == 422
    assert "Nothing was changed, because the bot’s settings have a mistake" in words(again)
    assert config.read_text("utf-8") == broken
    assert given.app.config.subjects == {}


def test_a_text_without_posts_says_why(visitor):
    told = give(visitor, RECIPE)
    assert said(told) == "Nothing new in it could stand as a post."
    assert "No posts are drafted from it. 3 sentences, none that surely says what a client gains." in words(told)


def test_a_text_in_another_language_is_refused_and_not_kept(visitor):
    told = give(visitor, "Le massage est bon pour les jambes et pour le dos. " * 5)
    assert told.status_code == 422
    assert "is in French" in words(told)
    assert list((visitor.folder / "documents").iterdir()) == []


@pytest.fixture
def listed(tmp_path, given):
    """The same, with one post of the text and the rest of it in a list."""
    for path in posts(given):
        path.unlink()
    config = given.folder / "config.toml"
    config.write_text(config.read_text("utf-8").replace("[words]", "[words]\nposts_per_document = 1"), "utf-8")
    given.app.config = read_config(given.folder)
    given.post("/texts/subject", text=NAME, subject="Hot stone massage")
    return given


def test_the_rest_is_listed_in_order_with_its_sentence_and_how_well_it_says_it(listed):
    page = listed.get(PAGE)
    assert len(keys(page)) >= 2
    told = re.findall(r"<b>(Strong|Fair)</b>", page.text)
    assert len(told) == len(keys(page))
    assert told == sorted(told, reverse=True)
    assert re.search(r"line \d+: <q>It ", page.text)


def test_one_of_the_rest_is_drafted_too_and_leaves_the_list(listed):
    first, *others = keys(listed.get(PAGE))
    before = posts(listed)
    after = listed.post("/texts/more", text=NAME, snippet=first)
    [new] = set(posts(listed)) - set(before)
    assert said(after).startswith("Drafted: “Hot stone massage")
    assert new.stem.partition("-")[2] in after.text
    assert keys(after) == others
    new.unlink()
    again = listed.post("/texts/more", text=NAME, snippet=first)
    assert said(again).startswith("Nothing was drafted")
    assert keys(again) == others


@pytest.mark.parametrize("snippet", ["", "nothing", "x" * 999])
def test_what_a_text_does_not_say_is_not_drafted(listed, snippet):
    before = posts(listed)
    assert said(listed.post("/texts/more", text=NAME, snippet=snippet)).startswith("Nothing was drafted")
    assert posts(listed) == before


def test_a_picture_that_cannot_be_drawn_is_told(listed):
    config = listed.folder / "config.toml"
    config.write_text(config.read_text("utf-8") + '[brand]\nheadline_font = "No Such Font"\n', "utf-8")
    listed.app.config = read_config(listed.folder)
    again = listed.post("/texts/more", text=NAME, snippet=keys(listed.get(PAGE))[0])
    assert again.status_code == 422
    assert "No Such Font" in words(again)


@pytest.mark.parametrize(
    "text", ["", "config.toml", "../config.toml", "documents/../config.toml", "/etc/passwd", NAME + "x"]
)
def test_only_a_text_that_is_listed_has_a_page_and_takes_answers(given, text):
    before = (given.folder / "config.toml").read_bytes()
    assert given.get("/texts/one", params={"text": text}).status_code == 404
    assert given.post("/texts/subject", text=text, subject="Stones").status_code == 404
    assert given.post("/texts/more", text=text, snippet="x").status_code == 404
    assert (given.folder / "config.toml").read_bytes() == before


@pytest.mark.parametrize("address", ["/texts/subject", "/texts/more"])
def test_another_sites_page_and_a_stranger_change_nothing(given, address):
    before = (given.folder / "config.toml").read_bytes(), posts(given)
    fields = {"text": NAME, "subject": "Stones", "snippet": "x"}
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
    assert given.session.post(given.base + address, data=fields, headers=elsewhere, timeout=30).status_code == 403
    given.session.cookies.clear()
    assert given.post(address, **fields).status_code == 401
    assert ((given.folder / "config.toml").read_bytes(), posts(given)) == before


def test_a_running_bot_drafts_from_other_texts_by_the_kept_subject(given):
    given.post("/texts/subject", text=NAME, subject="Hot stone massage")
    done = compose_document(given.app.config, given.app.ledger.records, given.folder / NAME, given.clock)
    assert (done.subject, done.written) == ("Hot stone massage", ())


def test_a_title_is_shown_as_words_and_never_as_a_page(visitor):
    give(visitor, STONES.replace("Hot stone massage", "Hot <b>stone</b> massage"))
    page = visitor.post("/texts/subject", text=NAME, subject="<script>alert(1)</script>")
    assert "<script>alert" not in page.text
    assert heading(page) == "stones.md"


def test_a_text_that_is_in_another_language_by_now_is_told_and_no_settings_change(given):
    root = given.app.root
    before = (root / "config.toml").read_bytes()
    (root / NAME).write_text("Le sauna est chaud et les invités sont dans la salle avec nous pour une heure.", "utf-8")
    again = given.post("/texts/subject", text=NAME, subject="Sauna")
    assert again.status_code == 422
    assert "is in French" in again.text
    assert (root / "config.toml").read_bytes() == before
