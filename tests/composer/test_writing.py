"""A document -> drafts in posts/, each with its picture in images/."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.composer import compose_document
from bot.config import read_config
from bot.errors import DocumentError, FootnoteError
from bot.images import drawing_hash, read_hash
from bot.images.kept import Pictures
from bot.ledger import open_ledger
from bot.posts import load

SAMPLE = Path(__file__).parents[2] / "documents" / "ashiatsu-for-runners.txt"
CONFIG = """\
workspace = "w"
[studio]
name = "Quiet Feet Studio"
timezone = "America/Denver"
link = "https://example.com/book"
[words]
subject = "Ashiatsu massage"
posts_per_document = 3
[accounts.feed]
network = "site"
"""
NOW = datetime(2026, 11, 23, tzinfo=UTC)


class Memory:
    """What the ledger remembers, in memory."""

    def __init__(self):
        self.posts, self.ids = {}, {}

    def offered(self):
        return {snippet for posts in self.posts.values() for snippet in posts}

    def record_offers(self, document, posts, at):
        assert at == NOW
        self.posts.setdefault(document, {}).update(posts)

    def readings(self):
        return self.ids


@pytest.fixture
def root(tmp_path):
    (tmp_path / "config.toml").write_text(CONFIG)
    (tmp_path / "documents").mkdir()
    shutil.copy(SAMPLE, tmp_path / "documents/a.txt")
    return tmp_path


def composed(root, memory, name="documents/a.txt"):
    return compose_document(read_config(root), memory, root / name, NOW)


def on_disk(root):
    return sorted(path.name for path in (root / "posts").iterdir())


def test_every_draft_is_a_post_that_reads_back_with_its_picture(root):
    made = composed(root, Memory())
    shelf = load(root, ["feed"])
    assert [one.path for one in shelf.posts] == [draft.path for draft in made.written]
    assert [one.post for one in shelf.posts] == [draft.post for draft in made.written]
    assert len(made.written) == 3
    assert shelf.problems == ()
    for one in shelf.posts:
        jpeg = (root / "images" / f"{one.post.id}.jpg").read_bytes()
        assert read_hash(jpeg) == drawing_hash(Pictures(root, read_config(root).brand).of_post(one.post, 0))


def test_every_word_is_a_sentence_of_the_document_and_its_span_says_where(root):
    text = (root / "documents/a.txt").read_text(encoding="utf-8")
    for draft in composed(root, Memory()).written:
        (start, end), *_ = draft.post.source.spans
        told = re.sub("^Ashiatsu massage (is )?", "", draft.snippet.text)
        assert told in text[start:end]


def test_composing_again_writes_nothing(root):
    memory = Memory()
    composed(root, memory)
    before = on_disk(root)
    again = composed(root, memory)
    assert again.written == ()
    assert [one.why for one in again.skipped] == ["offered before"] * 3
    assert on_disk(root) == before


def test_a_deleted_draft_stays_deleted(root):
    memory = Memory()
    first, *_ = composed(root, memory).written
    (root / first.path).unlink()
    assert composed(root, memory).written == ()


def test_a_new_ledger_that_meets_the_posts_writes_nothing_and_remembers_them(root):
    made = composed(root, Memory())
    memory = Memory()
    assert composed(root, memory).written == ()
    assert sorted(memory.posts["documents/a.txt"].values()) == sorted(draft.post.id for draft in made.written)
    (root / made.written[0].path).unlink()
    assert composed(root, memory).written == ()


def test_a_rewritten_headline_is_still_the_same_snippet(root):
    draft, *_ = composed(root, Memory()).written
    path = root / draft.path
    path.write_text(path.read_text().replace("Ashiatsu massage", "Barefoot massage").replace('["feed"]', '["gone"]'))
    assert composed(root, Memory()).written == ()


def test_a_document_edited_above_a_sentence_does_not_bring_it_back(root):
    composed(root, Memory())
    path = root / "documents/a.txt"
    path.write_text("A new first line.\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert composed(root, Memory()).written == ()


def test_a_copy_of_a_document_offers_nothing_again(root):
    memory = Memory()
    composed(root, memory)
    shutil.copy(root / "documents/a.txt", root / "documents/a (conflicted copy).txt")
    again = composed(root, memory, "documents/a (conflicted copy).txt")
    assert again.written == ()
    assert [one.why for one in again.skipped] == ["offered before"] * 3


@pytest.mark.parametrize("edit", ["", "A new first line.\n\n"])
def test_a_renamed_document_whose_posts_are_there_offers_nothing_even_to_a_new_ledger(root, edit):
    composed(root, Memory())
    old, new = root / "documents/a.txt", root / "documents/b.txt"
    new.write_text(edit + old.read_text(encoding="utf-8"), encoding="utf-8")
    old.unlink()
    assert composed(root, Memory(), "documents/b.txt").written == ()


def test_a_draft_deleted_before_its_document_was_renamed_stays_deleted(root):
    memory = Memory()
    composed(root, memory)
    shutil.rmtree(root / "posts")
    (root / "documents/a.txt").rename(root / "documents/b.txt")
    assert composed(root, memory, "documents/b.txt").written == ()


def test_a_post_that_still_says_the_words_stands_for_them_in_any_document(root):
    made = composed(root, Memory()).written
    for draft in made:
        path = root / draft.path
        path.write_text(re.sub("(?m)^headline = .*$", 'headline = "Another"', path.read_text(encoding="utf-8")))
    shutil.copy(root / "documents/a.txt", root / "documents/b.txt")
    with (root / "documents/b.txt").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert composed(root, Memory(), "documents/b.txt").written == ()


def test_numbers_and_names_go_on_after_what_is_there_even_when_it_cannot_be_read(root):
    (root / "posts").mkdir()
    (root / "posts/07-broken.md").write_text("not a post")
    memory = Memory()
    memory.ids = {"ashiatsu-massage-reduces-chronic-tension": None}
    made = composed(root, memory)
    assert [draft.path[:9] for draft in made.written] == ["posts/08-", "posts/09-", "posts/10-"]
    assert memory.ids.keys().isdisjoint(draft.post.id for draft in made.written)


def test_words_that_cannot_be_drawn_are_told_and_offered_again_later(root):
    (root / "config.toml").write_text(CONFIG + '[brand]\nheadline_font = "No Such Font"\n')
    memory = Memory()
    made = composed(root, memory)
    assert made.written == ()
    assert all("No Such Font" in one.why for one in made.skipped)
    assert load(root, ["feed"]).posts == ()
    (root / "config.toml").write_text(CONFIG)
    assert len(composed(root, memory).written) == 3


def test_a_subject_of_its_own_replaces_the_general_one(root):
    (root / "config.toml").write_text(CONFIG + '[words.subjects]\n"documents/a.txt" = "Barefoot massage"\n')
    (root / "documents/a.txt").write_text("Why barefoot massage?\n\n- It relieves back pain and reduces stress.\n")
    text = " ".join(draft.post.text for draft in composed(root, Memory()).written)
    assert "Barefoot massage" in text


def test_flagged_drafts_are_written_and_named(root):
    (root / "documents/a.txt").write_text("Why massage?\n\n- Massage cures cancer and reduces pain.\n")
    (draft,) = composed(root, Memory()).flagged
    assert draft.claims[0].words
    assert (root / draft.path).exists()


def test_a_document_from_elsewhere_is_refused(root, tmp_path_factory):
    other = tmp_path_factory.mktemp("other") / "a.txt"
    other.write_text("x")
    with pytest.raises(FootnoteError, match=r"is not in the workspace .*: copy it into documents/"):
        compose_document(read_config(root), Memory(), other, NOW)
    with pytest.raises(DocumentError):
        composed(root, Memory(), "documents/none.txt")


def test_a_document_that_is_nowhere_is_told_so(root):
    for path in (root.parent / "none.txt", root / "documents/none.txt", Path("/none/a.txt"), Path("/" + "a" * 300)):
        with pytest.raises(DocumentError, match="there is no such file"):
            compose_document(read_config(root), Memory(), path, NOW)


NAMES = ["a\\b.txt", "a\x01.txt", "a\tb.txt", "a\nb.txt", "a\x85.txt", "a\udcff.txt", "a" * 187 + ".txt"]


@pytest.mark.parametrize("name", NAMES)
def test_a_document_that_no_post_can_name_is_refused_before_drafting(root, name):
    shutil.copy(SAMPLE, root / "documents" / name)
    memory = Memory()
    with pytest.raises(DocumentError, match=r"\Adocuments/a.*: a post cannot name this file: rename it") as caught:
        composed(root, memory, f"documents/{name}")
    assert str(caught.value).isprintable()
    assert not (root / "posts").exists()
    assert memory.posts == {}


@pytest.mark.parametrize("name", ["Füße & mehr (2).txt", '"a": b.txt', "足圧.txt", "a" * 186 + ".txt"])
def test_any_other_name_reads_back_from_the_posts(root, name):
    shutil.copy(SAMPLE, root / "documents" / name)
    composed(root, Memory(), f"documents/{name}")
    shelf = load(root, ["feed"])
    assert {one.post.source.document for one in shelf.posts} == {f"documents/{name}"}
    assert shelf.problems == ()


def test_the_ledger_is_such_a_memory(root, tmp_path_factory):
    ledger = open_ledger(tmp_path_factory.mktemp("ledger"), "w")
    try:
        assert len(compose_document(read_config(root), ledger.records, root / "documents/a.txt", NOW).written) == 3
        shutil.rmtree(root / "posts")
        assert compose_document(read_config(root), ledger.records, root / "documents/a.txt", NOW).written == ()
    finally:
        ledger.close()


def test_the_text_is_read_before_the_turn_and_the_drafts_are_written_in_it(root):
    """A long text takes half a minute to read: nobody's yes waits for that."""

    class Turn:
        def __enter__(self):
            (root / "documents/a.txt").unlink()
            assert not (root / "posts").exists()

        def __exit__(self, *_):
            assert len(on_disk(root)) == 3
            assert memory.offered()

    memory = Memory()
    path = root / "documents/a.txt"
    assert len(compose_document(read_config(root), memory, path, NOW, turn=Turn()).written) == 3
