"""No file hangs, breaks or betrays what reads it: it is read, or refused in one sentence."""

import base64
import json
import subprocess
import sys
from functools import cache

import pytest

from bot.documents import read_content
from bot.errors import DocumentError
from bot.io import sandbox
from tests.documents.hostile import archives, pages, prints
from tests.documents.hostile.secret import WORDS

FORMATS = {".html": pages, ".docx": archives, ".pdf": prints}
LOUD = {f"{name}{ending}": (ending, made) for ending, kind in FORMATS.items() for name, made in kind.LOUD.items()}
QUIET = [(ending, name) for ending, kind in FORMATS.items() for name in kind.QUIET]
HEAVY = (
    "classes.html",
    "words for days.docx",
    "a bomb of words.pdf",
    "lines without end.pdf",
)
READ_ALL = """
import resource, sys
from pathlib import Path
from bot.documents import read
from bot.errors import DocumentError
for name in sys.argv[1:]:
    try:
        read(Path(name), name)
    except DocumentError:
        pass
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
KILO_IN_256_MB = 256 << 10


def is_one_sentence(told):
    return told.isprintable() and 10 < len(told) < 250 and not told.endswith((".", ":", ",", " ")) and ". " not in told


@pytest.mark.parametrize("case", LOUD)
def test_a_hostile_file_is_read_or_refused_in_one_sentence(case):
    ending, made = LOUD[case]
    name = f"documents/a{ending}"
    document, told = None, ""
    try:
        document = read_content(made(), name)
    except DocumentError as error:
        told = str(error)
    if document is None:
        assert told.startswith(f"{name}: ")
        assert is_one_sentence(told)
    else:
        assert WORDS not in document.text
        assert len(document.text) == len(document.readable)
        document.text.encode()
        assert all(document.readable[slice(*block.span)].strip() for block in document.blocks)


@cache
def verdicts(ending):
    """What the readers make of the quiet ones: they harm nobody, so one child reads them all."""
    files = {name: base64.b64encode(made()).decode() for name, made in FORMATS[ending].QUIET.items()}
    asked = json.dumps({"ending": ending, "files": files}).encode()
    return sandbox.run("tests.documents.hostile.inside:judge", asked)


@pytest.mark.parametrize(("ending", "name"), QUIET)
def test_a_broken_or_treacherous_file_is_read_or_refused(ending, name):
    verdict = verdicts(ending)[name]
    if "refused" in verdict:
        assert is_one_sentence(f"documents/a{ending}: {verdict['refused']}")
    elif "words" in verdict:
        assert WORDS not in verdict["words"]
        verdict["words"].encode()
    else:
        assert not verdict["broken"].startswith(("MemoryError", "PermissionError"))


def test_no_child_takes_more_than_256_megabytes(tmp_path):
    """Measured by a small process: a child's figure begins with what its parent held."""
    for n, case in enumerate(HEAVY):
        ending, made = LOUD[case]
        (tmp_path / f"{n}{ending}").write_bytes(made())
    names = sorted(map(str, tmp_path.iterdir()))
    told = subprocess.run([sys.executable, "-c", READ_ALL, *names], check=True, capture_output=True, text=True)
    unit = 1 if sys.platform == "linux" else 1 << 10  # macOS counts bytes
    assert int(told.stdout) / unit <= KILO_IN_256_MB


def test_there_are_more_than_two_hundred_of_them():
    assert len(LOUD) + len(QUIET) > 350


@pytest.mark.parametrize(
    ("ending", "case"),
    [(".docx", "a file as an entity in the document"), (".pdf", "a password"), (".html", "a zero byte")],
)
def test_the_command_says_so_exits_with_2_and_writes_nothing(ending, case, tmp_path):
    path = tmp_path / f"a{ending}"
    path.write_bytes(FORMATS[ending].QUIET[case]())
    told = subprocess.run(
        [sys.executable, "-m", "bot", "snippets", str(path)], check=False, capture_output=True, text=True, cwd=tmp_path
    )
    assert told.returncode == 2
    assert told.stderr.startswith(f"bot: a{ending}: ")
    assert told.stderr.count("\n") == 1
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
