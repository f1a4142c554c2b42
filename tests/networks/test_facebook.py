"""A Facebook Page beyond the contract: access, refusals, figures, and what Meta's own client says of the server."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import CannotTell, HandlesGone, RateLimited, Rejected, Taken, Unauthorized, Unavailable, Unconfirmed
from bot.model import Account, Part
from bot.networks import check_settings, open_network
from bot.networks.oauth import Code
from tests.networks.conftest import Kept
from tests.reference import judge
from tests.servers.meta.facebook import PAGE, PAGE_TOKEN, USER_TOKEN, FacebookPost, FacebookServer
from tests.servers.meta.graph import GraphError


@pytest.fixture
def server():
    with FacebookServer() as server:
        yield server
        assert server.violations == []


def open_page(workspace, server, *, kept=None, page=PAGE):
    app = {"client_id": server.app["id"], "client_secret": server.app["secret"]}
    settings = {"server": server.url, **({"page": page} if page else {})}
    premises = workspace.premises("facebook", kept or Kept({"token": PAGE_TOKEN, **app}))
    return open_network(Account("page", "facebook", settings), premises)


def publish(network, message, key="k"):
    return network.publish(message.parts[0], message, network.prepare(message), key, None)


def test_the_persons_yes_becomes_a_token_of_the_page(workspace, server):
    kept = Kept({"client_id": server.app["id"], "client_secret": server.app["secret"]})
    network = open_page(workspace, server, kept=kept, page="")
    kept.secrets |= network.sign_in(Code("a-code", "http://localhost:8721/", "v"))
    assert network.choices() == [(PAGE, "Quiet Feet Studio")]
    network = open_page(workspace, server, kept=kept)
    identity = network.identify()
    assert (identity.name, identity.keep["token"]) == ("Quiet Feet Studio", PAGE_TOKEN)
    kept.secrets |= identity.keep
    del server.tokens[USER_TOKEN]  # in sixty days
    assert open_page(workspace, server, kept=kept).identify().name == "Quiet Feet Studio"
    assert publish(network, workspace.message()).url.startswith("https://www.facebook.com/104202_")
    with pytest.raises(Rejected):
        network.sign_in(Code("a-code", "http://localhost:8721/", "v"))  # a code is good once


def test_a_page_that_is_not_there_is_answered_with_those_that_are(workspace, server):
    kept = Kept({"user_token": USER_TOKEN, "client_secret": server.app["secret"]})
    with pytest.raises(Rejected, match=r"104202 \(Quiet Feet Studio\)"):
        open_page(workspace, server, kept=kept, page="99").identify()
    server.pages[PAGE] = ("Quiet Feet Studio", ["ANALYZE"])
    with pytest.raises(Rejected, match="may not post there"):
        open_page(workspace, server, kept=kept).identify()


def test_a_persons_token_in_the_place_of_the_pages_is_no_access(workspace, server):
    with pytest.raises(Unauthorized, match="bot connect page"):
        publish(open_page(workspace, server, kept=Kept({"token": USER_TOKEN})), workspace.message())


@pytest.mark.parametrize(
    ("error", "meant"),
    [
        (GraphError(1, "An unknown error occurred", status=500), Unconfirmed),
        (GraphError(2, "Service temporarily unavailable", status=400), Unconfirmed),
        (GraphError(100, "is_transient", status=400, is_transient=True), Unconfirmed),
        (GraphError(4, "Application request limit reached"), RateLimited),
        (GraphError(32, "Page request limit reached"), RateLimited),
        (GraphError(368, "The action has been deemed abusive"), RateLimited),
        (GraphError(190, "The session is invalid", subcode=460, status=401), Unauthorized),
        (GraphError(10, "Permission denied", status=403), Unauthorized),
        (GraphError(506, "Duplicate status message"), Taken),
        (GraphError(1609005, "The link could not be scraped"), Rejected),
        (GraphError(24, "The media could not be found", subcode=2207006), HandlesGone),
    ],
)
def test_each_refusal_of_graph_has_one_meaning(workspace, server, error, meant):
    network, message = open_page(workspace, server), workspace.message(media=())
    handles = network.prepare(message)
    server.fail_next(error)
    with pytest.raises(meant) as caught:
        network.publish(message.parts[0], message, handles, "k", None)
    assert type(caught.value) is meant
    assert server.posts == []


@pytest.mark.parametrize(
    ("error", "meant"),
    [
        (GraphError(99, "Nobody knows", status=500), Unconfirmed),
        (GraphError(99, "Nobody knows", status=400), Rejected),
        (GraphError(99, "Nobody knows", subcode=1609010), Unconfirmed),
        (GraphError(99, "Posting too fast", subcode=1390008), RateLimited),
        (GraphError(1, "Against the community standards", subcode=1404102), Rejected),
    ],
)
def test_a_number_nobody_knows_is_no_promise(workspace, server, error, meant):
    network, message = open_page(workspace, server), workspace.message(media=())
    server.fail_next(error)
    with pytest.raises(meant):
        publish(network, message)


def test_a_picture_of_the_wrong_kind_is_not_tried_for_ever(workspace, server):
    server.fail_next(GraphError(1, "Photos should be saved as JPG or PNG", subcode=1366046))
    with pytest.raises(Rejected, match="JPG or PNG"):
        open_page(workspace, server).prepare(workspace.message())


def test_what_an_app_in_development_posts_is_found_though_nobody_sees_it(workspace, server):
    network, message = open_page(workspace, server), workspace.message()
    server.is_live, handles = False, network.prepare(message)
    receipt = network.publish(message.parts[0], message, handles, "k", None)
    since = datetime.now(UTC) - timedelta(minutes=20)
    assert network.find(message.parts[0], message, (handles,), "k", since).url == receipt.url
    assert server.public == []


def test_a_list_that_never_ends_is_for_a_person(workspace, server):
    for n in range(1001):
        server.written.append(FacebookPost(f"{PAGE}_{n}", f"Old {n}.", [], server.now()))
    message = workspace.message(media=())
    with pytest.raises(CannotTell, match="look there yourself"):
        open_page(workspace, server).find(message.parts[0], message, (), "k", datetime.now(UTC) - timedelta(minutes=20))


def test_graphs_own_faults_while_uploading_mean_later(workspace, server):
    network, message = open_page(workspace, server), workspace.message()
    server.fail_next(GraphError(1, "An unknown error occurred", status=500))
    with pytest.raises(Unavailable):
        network.prepare(message)


def test_a_throttled_page_waits_as_long_as_meta_says(workspace, server):
    network, message = open_page(workspace, server), workspace.message(media=())
    server.usage = {PAGE: [{"type": "pages", "call_count": 100, "estimated_time_to_regain_access": 42}]}
    server.fail_next(GraphError(80001, "There have been too many calls to this Page account."))
    with pytest.raises(RateLimited) as caught:
        publish(network, message)
    assert timedelta(minutes=40) < caught.value.retry_at - workspace.clock < timedelta(minutes=44)


def test_a_look_goes_through_all_pages_of_posts(workspace, server):
    network, message = open_page(workspace, server), workspace.message()
    handles = network.prepare(message)
    receipt = network.publish(message.parts[0], message, handles, "k", None)
    for n in range(120):
        other = replace(message, parts=(Part(0, f"Another {n}."),))
        publish(network, other)
    since = datetime.now(UTC) - timedelta(minutes=20)
    assert network.find(message.parts[0], message, (handles,), "k", since).url == receipt.url


def test_a_figure_that_meta_gave_up_fails_alone(workspace, server):
    network = open_page(workspace, server)
    receipt = publish(network, workspace.message())
    known = {"likes": 3, "comments": 3, "views": 12, "reach": 12, "clicks": 12}  # of shares Graph says nothing
    assert network.measure(receipt) == known
    server.given_up = {"post_clicks"}
    assert network.measure(receipt) == {name: figure for name, figure in known.items() if name != "clicks"}


def test_settings_that_cannot_be_are_said():
    wrong = check_settings("facebook", {"page": "quietfeet", "version": "26", "nothing": ""})
    assert len(wrong) == 3


def test_metas_own_client_posts_on_the_server(workspace, server):
    api = judge("facebook_business.api")
    adobjects = judge("facebook_business.adobjects.page")
    session = api.FacebookSession(server.app["id"], server.app["secret"], PAGE_TOKEN)
    client = api.FacebookAdsApi(session, api_version="v26.0")
    api.FacebookSession.GRAPH = server.url
    page = adobjects.Page(PAGE, api=client)
    post = page.create_feed(params={"message": "Calm feet, by the official client."})
    assert [one.text for one in server.posts] == ["Calm feet, by the official client."]
    assert post["id"] == server.posts[0].id
    found = page.get_published_posts(fields=["id", "message"])
    assert [one["message"] for one in found] == ["Calm feet, by the official client."]
    judge("facebook_business.adobjects.post").Post(post["id"], api=client).api_delete()
    assert server.posts == []
    with pytest.raises(judge("facebook_business.exceptions").FacebookRequestError) as caught:
        page.create_feed(params={"attached_media": [{"media_fbid": "1"}]})
    assert caught.value.api_error_code() == 100
