"""Pins on a strict Pinterest."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import requests

from bot.errors import (
    CannotTell,
    HandlesGone,
    RateLimited,
    Rejected,
    Unauthorized,
    Unavailable,
    Unconfirmed,
)
from bot.model import Handles, Receipt
from bot.networks import check_settings, class_of, limits_of
from bot.networks.base import Chooses, Identifies, Measures, Renews, Retracts, SignsIn
from bot.networks.oauth import Code
from bot.networks.pinterest import pins
from bot.networks.tokens import moment
from tests.networks.conftest import Kept
from tests.networks.open_pinterest import open_pinterest, secrets_of
from tests.servers.pinterest import PinterestServer

LINK = "https://example.com/book?utm_content=tension"


@pytest.fixture
def pinterest():
    with PinterestServer() as server:
        yield server
        assert server.violations == []


@pytest.fixture
def network(workspace, pinterest):
    return open_pinterest(workspace, pinterest)


@pytest.fixture
def message(workspace):
    return workspace.message(link=LINK)


def publish(network, message, handles=None):
    handles = network.prepare(message) if handles is None else handles
    return network.publish(message.parts[0], message, handles, "key", None)


def find(network, message, *handles, since=None):
    since = since or datetime.now(UTC) - timedelta(minutes=20)
    return network.find(message.parts[0], message, handles, "key", since)


def with_pictures(workspace, message, *alts):
    media = tuple(workspace.picture(f"#0d3b{n + 10:02x}", alt) for n, alt in enumerate(alts))
    return replace(message, parts=(replace(message.parts[0], media=media),))


def test_a_pin_has_its_title_its_text_with_tags_its_link_and_its_alt_text(pinterest, network, message):
    receipt = publish(network, message)
    (pin,) = pinterest.posts
    assert (pin.title, pin.link, pin.alt_text) == ("It reduces chronic tension.", LINK, "Words on green.")
    assert pin.description == "Feet are wide.\n\n#ashiatsu"
    assert pin.board_id == pinterest.board("Calm feet").id
    assert receipt == Receipt(pin.id, f"https://www.pinterest.com/pin/{pin.id}/", pin.created_at)


def test_a_pin_of_several_pictures_keeps_their_order_and_all_they_say(workspace, pinterest, network, message):
    message = with_pictures(workspace, message, "One.", "Two.", "Three.", "Four.", "Five.")
    assert find(network, message, network.prepare(message)) is None
    receipt = publish(network, message)
    (pin,) = pinterest.posts
    assert [name for name, *_ in pin.pictures] == [media.sha256 for media in message.parts[0].media]
    assert pin.alt_text == "One.\nTwo.\nThree.\nFour.\nFive."
    assert find(network, message) == receipt


def test_what_cannot_be_a_pin_is_refused_before_anything_is_asked(workspace, pinterest, network, message):
    for odd, said in (
        (with_pictures(workspace, message), "needs a picture"),
        (with_pictures(workspace, message, "a" * 300, "b" * 300), "601 characters together, 500 allowed"),
        (replace(message, link="https://example.com/" + "x" * 2030), "2050 characters, 2048 allowed"),
    ):
        with pytest.raises(Rejected, match=said):
            network.prepare(odd)
    assert pinterest.log == []


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Feet.", "Feet."),
        ("x" * 100, "x" * 100),
        ("A  headline\nof two lines", "A headline of two lines"),
        ("calm feet " * 11, "calm feet " * 9 + "calm feet…"),
        ("calm, " * 20, "calm, " * 15 + "calm…"),
        ("🦶" * 49 + " ok foot", "🦶" * 49 + "…"),
        ("x" * 101, ""),
    ],
)
def test_a_title_that_is_too_long_keeps_its_first_whole_words(message, title, shown):
    assert pins.title_of(replace(message, title=title)) == shown


@pytest.mark.parametrize(
    ("text", "tags", "shown"),
    [
        ("Feet.", (), "Feet."),
        ("Feet.", ("yoga", "feet"), "Feet.\n\n#yoga #feet"),
        ("We love #Yoga.", ("yoga", "feet"), "We love #Yoga.\n\n#feet"),
        ("", ("yoga", "feet"), "#yoga #feet"),
        ("x" * 792, ("yogas", "feet"), "x" * 792 + "\n\n#yogas"),
        ("x" * 793, ("yogas", "feet"), "x" * 793 + "\n\n#feet"),
        ("x" * 800, ("yoga",), "x" * 800),
    ],
)
def test_tags_stand_below_the_text_as_long_as_there_is_room(message, text, tags, shown):
    part = replace(message.parts[0], text=text)
    assert pins.description_of(part, replace(message, tags=tags)) == shown


@pytest.mark.parametrize("fate", ["drop", "reset", "cut"])
def test_a_lost_answer_is_unknown_and_found_on_the_board(pinterest, network, message, fate):
    handles = network.prepare(message)
    pinterest.lose_next(fate)
    with pytest.raises(Unconfirmed):
        publish(network, message, handles)
    assert find(network, message, handles).remote_id == pinterest.posts[0].id


def test_a_pin_is_known_again_by_its_words_and_its_link(workspace, pinterest, network, message):
    receipt = publish(network, message)
    for other in (
        replace(message, title="Another."),
        replace(message, parts=(replace(message.parts[0], text="Other words."),)),
    ):
        assert find(network, other) is None
    assert find(network, message) == receipt
    with pytest.raises(CannotTell, match=f"{receipt.url} has the same words, but leads elsewhere"):
        find(network, replace(message, link="https://example.com/other"))


def test_a_pin_that_pinterest_writes_a_little_differently_is_known_again(workspace, pinterest, network):
    message = workspace.message(text=" Feet &  hands,\n\n\nslowly. ", link="https://example.com")
    pinterest.world.shown_link = lambda link: f"{link}/"
    receipt = publish(network, message)
    assert find(network, message) == receipt


def test_a_pin_without_any_words_is_for_a_person_to_find(network, message):
    bare = replace(message, title="x" * 101, tags=(), parts=(replace(message.parts[0], text=" "),))
    with pytest.raises(CannotTell, match="without words"):
        find(network, bare)


def test_an_older_pin_with_the_same_words_is_another_one(pinterest, network, message):
    publish(network, message)
    (old,) = pinterest.posts
    pinterest.world.pins[old.id] = replace(old, created_at=old.created_at - timedelta(hours=1))
    assert find(network, message) is None
    receipt = publish(network, message)
    assert find(network, message) == receipt


def test_a_look_goes_on_to_the_next_page_until_all_are_older(workspace, pinterest, network, message):
    receipt = publish(network, message)
    for n in range(230):
        publish(network, replace(message, title=f"Another {n}."), Handles({"board": pinterest.posts[0].board_id}))
    assert find(network, message) == receipt
    pages = [line for line in pinterest.log if line.operation == "boards/list_pins"]
    assert [dict(line.query).get("bookmark") for line in pages] == [None, "after-100", "after-200"]


def test_a_board_that_somebody_arranged_by_hand_is_read_all_the_same(pinterest, network, message):
    pinterest.world.newest_first = False
    for n in range(120):
        publish(network, replace(message, title=f"Another {n}."), Handles({"board": pinterest.board("Calm feet").id}))
    receipt = publish(network, message)
    assert find(network, message) == receipt


def test_a_time_without_a_zone_is_utc(pinterest, network, message):
    pinterest.world.zoned = False
    receipt = publish(network, message)
    assert receipt.at == pinterest.posts[0].created_at
    assert find(network, message) == receipt


def test_every_board_of_an_attempt_is_looked_at(workspace, pinterest, message):
    first = open_pinterest(workspace, pinterest, board="Recipes")
    handles = first.prepare(message)
    receipt = publish(first, message, handles)
    now = open_pinterest(workspace, pinterest)
    assert find(now, message, handles, now.prepare(message)) == receipt


def test_a_board_is_chosen_by_its_name_or_its_id(workspace, pinterest, message):
    recipes = pinterest.board("Recipes")
    for told in ("Recipes", recipes.id, f" {recipes.id} "):
        publish(open_pinterest(workspace, pinterest, board=told), message)
    assert {pin.board_id for pin in pinterest.posts} == {recipes.id}


def test_who_names_no_board_of_hers_is_shown_all_there_are(workspace, pinterest, message):
    pinterest.world.add_board("studio", "Secret plans", "SECRET")
    feet, recipes = pinterest.board("Calm feet").id, pinterest.board("Recipes").id
    for named, what in (("recipes", 'there is no board called "recipes"'), ("", "there are 2 boards")):
        lost = open_pinterest(workspace, pinterest, without=True, **({"board": named} if named else {}))
        for act in (lost.identify, lambda lost=lost: lost.prepare(message)):
            with pytest.raises(Rejected) as caught:
                act()
            assert str(caught.value) == (
                f"{what}: say in config.toml which one (a secret one cannot be used): "
                f'board = "{feet}" is Calm feet; board = "{recipes}" is Recipes'
            )
        with pytest.raises(Unavailable, match="cannot look: there "):
            find(lost, message)
        assert lost.choices() == [(feet, "Calm feet"), (recipes, "Recipes")]


def test_the_only_board_needs_no_name(workspace, pinterest, message):
    network = open_pinterest(workspace, pinterest, without=True)
    del pinterest.world.boards[pinterest.board("Recipes").id]
    publish(network, message)
    assert pinterest.posts[0].board_id == pinterest.board("Calm feet").id
    pinterest.world.boards.clear()
    with pytest.raises(Rejected, match=r"there is no board: .*make one on Pinterest first"):
        network.identify()


def test_of_two_boards_with_one_name_the_id_decides(workspace, pinterest, message):
    second = pinterest.world.add_board("studio", "Calm feet")
    with pytest.raises(Rejected, match=f'2 boards called "Calm feet".*{second.id}'):
        open_pinterest(workspace, pinterest).prepare(message)
    publish(open_pinterest(workspace, pinterest, board=second.id), message)
    assert pinterest.posts[0].board_id == second.id


def test_a_board_that_was_deleted_meanwhile_is_looked_up_again(workspace, pinterest, network, message):
    handles = network.prepare(message)
    assert handles.expires_at - datetime.now(UTC) < timedelta(hours=2)
    del pinterest.world.boards[handles.values["board"]]
    with pytest.raises(HandlesGone, match="Board not found"):
        publish(network, message, handles)
    with pytest.raises(CannotTell, match="not there any more"):
        find(network, message, handles)
    with pytest.raises(Rejected, match="there is no board"):
        network.prepare(message)


def test_settings_that_mean_nothing_are_refused():
    assert check_settings("pinterest", {"board": "Calm feet"}) == check_settings("pinterest", {}) == []
    unknown, blank = check_settings("pinterest", {"board": " ", "token": "abc"})
    assert '"token" is not a setting of pinterest (known: board, server)' in unknown
    assert "write its name or its id" in blank


def test_it_says_who_and_which_board_it_is(pinterest, network):
    identity = network.identify()
    user, board = pinterest.world.users["studio"], pinterest.board("Calm feet")
    assert (identity.id, identity.name) == (f"{user.id}/{board.id}", '@studio, board "Calm feet"')
    assert identity.url == "https://www.pinterest.com/studio/"


def test_what_it_can_do_beside_the_contract(network):
    for ability in (Identifies, Chooses, Retracts, Measures, SignsIn, Renews):
        assert isinstance(network, ability)


def test_a_pin_is_taken_down_also_by_its_address_and_also_twice(pinterest, network, message):
    receipt = publish(network, message)
    network.retract(Receipt("", receipt.url, receipt.at))
    assert pinterest.posts == []
    network.retract(receipt)
    assert find(network, message) is None
    with pytest.raises(Rejected, match="not the address of a post"):
        network.retract(Receipt("", "https://example.com/", receipt.at))


def test_the_pin_of_somebody_else_is_for_a_person(workspace, pinterest, network, message):
    theirs = {**secrets_of(pinterest), "token": pinterest.token("clinic")}
    receipt = publish(open_pinterest(workspace, pinterest, Kept(theirs)), message)
    with pytest.raises(Rejected, match="not permitted"):
        network.retract(receipt)


def test_a_pin_is_measured_also_when_it_is_old(workspace, pinterest, message):
    kept = Kept(secrets_of(pinterest))
    network = open_pinterest(workspace, pinterest, kept)
    receipt = publish(network, message)
    counted = {"IMPRESSION": 240, "OUTBOUND_CLICK": 20, "PIN_CLICK": 37, "SAVE": 12, "TOTAL_REACTIONS": 3}
    pinterest.world.pins[receipt.remote_id] = replace(pinterest.posts[0], metrics=counted)
    assert network.measure(receipt) == {"views": 240, "clicks": 20, "saves": 12, "likes": 3, "comments": 0}
    kept.secrets["token"] = pinterest.token(lives=timedelta(days=500))
    pinterest.advance(400 * 86_400)
    assert network.measure(receipt)["views"] == 240


def test_figures_that_are_no_numbers_are_left_out(pinterest, network, message):
    receipt = publish(network, message)
    body = {"all": {"summary_metrics": {"IMPRESSION": "many", "SAVE": 2.0}, "lifetime_metrics": None}}
    for told, known in ((body, {"saves": 2}), ({}, {}), ({"all": []}, {})):
        pinterest.fail_next(200, "pins/analytics", body=told or {"none": 1})
        assert network.measure(receipt) == known


def test_an_app_on_trial_makes_pins_that_only_their_creator_sees(pinterest, network, message):
    pinterest.set_access("trial")
    receipt = publish(network, message)
    assert pinterest.public == []
    assert find(network, message) == receipt  # nothing in the answers tells
    assert "Trial access, nobody but you sees its pins" in class_of("pinterest").help


def test_where_pinterest_says_that_the_app_is_on_trial_the_owner_is_told_what_to_do(pinterest, network, message):
    pinterest.set_access("sandbox")
    handles = network.prepare(message)
    with pytest.raises(Unauthorized, match=r"Trial access.*ask for Standard access.*bot connect studio-pins"):
        publish(network, message, handles)
    assert pinterest.posts == []


def test_an_app_on_trial_that_has_used_up_its_day_waits(pinterest, network, message):
    pinterest.set_access("trial")
    pinterest.world._days[datetime.now(UTC).date()] = 999
    handles = network.prepare(message)
    with pytest.raises(RateLimited):
        publish(network, message, handles)


def test_a_network_that_asks_for_patience_gets_it(pinterest, network, message):
    handles = network.prepare(message)
    pinterest.fail_next(429, Retry_After=90)
    with pytest.raises(RateLimited) as caught:
        publish(network, message, handles)
    assert timedelta(seconds=80) < caught.value.retry_at - datetime.now(UTC) <= timedelta(seconds=90)


@pytest.mark.parametrize(
    ("status", "error"), [(400, Rejected), (403, Rejected), (401, Unauthorized), (500, Unconfirmed), (503, Unconfirmed)]
)
def test_what_a_refusal_of_a_pin_means(pinterest, network, message, status, error):
    handles = network.prepare(message)
    pinterest.fail_next(status)
    with pytest.raises(error):
        publish(network, message, handles)
    assert pinterest.posts == []


@pytest.mark.parametrize("body", [{"board_id": "1"}, {"id": None}, {"id": "not a number"}])
def test_an_answer_that_names_no_pin_is_unknown(pinterest, network, message, body):
    handles = network.prepare(message)
    pinterest.fail_next(201, acted=True, body=body)
    with pytest.raises(Unconfirmed, match="did not name it"):
        publish(network, message, handles)
    assert find(network, message, handles).remote_id == pinterest.posts[0].id


def test_a_list_that_cannot_be_read_proves_nothing(pinterest, network, message):
    handles = network.prepare(message)
    for body in ({"items": "none"}, {"items": ["pin"]}, {"rows": []}):
        pinterest.fail_next(200, "boards/list_pins", body=body)
        with pytest.raises(Unavailable, match="not with what was asked for"):
            find(network, message, handles)


def test_a_token_with_too_few_rights_is_a_matter_for_the_owner(workspace, pinterest, message):
    few = secrets_of(pinterest, token=pinterest.token(scopes={"boards:read", "pins:read"}))
    network = open_pinterest(workspace, pinterest, Kept(few))
    handles = network.prepare(message)
    with pytest.raises(Unauthorized, match=r"sufficient permissions.*bot connect studio-pins"):
        publish(network, message, handles)


def test_the_grant_asks_for_what_the_calls_need_and_for_no_more(pinterest, network):
    from tests.servers.pinterest import spec

    used = {
        ("get", "/user_account"),
        ("get", "/boards"),
        ("get", "/boards/{board_id}/pins"),
        ("post", "/pins"),
        ("delete", "/pins/{pin_id}"),
        ("get", "/pins/{pin_id}/analytics"),
    }
    needed = set().union(*(spec.scopes(spec.operations()[call]) for call in used))
    assert set(network.grant.scopes) == needed
    assert all(network.grant.scopes.values())
    address = network.grant.address("1512345", "http://localhost:8721/", "state", "")
    assert requests.Request("GET", address).prepare().url.startswith("https://www.pinterest.com/oauth/?")
    assert "scope=user_accounts%3Aread%2Cboards%3Aread%2C" in address
    assert "code_challenge" not in address


def test_a_person_signs_in_with_a_code(workspace, pinterest, message):
    kept = Kept({name: value for name, value in secrets_of(pinterest).items() if name != "token"})
    network = open_pinterest(workspace, pinterest, kept)
    with pytest.raises(Unauthorized, match="bot connect studio-pins"):
        network.identify()
    code = Code(pinterest.code(), pinterest.world.app.redirect, "verifier")
    kept.secrets = {**kept.secrets, **network.sign_in(code)}
    assert moment(kept.secrets, "expires_at") - datetime.now(UTC) > timedelta(days=29)
    assert moment(kept.secrets, "ends_at") - datetime.now(UTC) > timedelta(days=59)
    assert network.identify().name.startswith("@studio")
    with pytest.raises(Rejected, match="authorization code is not valid"):
        network.sign_in(code)


def test_an_app_from_before_september_2025_asks_for_tokens_that_go_on(workspace, pinterest):
    pinterest.world.app = replace(pinterest.world.app, continuous=False)
    network = open_pinterest(workspace, pinterest)
    assert network.sign_in(Code(pinterest.code(), pinterest.world.app.redirect, ""))["refresh_token"]


@pytest.fixture
def signed_in(workspace, pinterest):
    """An account that signed in through the browser, with what is kept of it."""
    kept = Kept(secrets_of(pinterest))
    network = open_pinterest(workspace, pinterest, kept)
    kept.secrets = {
        **kept.secrets,
        **network.sign_in(Code(pinterest.code(), pinterest.world.app.redirect, "")),
    }
    return network, kept


def test_the_next_token_is_fetched_in_time_and_again_for_a_year(pinterest, signed_in):
    network, kept = signed_in
    for _ in range(18):
        before = dict(kept.secrets)
        pinterest.advance(21 * 86_400)
        network.renew()
        assert kept.secrets["token"] != before["token"]
        assert kept.secrets["refresh_token"] != before["refresh_token"]
    assert network.identify().name.startswith("@studio")


def test_a_refresh_that_fails_for_now_is_no_disconnect(pinterest, signed_in):
    network, kept = signed_in
    before = dict(kept.secrets)
    pinterest.advance(21 * 86_400)
    pinterest.fail_next(503, "oauth/token")
    network.renew()
    assert kept.secrets == before
    network.renew()
    assert kept.secrets["token"] != before["token"]


@pytest.mark.parametrize("status", [400, 401])
def test_a_refresh_token_that_was_taken_back_is_a_matter_for_the_owner(pinterest, signed_in, status):
    network, _ = signed_in
    pinterest.revoke()
    pinterest.advance(21 * 86_400)
    pinterest.fail_next(status, "oauth/token")
    with pytest.raises(Unauthorized, match="sign in again with `bot connect studio-pins`"):
        network.renew()


def test_a_post_whose_access_is_gone_was_not_posted(pinterest, signed_in, message):
    network, _ = signed_in
    handles = network.prepare(message)
    pinterest.revoke()
    with pytest.raises(Unauthorized):
        publish(network, message, handles)
    with pytest.raises(Unauthorized):
        network.prepare(message)


def test_the_page_of_a_gateway_is_not_pinterests_word(pinterest, network, message):
    receipt, handles = publish(network, message), network.prepare(message)
    for operation, act in (
        ("pins/delete", lambda: network.retract(receipt)),
        ("pins/create", lambda: publish(network, message, handles)),
    ):
        pinterest.fail_next(404, operation, body="<h1>nginx</h1>")
        with pytest.raises(Unavailable, match="nginx"):
            act()


def test_what_is_known_of_it_before_it_is_opened():
    limits = limits_of("pinterest")
    assert (limits.text_max, limits.images_min, limits.images_max, limits.image_size) == (800, 1, 5, "1000x1500")
    assert limits.looks == 3
