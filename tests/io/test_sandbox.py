"""What a child may do, what it may not, and that nothing of it is left."""

import contextlib
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.errors import DocumentError, SandboxError
from bot.io.sandbox import Allowed, run
from tests.io.hostile import LEFT, open_files

BRIEF = Allowed(wall_seconds=1.5)


def hostile(name, content=b"", **more):
    return run(f"tests.io.hostile:{name}", content, **more)


@pytest.mark.parametrize("content", [b"", b"a", b"ab" * 5_000_000])
def test_content_goes_in_and_an_answer_comes_back(content):
    answer = hostile("sizes", content)
    assert answer == {"bytes": len(content), "ends": [content[:1].hex(), content[-1:].hex()]}


def test_a_reader_tells_how_far_it_is_and_the_end_is_always_told():
    seen = []
    assert hostile("told", progress=lambda done, total: seen.append((done, total))) == "read"
    assert seen[-1] == (1000, 1000)
    assert len(seen) < 100


def test_nothing_of_ours_is_in_there(monkeypatch):
    monkeypatch.setenv("FOOTNOTE_KEY", "secret")
    found = hostile("surroundings")
    assert set(found["environment"]) <= {"LANG", "LC_CTYPE", "MALLOC_ARENA_MAX"}
    assert found["folder"] == "/"
    assert found["leads"]
    assert found["bounds"] == {"RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0}
    assert all(name.startswith(("pipe:", "/dev/null")) for name in found["files"])


def test_what_a_reader_refuses_is_refused_here_in_the_same_words_without_control_characters():
    with pytest.raises(DocumentError, match="is locked with a password: \\[31m save it without one") as caught:
        hostile("refuses")
    assert type(caught.value) is DocumentError


@pytest.mark.parametrize(
    "name", "raises leaves vanishes crashes aborts recurses nests garbles unspeakable nowhere opens_many".split()
)
def test_whatever_breaks_in_there_is_a_broken_document_here(name):
    with pytest.raises(SandboxError, match="is broken") as caught:
        hostile(name)
    assert caught.value.why == "broken"


@pytest.mark.parametrize("name", ["greedy", "bomb", "killed"])
def test_a_document_that_eats_memory_is_refused(name):
    with pytest.raises(SandboxError, match="too much memory"):
        hostile(name)


@pytest.mark.parametrize("name", ["spins", "sleeps", "deaf"])
def test_a_document_that_takes_too_long_is_refused_in_time(name):
    began = time.monotonic()
    with pytest.raises(SandboxError, match="took too long"):
        hostile(name, b"a" * 1_000_000, limits=BRIEF)
    assert time.monotonic() - began < 10


def test_seconds_of_cpu_are_counted_by_the_system():
    with pytest.raises(SandboxError, match="took too long"):
        hostile("spins", limits=Allowed(cpu_seconds=1, wall_seconds=60))


@pytest.mark.parametrize("name", ["long_winded", "chatters"])
def test_an_endless_answer_is_refused(name):
    with pytest.raises(SandboxError, match="holds too much"):
        hostile(name, limits=Allowed(answer=1 << 20))


def test_what_a_library_prints_is_nobodys_answer():
    assert hostile("prints") == "the answer"


@pytest.mark.parametrize("name", ["writes", "connects", "resolves", "starts", "forks"])
def test_a_reader_calls_nobody_and_leaves_nothing(name):
    with pytest.raises(SandboxError, match="is broken") as caught:
        hostile(name)
    assert caught.value.detail.startswith("PermissionError")
    assert not LEFT.exists()


def test_a_mistake_in_telling_is_ours_and_the_child_is_gone():
    def fails(done, total):
        raise KeyError(done)

    with pytest.raises(KeyError):
        hostile("told", progress=fails)
    assert_no_children()


def test_nothing_is_left_of_any_child():
    before = open_files()
    for name in ("sizes", "raises", "crashes", "sleeps", "deaf"):
        with contextlib.suppress(SandboxError):
            hostile(name, limits=Allowed(wall_seconds=0.7))
    assert open_files() == before
    assert_no_children()


def test_threads_may_run_children_side_by_side():
    content = [bytes([65 + n]) * 300_000 for n in range(12)]
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda one: hostile("sizes", one), content))
    assert [one["ends"][0] for one in answers] == [one[:1].hex() for one in content]
    assert threading.active_count() < 10


def assert_no_children():
    """None of the sandbox: other tests of this process may have children of their own."""
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            assert parent != os.getpid() or b"inside.py" not in (folder / "cmdline").read_bytes()
