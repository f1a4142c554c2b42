"""Local posts on a strict Google."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import CannotTell, RateLimited, Rejected, Unauthorized, Unavailable, Unconfirmed
from bot.model import Receipt
from bot.networks import check_settings
from bot.networks.base import Chooses, Identifies, Measures, Renews, Retracts, SignsIn
from bot.networks.oauth import Code
from tests.networks.conftest import Kept
from tests.networks.open_google import open_google, picture, public, secrets_of
from tests.servers.google import GoogleServer

LINK = "https://example.com/book"
PLACE = "accounts/1/locations/2"


@pytest.fixture
def google():
    with GoogleServer() as server:
        yield server
        assert server.violations == []


@pytest.fixture
def address(workspace):
    workspace.media.mkdir(parents=True)
    with public(workspace.media) as address:
        yield address


@pytest.fixture
def network(workspace, google, address):
    return open_google(workspace, google, address)


@pytest.fixture
def message(workspace, address):
    return workspace.message(link=LINK, media=(picture(workspace),))


def publish(network, message, handles=None):
    handles = network.prepare(message) if handles is None else handles
    return network.publish(message.parts[0], message, handles, "key", None)


def find(network, message, *handles):
    since = datetime.now(UTC) - timedelta(minutes=20)
    return network.find(message.parts[0], message, handles, "key", since)


def test_a_post_has_its_words_its_picture_and_a_button_with_the_link(google, network, message, address):
    receipt = publish(network, message)
    (post,) = google.posts
    assert (post["summary"], post["languageCode"], post["topicType"]) == ("Feet are wide.", "en", "STANDARD")
    assert post["callToAction"] == {"actionType": "LEARN_MORE", "url": LINK}
    assert post["media"] == [{"mediaFormat": "PHOTO", "sourceUrl": address(message.parts[0].media[0])}]
    assert (receipt.remote_id, receipt.url) == (post["name"], post["searchUrl"])


def test_the_button_is_the_one_of_the_settings(workspace, google, address, message):
    for button, link, action in (
        ("book", LINK, {"actionType": "BOOK", "url": LINK}),
        ("sign_up", LINK, {"actionType": "SIGN_UP", "url": LINK}),
        ("call", LINK, {"actionType": "CALL"}),
        ("shop", "", None),
    ):
        network = open_google(workspace, google, address, button=button)
        receipt = publish(network, replace(message, link=link))
        assert google.posts[0].get("callToAction") == action
        assert find(network, replace(message, link=link)) == receipt
        network.retract(receipt)


@pytest.mark.parametrize("size", [(300, 300), (20, 20)])
def test_a_picture_that_google_cannot_use_is_refused(workspace, google, network, size):
    with pytest.raises(Rejected, match="the picture"):
        publish(network, workspace.message(media=(picture(workspace, size),)))
    assert google.posts == []


def test_a_picture_without_an_address_stops_before_anything_is_posted(workspace, google, message):
    def nowhere(_media):
        raise Unavailable("pictures have no public address")

    with pytest.raises(Unavailable, match="public address"):
        open_google(workspace, google, nowhere).prepare(message)
    assert google.log == []


def test_what_google_took_and_rejects_is_on_record_and_its_owner_is_told(google, network, message):
    receipt = publish(network, message)
    google.settle("REJECTED")
    assert google.public == []
    assert find(network, message) == receipt
    with pytest.raises(Rejected, match="does not show it"):
        network.measure(receipt)


@pytest.mark.parametrize("newest_first", [True, False])
def test_every_page_is_looked_at_whatever_their_order(google, network, message, newest_first):
    google.world.newest_first = newest_first
    receipt = publish(network, message)
    for n in range(130):
        other = {**google.posts[0], "name": f"{PLACE}/localPosts/old{n}", "summary": f"Other {n}."}
        google.world.posts[other["name"]] = other
    assert find(network, message) == receipt


def test_the_same_words_of_another_day_or_with_another_link_are_another_post(google, network, message):
    receipt = publish(network, message)
    with pytest.raises(CannotTell, match=r"leads elsewhere"):
        find(network, replace(message, link="https://example.com/other"))
    google.world.posts[receipt.remote_id]["createTime"] = "2020-01-01T00:00:00Z"
    assert find(network, message) is None


def test_what_has_no_words_is_for_a_person_to_find(network, message):
    with pytest.raises(CannotTell, match="look there"):
        find(network, replace(message, parts=(replace(message.parts[0], text=" "),)))


def test_a_location_is_chosen_by_its_path_or_its_name_and_listed_where_it_is_not(workspace, google, address, message):
    google.world.locations["accounts/1/locations/3"] = "Second Studio"
    for told, place in (("Second Studio", "accounts/1/locations/3"), (PLACE, PLACE)):
        network = open_google(workspace, google, address, location=told)
        assert network.prepare(message).values["location"] == place
        assert network.identify().id == place
    for settings in ({}, {"location": "Third"}):
        lost = open_google(workspace, google, address, **settings)
        with pytest.raises(Rejected, match=f'location = "{PLACE}" is Calm Feet; .*Second Studio'):
            lost.identify()
        with pytest.raises(Unavailable, match="cannot look"):
            find(lost, message)
    assert lost.choices() == [(PLACE, "Calm Feet"), ("accounts/1/locations/3", "Second Studio")]


def test_a_project_that_google_has_not_approved_is_named_so(google, network):
    google.world.approved = False
    with pytest.raises(Unauthorized, match="not approved the project"):
        network.identify()


def test_an_api_that_is_not_enabled_is_named_so(google, network):
    google.world.enabled = False
    with pytest.raises(Unauthorized, match="enable that API"):
        network.identify()


@pytest.mark.parametrize(
    ("status", "error"),
    [
        *((400, Rejected), (401, Unauthorized), (403, Unauthorized), (404, Rejected), (429, RateLimited)),
        *((499, Unconfirmed), (500, Unconfirmed), (503, Unconfirmed), (504, Unconfirmed)),
    ],
)
def test_what_googles_refusals_mean(google, network, message, status, error):
    google.fail_next(status)
    with pytest.raises(error):
        publish(network, message)
    assert google.posts == []


def test_a_post_is_taken_down_also_twice_and_measured(google, network, message):
    receipt = publish(network, message)
    assert network.measure(receipt) == {"views": 7, "clicks": 8}
    google.world.insights = False
    assert network.measure(receipt) == {}
    network.retract(receipt)
    network.retract(receipt)
    assert google.posts == []
    with pytest.raises(Rejected, match="not the address of a post"):
        network.retract(Receipt("", receipt.url, receipt.at))


def test_the_access_is_renewed_ahead_of_time_and_its_end_is_told(workspace, google, address, message):
    kept = Kept(secrets_of(google, refresh_token=google.refresher(), expires_at=datetime.now(UTC).isoformat()))
    old = kept.secrets["token"]
    network = open_google(workspace, google, address, kept)
    publish(network, message)
    assert kept.secrets["token"] != old
    google.revoke()
    kept.secrets["expires_at"] = datetime.now(UTC).isoformat()
    with pytest.raises(Unauthorized, match=r"invalid_grant.*bot connect studio-maps"):
        network.renew()


def test_a_yes_is_worth_two_tokens_and_in_testing_seven_days(google, network):
    google.world.testing = True
    kept = network.sign_in(Code(google.code(), google.world.redirect, "v" * 43))
    left = datetime.fromisoformat(kept["ends_at"]) - datetime.now(UTC)
    assert timedelta(days=6) < left < timedelta(days=8)
    assert kept["refresh_token"]
    address = network.grant.address("me", network.grant.redirect, "state", "challenge")
    assert "access_type=offline" in address
    assert "prompt=consent" in address
    assert "code_challenge=challenge" in address


def test_settings_that_mean_nothing_are_refused():
    assert check_settings("google", {"location": PLACE, "button": "book"}) == []
    wrong = check_settings("google", {"location": " ", "button": "buy", "token": "x"})
    assert len(wrong) == 3


def test_what_it_can_do_beside_the_contract(network):
    for ability in (Identifies, Chooses, Retracts, Measures, SignsIn, Renews):
        assert isinstance(network, ability)
