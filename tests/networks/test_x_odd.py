"""Odd answers of X: whatever it is, it is a promised value or an error that says so."""

import re
from contextlib import suppress
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NetworkError, Unavailable
from bot.model import Receipt
from bot.networks.http import Answer
from bot.networks.x.refusals import judge_for, words_of
from bot.networks.x.signed import KEYS, Signer, is_id
from bot.networks.x.timeline import LIVES, Timeline, handle_of, receipt_of, shows
from bot.networks.x.words import as_sent, says
from tests.networks.conftest import Kept

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
LINK = "https://t.co/abc"
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.sampled_from(["7_1", LINK]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
IDS = ODD | st.sampled_from(["1880000000000000000", 1880000000000000000, "9" * 20, "1e3", "١٢٣", "１２"])
LINKS = st.dictionaries(st.sampled_from(["url", "expanded_url", "media_key"]), ODD)
POSTS = st.fixed_dictionaries(
    {"id": IDS, "text": ODD | st.just(f"One. {LINK}")},
    optional={
        "entities": ODD | st.builds(dict, urls=ODD | st.lists(ODD | LINKS)),
        "attachments": ODD | st.builds(dict, media_keys=ODD | st.lists(ODD)),
    },
)
PAGES = st.builds(
    dict, data=ODD | st.lists(ODD | POSTS, max_size=3), meta=ODD | st.builds(dict, result_count=st.integers(0, 1))
)


def client_of(told):
    """An account whose server answers this, whatever it is asked."""
    client = SimpleNamespace(get_users_tweets=lambda *_, **__: told, get_me=lambda: told)
    signer = Signer("studio", None, Kept())
    signer.now = lambda: SimpleNamespace(client=client, secrets=dict.fromkeys(KEYS, "key"))
    return signer


@given(PAGES)
def test_a_timeline_is_one_of_posts_or_an_error(told):
    signer = client_of(told)
    signer.user_id = lambda: "1"
    with suppress(Unavailable):
        for post in Timeline(signer, lambda: NOW).newest():
            assert isinstance(receipt_of(post), Receipt)
            assert isinstance(as_sent(post), str)
            assert says(post, as_sent(post))
            assert shows(post, {"7_1"}) in {True, False}


@given(ODD | st.builds(dict, id=IDS))
def test_whose_keys_these_are_is_an_id_or_an_error(told):
    with suppress(Unavailable):
        assert re.fullmatch("[0-9]{1,19}", client_of({"data": told}).user_id())


@pytest.mark.parametrize("number", ["١٢٣", "１２", "²", "1\n", " 1", "+1", ""])
def test_an_id_is_plain_digits(number):
    assert not is_id(number)
    with pytest.raises(Unavailable, match="whose keys"):
        client_of({"data": {"id": number}}).user_id()


@given(IDS, ODD, ODD)
def test_a_picture_has_two_names_and_a_time(number, key, seconds):
    if is_id(number):
        name, lives = handle_of({"id": number, "media_key": key, "expires_after_secs": seconds})
        assert re.fullmatch(r"[0-9]+ \S+", name)
        assert 0 < lives <= LIVES


@given(st.integers(300, 599), ODD | st.builds(dict, errors=ODD | st.lists(ODD), detail=ODD, title=ODD, type=ODD))
def test_a_refusal_means_something_or_the_usual(status, told):
    answer = Answer(status, {}, told)
    assert isinstance(judge_for("studio")(answer, words_of(answer)), NetworkError | None)
