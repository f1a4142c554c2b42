"""Instagram beyond the contract: access by either login, containers and what kills them, quotas, refusals, figures."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import (
    CannotTell,
    HandlesGone,
    NetworkError,
    RateLimited,
    Rejected,
    Taken,
    Unauthorized,
    Unavailable,
    Unconfirmed,
)
from bot.fitting import preview
from bot.model import Account, Part, Post, Status
from bot.networks import check_settings, class_of, limits_of
from bot.networks.oauth import Code
from tests.networks.conftest import Kept
from tests.networks.open_meta import find, open_at, publish, serving
from tests.servers.meta.graph import GraphError
from tests.servers.meta.instagram import IG, PAGE_TOKEN, TOKEN, USER_TOKEN, InstagramServer
from tests.servers.meta.pictures import drawn

CODE = Code("a-code#_", "https://localhost/", "v")


@pytest.fixture
def server(workspace):
    with serving(workspace, InstagramServer()) as server:
        yield server


@pytest.fixture
def network(workspace, server):
    return open_at(workspace, server, "instagram", {"token": TOKEN})


def app(server):
    return {"client_id": server.app["id"], "client_secret": server.app["secret"]}


def test_the_persons_yes_becomes_a_token_of_sixty_days_that_is_renewed_ahead_of_time(workspace, server):
    kept = Kept(app(server))
    network = open_at(workspace, server, "instagram", kept)
    kept.secrets |= network.sign_in(CODE)
    identity = network.identify()
    assert (identity.id, identity.name, identity.url) == (IG, "@quietfeet", "https://www.instagram.com/quietfeet/")
    assert network.choices() == [(IG, "@quietfeet")]
    first = kept.secrets["token"]
    server.offset = timedelta(days=39)
    network.renew()
    assert kept.secrets["token"] == first
    server.offset = timedelta(days=41)
    network.renew()
    assert kept.secrets["token"] != first
    assert publish(network, workspace.message()).url.startswith("https://www.instagram.com/p/")


def test_a_token_that_was_let_run_out_wants_the_person(workspace, server):
    kept = Kept(app(server))
    network = open_at(workspace, server, "instagram", kept)
    kept.secrets |= network.sign_in(CODE)
    server.offset = timedelta(days=61)
    with pytest.raises(Unauthorized, match="bot connect studio"):
        network.renew()


def test_with_facebooks_login_the_accounts_of_her_pages_are_offered_and_the_pages_token_signs(workspace, server):
    kept = Kept(app(server))
    network = open_at(workspace, server, "instagram", kept, login="facebook")
    kept.secrets |= network.sign_in(Code("a-facebook-code", "http://localhost:8721/", "v"))
    assert network.choices() == [(IG, "quietfeet")]
    with pytest.raises(Rejected, match=rf"{IG} \(quietfeet\)"):
        network.identify()
    network = open_at(workspace, server, "instagram", kept, login="facebook", account=IG)
    kept.secrets |= network.identify().keep
    assert (kept.secrets["token"], kept.secrets["user_token"]) == (PAGE_TOKEN, "")
    assert publish(network, workspace.message()).remote_id == server.posts[0].id
    assert network.identify().id == IG  # later, by the Page's token alone
    network.renew()


def test_each_login_asks_for_its_own_rights():
    opener = class_of("instagram")
    assert "instagram_business_content_publish" in opener.grant_for({}).scopes
    assert "instagram_content_publish" in opener.grant_for({"login": "facebook"}).scopes
    assert opener.grant_for({}).redirect == "https://localhost/"


def test_an_account_without_a_page_is_told_so(workspace, server):
    server.linked = {}
    network = open_at(workspace, server, "instagram", {"user_token": USER_TOKEN}, login="facebook", account=IG)
    with pytest.raises(Rejected, match="linked to your Page"):
        network.identify()


@pytest.mark.parametrize(
    ("answer", "meant", "words"),
    [
        ((404, "text/html", b"no"), Unavailable, "2207052"),
        ((200, "text/html", b"<html>a page to share"), Unavailable, "2207052"),
        ((200, "image/png", drawn("PNG")), Rejected, "2207005"),
        ((200, "image/jpeg", drawn(size=(100, 200))), Rejected, "2207009"),
        ((200, "image/jpeg", drawn() + b"\0" * 8_000_001), Rejected, "2207004"),
    ],
)
def test_a_picture_that_instagram_cannot_use_is_said_at_once_or_later(workspace, server, answer, meant, words):
    network, message = open_at(workspace, server, "instagram", {"token": TOKEN}), workspace.message()
    server.pictures.instead(message.parts[0].media[0], *answer)
    for server.late in (False, True):
        with pytest.raises(meant, match=words):
            network.prepare(message)


def test_pictures_without_a_public_address_are_no_fault_of_the_post(workspace, server):
    network = open_at(workspace, server, "instagram", {"token": TOKEN})
    server.pictures.stop()
    with pytest.raises(Unavailable):
        network.prepare(workspace.message())


@pytest.mark.parametrize(("size", "words"), [((100, 150), "100x150"), ((200, 100), "200x100")])
def test_a_shape_that_is_refused_is_never_sent(workspace, server, network, size, words):
    message = workspace.message(media=(workspace.picture(size=size),))
    with pytest.raises(Rejected, match=words):
        network.prepare(message)
    assert server.containers == {}


def test_a_container_that_never_gets_ready_is_given_up_for_now(workspace, server):
    network, server.looks = open_at(workspace, server, "instagram", {"token": TOKEN}, seconds=2), 10**6
    with pytest.raises(Unavailable, match="still working"):
        network.prepare(workspace.message())


def test_a_container_a_day_old_is_made_anew(workspace, server, network):
    message = workspace.message()
    handles = network.prepare(message)
    assert handles.expires_at < server.clock() + timedelta(hours=24)
    server.offset = timedelta(hours=24)
    with pytest.raises(HandlesGone, match="expired"):
        network.publish(message.parts[0], message, handles, "k", None)
    assert find(network, message, server, handles) is None
    assert publish(network, message).remote_id


def test_a_container_is_published_once_and_its_second_time_is_taken(workspace, server, network):
    message = workspace.message()
    handles = network.prepare(message)
    receipt = network.publish(message.parts[0], message, handles, "k", None)
    with pytest.raises(Taken):
        network.publish(message.parts[0], message, handles, "k", None)
    assert find(network, message, server, handles).remote_id == receipt.remote_id
    assert len(server.posts) == 1


@pytest.mark.parametrize("again", [(24, 2207006, "not found"), (9007, 2207027, "not available"), (100, 0, "odd")])
def test_a_publish_that_came_between_looking_and_publishing_is_never_repeated(workspace, server, network, again):
    message, server.again = workspace.message(), again
    handles = network.prepare(message)
    limit = server.limit

    def meanwhile(asked, number):
        asked.given = {"creation_id": handles.values["0"]}
        server.publish(asked, number)
        asked.given = {"fields": "quota_usage,config"}
        return limit(asked, number)

    server.routes = [(m, p, (lambda _, a, n: meanwhile(a, n)) if "limit" in p else f) for m, p, f in server.routes]
    with pytest.raises(NetworkError) as caught:
        network.publish(message.parts[0], message, handles, "k", None)
    assert not isinstance(caught.value, HandlesGone | Rejected)
    assert find(network, message, server, handles) is not None
    assert len(server.posts) == 1


def test_beyond_the_quota_a_post_waits_until_the_oldest_leaves_the_window(workspace, server, network):
    server.quota = 2
    publish(network, workspace.message(text="One."))
    server.offset = timedelta(hours=3)
    publish(network, workspace.message(text="Two."))
    with pytest.raises(RateLimited, match="2 posts within 24 hours, 2 allowed") as caught:
        publish(network, workspace.message(text="Three."))
    left = caught.value.retry_at - server.clock()
    assert timedelta(hours=20) < left < timedelta(hours=21, minutes=1)
    server.offset += left + timedelta(minutes=1)
    publish(network, workspace.message(text="Three."))


def test_a_permalink_that_does_not_come_makes_no_publish_fail(workspace, server, network):
    server.routes = [
        (m, p, f if p != r"(\d+)" else (lambda s, a, n: s.node(a, n) if n in s.containers else _broken()))
        for m, p, f in server.routes
    ]
    receipt = publish(network, workspace.message())
    assert (receipt.remote_id, receipt.url) == (server.posts[0].id, "https://www.instagram.com/")


def _broken():
    raise GraphError(2, "Service temporarily unavailable", status=500)


def test_what_is_published_but_not_listed_is_asked_again_and_believed_in_the_end(workspace, server, network):
    message = workspace.message()
    handles = network.prepare(message)
    network.publish(message.parts[0], message, handles, "k", None)
    server.lag = 1
    with pytest.raises(Unavailable, match="does not show it yet"):
        find(network, message, server, handles)
    receipt = find(network, message, server, handles, ago=timedelta(hours=1))
    assert (receipt.remote_id, receipt.url) == ("", "https://www.instagram.com/")


def test_a_container_still_worked_on_is_asked_again(workspace, server, network):
    message = workspace.message()
    handles = network.prepare(message)
    server.containers[handles.values["0"]].looks = 2
    with pytest.raises(Unavailable, match="still working"):
        find(network, message, server, handles)
    with pytest.raises(Unavailable, match="still working"):
        network.publish(message.parts[0], message, handles, "k", None)


def test_a_picture_without_words_of_which_nothing_is_kept_is_for_a_person(workspace, server, network):
    message = workspace.message()
    message = replace(message, parts=(Part(0, "", message.parts[0].media),))
    publish(network, message)
    with pytest.raises(CannotTell, match="look"):
        find(network, message, server)


def test_a_caption_shown_without_its_at_signs_is_known_again(workspace, server, network):
    message = workspace.message(text="Calm feet with @quietfeet.")
    receipt = publish(network, message)
    server.written[0].text = "Calm feet  with quietfeet."
    assert find(network, message, server).remote_id == receipt.remote_id


def test_a_carousel_keeps_its_alt_texts_and_its_one_caption(workspace, server, network):
    media = tuple(workspace.picture(f"#0d3b{n:02x}", f"Picture {n}.") for n in range(10))
    server.looks = 0
    publish(network, workspace.message(media=media))
    assert server.posts[0].alts == tuple(f"Picture {n}." for n in range(10))
    assert len(server.containers) == 11


@pytest.mark.parametrize(
    ("error", "meant"),
    [
        (GraphError(-1, "Fatal", subcode=2207001, status=500), Unconfirmed),
        (GraphError(9, "Quota", subcode=2207042, status=403), RateLimited),
        (GraphError(4, "Blocked as spam", subcode=2207051, status=403), RateLimited),
        (GraphError(25, "Restricted", subcode=2207050, status=403), Unauthorized),
        (GraphError(190, "Token", status=401), Unauthorized),
        (GraphError(-2, "Expired", subcode=2207020), HandlesGone),
        (GraphError(9007, "Not ready", subcode=2207027), Unavailable),
        (GraphError(100, "No"), Rejected),
    ],
)
def test_each_refusal_to_publish_has_one_meaning(workspace, server, network, error, meant):
    message = workspace.message()
    handles = network.prepare(message)
    server.fail_next(error)
    with pytest.raises(meant) as caught:
        network.publish(message.parts[0], message, handles, "k", None)
    assert type(caught.value) is meant
    assert server.posts == []
    assert find(network, message, server, handles) is None


def test_figures_have_our_names(workspace, server, network):
    receipt = publish(network, workspace.message())
    assert network.measure(receipt) == dict.fromkeys(("views", "reach", "likes", "comments", "shares", "saves"), 7)
    assert network.measure(replace(receipt, remote_id=""))["views"] == 7
    with pytest.raises(Rejected, match="by hand"):
        network.measure(replace(receipt, remote_id="", url="https://www.instagram.com/p/another/"))


def test_a_link_is_not_written_where_nobody_can_follow_it_and_five_hashtags_are():
    post = Post("p", Status.DRAFT, ("studio",), "Feet.", link="https://a.example/", tags=tuple("abcdefg"))
    (text,) = preview(post, Account("studio", "instagram"), limits_of("instagram"))
    assert text == "Feet.\n\n#a #b #c #d #e"


def test_settings_that_cannot_be_are_said(workspace, server):
    assert check_settings("instagram", {"login": "facebook", "account": "1", "tags": "30"}) == []
    assert len(check_settings("instagram", {"login": "google", "account": "me", "tags": "31", "odd": ""})) == 4
    assert open_at(workspace, server, "instagram", {}, tags="30").announced() == {"tags_max": 30}
    assert open_at(workspace, server, "instagram", {}).announced() == {}
