"""Meta's own parameter tables (facebook-business' code generation): which parameters an edge knows."""

import json
import re
from functools import cache

from tests.reference import reference

EVERYWHERE = {"access_token", "appsecret_proof", "fields", "limit", "after", "before", "since", "until", "summary"}
NUMBERED = re.compile(r"\[\d*\].*$")


@cache
def table(node):
    """(method, edge) -> names; skips the test where the tables are not there."""
    told = json.loads(reference(f"specs/meta/{node}.json").read_text("utf-8"))["apis"]
    return {(one["method"], one.get("endpoint", "")): {p["name"] for p in one["params"]} for one in told}


def unknown(node, method, edge, given):
    """The parameters that Meta's table does not know on that edge; an edge that is not there knows none."""
    known = table(node).get((method, edge), set()) | EVERYWHERE
    return sorted({NUMBERED.sub("", name) for name in given} - known)
