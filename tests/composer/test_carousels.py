"""One post with several pictures, from the best that a document says."""

import shutil
from dataclasses import replace

import pytest

from bot.composer import compose_carousel, compose_document
from bot.composer.carousel import closings, covers
from bot.config import read_config
from bot.fitting import unfit
from bot.images import draw
from bot.images.kept import Pictures
from bot.model import Account, Limits
from bot.networks import limits_of
from bot.planner.sources import quotes
from bot.posts import load
from tests.composer.test_writing import CONFIG, NOW, SAMPLE, Memory

MASTODON = '[accounts.toots]\nnetwork = "mastodon"\nserver = "https://example.social"\n'


@pytest.fixture
def root(tmp_path):
    (tmp_path / "config.toml").write_text(CONFIG)
    (tmp_path / "documents").mkdir()
    shutil.copy(SAMPLE, tmp_path / "documents/a.txt")
    return tmp_path


def limits(account: Account) -> Limits:
    return limits_of(account.network)


def carousel(root, memory, limits=limits, **wish):
    return compose_carousel(read_config(root), memory, root / "documents/a.txt", NOW, limits=limits, **wish)


def test_a_carousel_is_a_cover_a_benefit_a_page_and_what_a_reader_can_do_next(root):
    (draft,) = carousel(root, Memory()).written
    cover, *benefits, closing = draft.post.images
    assert (cover.headline, cover.template) == ("Ashiatsu Massage", "quote")
    assert [one.template for one in benefits] == ["quote"] * 4
    assert (closing.template, closing.headline, closing.support) == (
        "closing",
        "Book your session",
        "example.com/book",
    )
    assert [one.alt.endswith(f"Page {n} of 6.") for n, one in enumerate(draft.post.images, start=1)] == [True] * 6
    assert draft.post.text == "Ashiatsu Massage\n\n" + "\n".join(f"• {one.text}" for one in draft.snippets)


def test_every_page_is_drawn_and_the_post_reads_back_with_its_quotes(root):
    made = carousel(root, Memory())
    (file,) = load(root, ["feed"]).posts
    (draft,) = made.written
    assert file.post == draft.post
    pictures = Pictures(root, read_config(root).brand)
    assert len(list((root / "images").glob("*.jpg"))) == 6
    for number in range(6):
        assert pictures.keep(file.post, number)[0] == draw(pictures.of_post(file.post, number))
    assert len(quotes(made.document, file.post)) == len(file.post.source.spans)


def test_a_carousel_is_offered_once_with_a_ledger_or_without(root):
    memory = Memory()
    (draft,) = carousel(root, memory).written
    for again in (carousel(root, memory), carousel(root, memory, pages=8), carousel(root, Memory())):
        assert (again.written, again.why_none) == ((), "a carousel of what it says was offered before")
    (root / draft.path).unlink()
    assert carousel(root, memory).written == ()


def test_what_is_in_a_carousel_may_be_a_post_of_its_own_and_the_other_way_round(root):
    carousel(root, Memory())
    assert len(compose_document(read_config(root), Memory(), root / "documents/a.txt", NOW).written) == 3
    shutil.rmtree(root / "posts")
    memory = Memory()
    compose_document(read_config(root), memory, root / "documents/a.txt", NOW)
    assert len(carousel(root, memory).written) == 1


@pytest.mark.parametrize("pages", [3, 4, 10])
def test_as_many_pages_as_are_asked_for_or_as_there_are_benefits(root, pages):
    made = carousel(root, Memory(), pages=pages)
    (draft,) = made.written
    unflagged = [one for one in made.found.good if not one.risk]
    assert len(draft.post.images) == min(pages, len(unflagged) + 2)


def test_pages_are_as_many_as_every_account_allows_and_texts_as_long(root):
    (root / "config.toml").write_text(CONFIG + MASTODON)
    done = carousel(root, Memory())
    (draft,) = done.written
    assert (len(draft.post.images), draft.post.accounts, done.left_out) == (4, ("feed", "toots"), ())
    short = {"feed": Limits(images_max=4), "toots": Limits(images_max=4, inline=True, text_max=120)}
    shutil.rmtree(root / "posts")
    (draft,) = carousel(root, Memory(), lambda account: short[account.name]).written
    assert draft.post.texts["toots"] == f"Ashiatsu Massage\n\n• {draft.snippet.text}"
    assert not unfit(draft.post, Account("toots", "mastodon"), short["toots"])


def test_an_account_that_cannot_take_so_many_pictures_is_left_out_with_a_word(root):
    (root / "config.toml").write_text(CONFIG + MASTODON)
    done = carousel(root, Memory(), pages=6)
    assert done.written[0].post.accounts == ("feed",)
    assert done.left_out == ("toots: takes 4 pictures a post, this has 6",)
    none = carousel(root, Memory(), lambda _: Limits(images_max=2))
    assert none.written == ()
    assert none.why_none.startswith("no account takes a post of so many pictures")
    assert len(none.left_out) == 2


def test_what_a_person_must_look_at_is_in_no_carousel(root):
    (root / "documents/a.txt").write_text("Why massage?\n\n- Massage cures cancer and reduces pain.\n")
    done = carousel(root, Memory())
    assert (done.written, done.why_none) == (
        (),
        "it has too few benefits for a carousel that need nobody's second look",
    )


def test_a_text_without_benefits_says_why(root):
    (root / "documents/a.txt").write_text("Boil the water. Add the rice. Wait.\n")
    assert carousel(root, Memory()).why_none.startswith("3 sentences")


def test_a_documents_own_call_closes_and_the_language_speaks_where_there_is_none(root):
    with (root / "documents/a.txt").open("a", encoding="utf-8") as file:
        file.write("\nBook your first Ashiatsu session this week.\n")
    made = carousel(root, Memory())
    assert made.written[0].post.images[-1].headline == "Book your first Ashiatsu session this week."
    config = replace(read_config(root), language="de", link="https://www.example.com/buchen/?a=1")
    own, *_, last = closings(replace(made.found, calls=()), config)
    assert (own.image.headline, own.image.support) == ("Jetzt Termin buchen", "example.com/buchen?a=1")
    assert last.image.support == "example.com"


def test_a_cover_that_must_be_looked_at_gives_way_to_the_subject(root):
    (root / "documents/a.txt").write_text(
        "# Massage cures cancer\n\n" + (root / "documents/a.txt").read_text(encoding="utf-8"), encoding="utf-8"
    )
    found = carousel(root, Memory()).found
    assert "cancer" not in " ".join(leaf.image.headline for leaf in covers(found))


def test_a_page_that_cannot_be_drawn_is_told_and_another_takes_its_place(root):
    path = root / "documents/a.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("chronic tension", "chronic \ue123"), encoding="utf-8")
    done = carousel(root, Memory(), pages=5)
    assert len(done.written[0].post.images) == 5
    assert all("\ue123" not in one.text for one in done.written[0].snippets)
