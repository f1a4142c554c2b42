"""Access that runs out, and is renewed ahead of time, once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.errors import Unauthorized, Unavailable
from bot.model import Account
from bot.networks.oauth import Bearer, Grant
from bot.networks.tokens import is_due, moment, secrets_in
from tests.networks.conftest import Kept

ACCOUNT = Account("studio", "linkedin")
DAY = timedelta(days=1)


def bearer_of(workspace, renew, *, lives=60 * DAY, age=timedelta(0), **secrets):
    began = workspace.clock - age
    times = {"issued_at": began.isoformat(), "expires_at": (began + lives).isoformat()}
    kept = Kept({"token": "old", "refresh_token": "r1", **times, **secrets})
    return kept, Bearer(ACCOUNT, workspace.premises("x", kept), renew)


def fresh(workspace, token="new"):
    def renew(kept):
        return secrets_in({"access_token": token, "expires_in": 60 * 86400, "refresh_token": "r2"}, workspace.clock)

    return renew


def later(kept):
    raise Unavailable("the network rests")


def never(kept):
    raise Unauthorized("revoked")


def test_a_young_token_is_used_as_it_is(workspace):
    _, bearer = bearer_of(workspace, never, age=39 * DAY)
    assert bearer.token() == "old"


def test_a_token_of_which_a_third_is_left_is_renewed_and_kept_before_it_is_used(workspace):
    kept, bearer = bearer_of(workspace, fresh(workspace), age=41 * DAY)
    assert bearer.token() == "new"
    assert (kept.secrets["token"], kept.secrets["refresh_token"]) == ("new", "r2")
    assert moment(kept.secrets, "expires_at") > workspace.clock + 59 * DAY


def test_a_renewal_that_fails_for_now_is_no_disconnect(workspace):
    kept, bearer = bearer_of(workspace, later, age=41 * DAY)
    before = dict(kept.secrets)
    assert bearer.token() == "old"
    assert kept.secrets == before


def test_once_the_token_is_over_a_failed_renewal_means_later_and_a_refused_one_means_sign_in(workspace):
    for renew, error in ((later, Unavailable), (never, Unauthorized)):
        _, bearer = bearer_of(workspace, renew, age=60 * DAY)
        with pytest.raises(error):
            bearer.token()


def test_ten_threads_renew_once(workspace):
    times = []

    def renew(kept):
        times.append(kept["refresh_token"])
        return fresh(workspace)(kept)

    _, bearer = bearer_of(workspace, renew, age=50 * DAY)
    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(lambda _: bearer.token(), range(10))) == {"new"}
    assert times == ["r1"]


def test_what_another_process_renewed_meanwhile_is_not_overwritten(workspace):
    kept, bearer = bearer_of(workspace, None, age=50 * DAY)

    def renew(before):
        kept.secrets = {**before, "token": "theirs", "refresh_token": "r9"}
        return fresh(workspace)(before)

    bearer = Bearer(ACCOUNT, workspace.premises("x", kept), renew)
    assert bearer.token() == "theirs"
    assert kept.secrets["refresh_token"] == "r9"


def test_without_a_token_a_person_signs_in(workspace):
    for broken in ("", "a b\n", "é"):
        _, bearer = bearer_of(workspace, None, token=broken)
        with pytest.raises(Unauthorized, match="bot connect studio"):
            bearer.token()


def test_a_token_of_an_hour_is_renewed_in_time(workspace):
    hour = timedelta(hours=1)
    now = workspace.clock
    kept = {"issued_at": now.isoformat(), "expires_at": (now + hour).isoformat()}
    assert not is_due(kept, now + timedelta(minutes=39))
    assert is_due(kept, now + timedelta(minutes=41))
    assert not is_due({"token": "for ever"}, now)


def test_what_no_network_means_is_not_kept(workspace):
    now = datetime.fromisoformat("2026-12-01T09:00:00+00:00")
    told = {"access_token": "t", "expires_in": 10**12, "refresh_token": 7, "refresh_token_expires_in": True}
    assert secrets_in(told, now) == {"token": "t", "issued_at": now.isoformat()}
    with pytest.raises(Unavailable):
        secrets_in({"access_token": None}, now)


def test_the_address_asks_for_what_the_grant_says():
    grant = Grant("https://a.example/oauth", "https://a.example/token", {"read": "to look", "write": "to post"})
    asked = parse_qs(urlsplit(grant.address("app", "http://127.0.0.1:1/", "s", "c")).query)
    assert asked["scope"] == ["read write"]
    assert (asked["state"], asked["code_challenge_method"]) == (["s"], ["S256"])
