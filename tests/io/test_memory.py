"""What was made of files is believed for as long as a file is the same."""

import os

import pytest

from bot.io.memory import Memory

NOW = 1_800_000_000.0


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("words")
    os.utime(path, (NOW - 60, NOW - 60))
    return path


@pytest.fixture
def memory(path):
    memory = Memory(lambda: NOW)
    memory.keep("a", path.stat(), "made of words")
    return memory


def test_what_was_made_of_a_file_is_recalled_while_the_file_is_the_same(memory, path):
    assert memory.recall("a", path.stat()) == "made of words"
    assert memory.recall("b", path.stat()) is None


def test_a_file_that_changed_is_not_recalled_even_as_long_and_as_old_as_it_was(memory, path):
    about = path.stat()
    path.write_text("sword")
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (about.st_size, about.st_mtime_ns)
    assert memory.recall("a", path.stat()) is None


@pytest.mark.parametrize(("age", "is_kept"), [(2, True), (1.9, False), (0, False), (-60, False)])
def test_what_was_made_of_a_young_file_is_not_kept(path, age, is_kept):
    memory = Memory(lambda: NOW)
    memory.keep("a", path.stat(), "old")
    os.utime(path, (NOW - age, NOW - age))
    memory.keep("a", path.stat(), "young")
    assert memory.recall("a", path.stat()) == ("young" if is_kept else None)


def test_what_is_gone_is_forgotten(memory, path):
    memory.keep("b", path.stat(), "b")
    memory.forget_all_but({"b"})
    assert (memory.recall("a", path.stat()), memory.recall("b", path.stat())) == (None, "b")
