"""The floors of docs/design.md: a module imports only from floors below its own; rooms stay small."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = [
    {"errors", "model", "__init__"},
    {
        *{"snippets", "fitting", "splitting", "footnotes", "counting", "slots", "delivery", "keys", "prices"},
        *{"mistakes", "written", "approval"},
    },
    {"io"},
    {"config", "documents", "images", "posts", "ledger", "vault", "networks", "public", "starter"},
    {"composer", "planner", "publisher", "access", "connecting", "consent", "retracting", "doctor", "showing"},
    {"app", "cli", "web", "previews", "daemon", "worker", "logs", "__main__"},
]
MODULES = sorted((ROOT / "bot").rglob("*.py"))
PURE = {"time", "random", "os", "pathlib", "socket", "requests", "sqlite3", "subprocess"}


def room(path):
    return path.relative_to(ROOT / "bot").with_suffix("").parts[0]


def floor(name):
    return next(i for i, floor in enumerate(FLOORS) if name in floor)


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_imports_only_from_floors_below_its_own(path):
    here = room(path)
    for name in imports(path):
        parts = name.split(".")
        if parts[0] != "bot" or len(parts) == 1 or parts[1] in {here, "__version__"}:
            continue
        there = floor(parts[1])
        doors = there == floor(here) == 5
        rules = there == floor(here) == 1
        assert there < floor(here) or doors or rules, f"bot/{here} may not import bot.{parts[1]}"


@pytest.mark.parametrize("path", [p for p in MODULES if floor(room(p)) < 2], ids=lambda p: str(p.relative_to(ROOT)))
def test_nouns_and_rules_touch_no_world(path):
    assert not {name.split(".")[0] for name in imports(path)} & PURE


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_rooms_stay_small_and_say_what_they_are_for(path):
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert len(text.splitlines()) <= 300
    assert path.name == "__init__.py" or ast.get_docstring(tree), "a module has one sentence"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < 40, f"{path.name}: {node.name} is over 40 lines"
