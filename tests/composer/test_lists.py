"""Short items of one list are one post, under the words that lead into it."""

import pytest

from bot.approval import words_of
from bot.composer import compose_document, compose_more
from bot.composer.lists import listed
from bot.config import read_config
from bot.footnotes import unsourced
from bot.planner.sources import quotes
from bot.posts import load
from bot.snippets.wording import words
from tests.composer.test_writing import CONFIG, NOW, Memory

TEXT = """# Sports massage

Sports massage can help you to:

- Reduce muscle tension
- Recover faster after a long run
- Sleep better at night
- Improve your flexibility

Sports massage relieves your back pain after a long day at your desk.
"""


@pytest.fixture
def root(tmp_path):
    (tmp_path / "config.toml").write_text(CONFIG.replace("Ashiatsu massage", "Sports massage"))
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/a.md").write_text(TEXT)
    return tmp_path


def composed(root, memory):
    return compose_document(read_config(root), memory, root / "documents/a.md", NOW)


def lists(made):
    return [draft.post for draft in made.written if draft.post.images[0].items]


def test_three_or_more_short_items_are_one_post_that_quotes_each_of_them(root):
    made = composed(root, Memory())
    (post,) = lists(made)
    (image,) = post.images
    assert (image.template, image.headline) == ("list", "Sports massage can help you to")
    assert len(image.items) >= 3
    document = made.document
    lead, *items = [words(document, span) for span in post.source.spans]
    assert (lead, tuple(items)) == ("Sports massage can help you to:", image.items)
    assert post.text == f"{lead}\n\n" + "\n".join(f"• {item}" for item in items)
    assert quotes(document, post) == (lead, *items)
    assert unsourced(post, (lead, *items)) == ()
    assert image.alt == f"{lead} " + " ".join(f"{item}." for item in items)
    assert {draft.post.text for draft in made.written if draft.post != post}.isdisjoint(items)
    assert len(made.written) <= 3


def test_a_list_is_offered_once_with_a_ledger_or_without_and_its_items_do_not_come_back(root):
    memory = Memory()
    assert composed(root, memory).written
    assert composed(root, memory).written == ()
    assert composed(root, Memory()).written == ()
    assert compose_more(read_config(root), memory, root / "documents/a.md", NOW, most=9).written == ()
    text = (root / "documents/a.md").read_text()
    (root / "documents/a.md").write_text(f"A new first line.\n\n{text}")
    assert lists(composed(root, Memory())) == []


@pytest.mark.parametrize(
    "lead",
    [
        "Sports massage has 4 benefits; it can help you to:",
        "Sports massage does not help you to:",
        "The following can help you to:",
        "It is said that in our studio and in many others all over the town sports massage can help you to:",
    ],
)
def test_a_lead_in_that_counts_denies_points_elsewhere_or_is_long_makes_no_list(root, lead):
    (root / "documents/a.md").write_text(TEXT.replace("Sports massage can help you to:", lead))
    assert lists(composed(root, Memory())) == []


def test_what_a_person_must_look_at_is_in_no_list(root):
    (root / "documents/a.md").write_text(TEXT.replace("Reduce muscle tension", "Cure arthritis and cancer"))
    made = composed(root, Memory())
    assert all("cancer" not in " ".join(words_of(post)) for post in lists(made))
    assert not any(draft.is_flagged for draft in made.written if draft.post.images[0].items)


def test_one_of_the_rest_is_drafted_by_itself(root):
    (root / "config.toml").write_text(CONFIG.replace("posts_per_document = 3", "posts_per_document = 1"))
    memory = Memory()
    first = composed(root, memory)
    assert len(first.written) == 1
    for draft in compose_more(read_config(root), memory, root / "documents/a.md", NOW, most=9).written:
        assert len(draft.snippets) == 1


def test_every_list_reads_back_with_its_picture(root):
    composed(root, Memory())
    shelf = load(root, ["feed"])
    assert shelf.problems == ()
    for file in shelf.posts:
        assert (root / "images" / f"{file.post.id}.jpg").exists()


def test_a_text_without_lists_is_left_as_it_is(root):
    made = composed(root, Memory())
    assert [one.snippets for one in listed(made.document, made.found.good[:2])] == [(s,) for s in made.found.good[:2]]
