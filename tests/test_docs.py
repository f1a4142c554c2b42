"""The generated pages say what the code says."""

import importlib.util
from pathlib import Path

GENERATE = Path(__file__).parents[1] / "docs" / "generate.py"


def test_no_generated_page_is_stale():
    spec = importlib.util.spec_from_file_location("generate", GENERATE)
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    assert generate.stale() == [], "run python docs/generate.py"
