"""Odd answers of a Bluesky server: whatever it is, it is a promised value or an error that says so."""

import base64
import json
from contextlib import suppress
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NetworkError, Unavailable, Unconfirmed
from bot.model import Media, Part, Receipt
from bot.networks.bluesky import records, tokens
from bot.networks.bluesky.refusals import judge_for, words_of
from bot.networks.bluesky.repository import Repository
from bot.networks.http import Answer

ADDRESS = "at://did:plc:x/app.bsky.feed.post/3lzzzzzzzzz22"
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
PART = Part(0, "Feet are wide.", (Media("ab" * 32, "image/jpeg", "Words.", 108, 135, 1),))
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.just("at://did:plc:x/a.b/c"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
TIMES = st.sampled_from(["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-12-01T09:00:00.000Z"])


def tables(*names):
    return st.dictionaries(st.sampled_from(names), ODD)


VALUES = st.fixed_dictionaries(
    {},
    optional={
        "text": ODD | st.just(PART.text),
        "createdAt": ODD | TIMES,
        "embed": ODD | st.builds(dict, images=ODD | st.lists(tables("image", "alt"))),
        "labels": ODD | st.builds(dict, values=ODD | st.lists(ODD | tables("val"))),
        "reply": ODD | st.builds(dict, root=ODD | tables("uri", "cid")),
    },
)
ADDRESSES = st.sampled_from([ADDRESS, "at://", "at://a/b", "a/b/c/d"])
RECORDS = ODD | st.fixed_dictionaries({"uri": ADDRESSES | ODD, "cid": ODD | st.just("bafy"), "value": VALUES | ODD})


class Told:
    """A server that answers this, whatever it is asked."""

    def __init__(self, told):
        answer = Answer(200, {}, told)
        self.ask = self.read = self.commit = lambda *_, **__: answer
        self.current = self.mine = lambda: SimpleNamespace(did="did:plc:x")


@given(VALUES)
def test_a_record_is_compared_whatever_is_in_it(value):
    assert records.likeness(value, PART) in {0, 1, 2}
    assert records.moment_of(value.get("createdAt")).tzinfo
    assert isinstance(records.receipt_of({"uri": ADDRESS, "value": value}), Receipt)
    assert records.is_bot(records.as_bot(value))
    assert {name: told for name, told in records.as_bot(value).items() if name not in {"$type", "labels"}} == {
        name: told for name, told in value.items() if name != "labels"
    }


@given(RECORDS | st.builds(dict, records=ODD | st.lists(RECORDS), blob=ODD, did=ODD, cursor=ODD))
def test_an_answer_is_what_was_asked_for_or_an_error(told):
    repository = Repository(Told(told))
    for ask in (
        lambda: records.reply_to(repository.record(records.POST, "c")),
        lambda: [records.receipt_of(row) for rows in repository.newest("a.b") for row in rows],
        lambda: repository.create("a.b", "c", {"text": "One."}),
        lambda: json.loads(repository.upload(b"", "image/jpeg")),
        lambda: repository.owner("a.test").strip(),
    ):
        with suppress(NetworkError):
            ask()


@pytest.mark.parametrize(
    ("uri", "listed"),
    [
        ("at://did:plc:someone/app.bsky.feed.post/3lzzzzzzzzz22", False),
        ("at://did:plc:x/app.bsky.feed.like/3lzzzzzzzzz22", False),
        ("at://did:plc:x/app.bsky.feed.post/3lzzzzzzzzz23", True),
        ("at://did:plc:x/app.bsky.feed.post/3lzzzzzzzzz22/", False),
        ("at://studio.test/app.bsky.feed.post/3lzzzzzzzzz22", False),
    ],
)
def test_a_record_at_another_address_than_ours_is_no_answer(uri, listed):
    row, key = {"uri": uri, "cid": "bafy", "value": {"text": "One."}}, ADDRESS.rpartition("/")[2]
    with pytest.raises(Unavailable, match="no record of ours"):
        Repository(Told(row)).record(records.POST, key)
    with pytest.raises(Unconfirmed, match=ADDRESS):
        Repository(Told(row)).create(records.POST, key, {"text": "One."})
    pages = Repository(Told({"records": [row]})).newest(records.POST)
    if listed:  # any key of ours will do there
        assert list(pages) == [[row]]
    else:
        with pytest.raises(Unavailable, match="no record of ours"):
            list(pages)


def test_a_record_at_our_address_is_an_answer():
    row = {"uri": ADDRESS, "cid": "bafy", "value": {"text": "One."}}
    assert Repository(Told(row)).record(records.POST, ADDRESS.rpartition("/")[2]) == row


@given(ODD | tables("exp", "iat", "scope"), ODD)
def test_tokens_and_documents_say_something_or_nothing(claims, document):
    token = f"a.{base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip('=')}.c"
    for read in (token, str(document)):
        assert tokens.time_in(read, "exp", NOW).tzinfo
        assert isinstance(tokens.scope_of(read), str)
    for told in (document, {"service": document}, {"service": [document, {"serviceEndpoint": document}]}):
        assert tokens.home_in(told) == "" or tokens.home_in(told).startswith("https://")


@given(st.integers(300, 599), ODD | tables("error", "message"))
def test_a_refusal_means_something_or_the_usual(status, told):
    answer = Answer(status, {}, told)
    assert isinstance(judge_for("studio")(answer, words_of(answer)), NetworkError | None)
