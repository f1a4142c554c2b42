"""Threads beyond the contract: access, several parts, lengths and links, taking down, figures."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.counting import count
from bot.errors import RateLimited, Rejected, Unauthorized, Unavailable
from bot.model import Part
from bot.networks import check_settings
from bot.networks.oauth import Code
from tests.networks.conftest import Kept
from tests.networks.open_meta import find, open_at, publish, serving
from tests.servers.meta.graph import GraphError
from tests.servers.meta.pictures import drawn
from tests.servers.meta.threads import ME, TOKEN, ThreadsServer, length


@pytest.fixture
def server(workspace):
    with serving(workspace, ThreadsServer()) as server:
        yield server


@pytest.fixture
def network(workspace, server):
    return open_at(workspace, server, "threads", {"token": TOKEN})


def thread(workspace, *texts):
    parts = tuple(Part(n, text) for n, text in enumerate(texts))
    return replace(workspace.message(media=()), parts=parts)


def test_the_persons_yes_becomes_a_token_of_sixty_days_that_is_renewed_ahead_of_time(workspace, server):
    kept = Kept({"client_id": server.app["id"], "client_secret": server.app["secret"]})
    network = open_at(workspace, server, "threads", kept)
    kept.secrets |= network.sign_in(Code("a-code", "https://localhost/", "v"))
    identity = network.identify()
    assert (identity.id, identity.name, identity.keep) == (ME, "@quietfeet", {"account_id": ME})
    first, server.offset = kept.secrets["token"], timedelta(days=41)
    publish(network, thread(workspace, "Feet."))
    assert kept.secrets["token"] != first


def test_a_token_is_not_renewed_on_its_first_day_and_serves_on(workspace, server):
    kept = Kept({"client_id": server.app["id"], "client_secret": server.app["secret"]})
    network = open_at(workspace, server, "threads", kept)
    kept.secrets |= network.sign_in(Code("a-code", "https://localhost/", "v"))
    soon = (server.clock() + timedelta(hours=1)).isoformat()
    kept.secrets |= {"expires_at": soon, "issued_at": (server.clock() - timedelta(hours=9)).isoformat()}
    before = kept.secrets["token"]
    network.renew()  # Threads says no
    assert kept.secrets["token"] == before


def test_words_alone_need_no_picture_and_no_public_address(workspace, server, network):
    publish(network, thread(workspace, "Only words."))
    assert (server.posts[0].text, server.posts[0].alts) == ("Only words.", ())
    assert server.pictures.log == []


def test_a_thread_of_three_hangs_together_and_each_part_is_found_by_its_words(workspace, server, network):
    message, receipts = thread(workspace, "One.", "Two.", "Three."), []
    handles = network.prepare(message)
    assert len(server.containers) == 1  # the others cannot be made yet
    for n, part in enumerate(message.parts):
        receipts.append(network.publish(part, message, handles, f"k{n}", receipts[-1] if receipts else None))
        assert find(network, message, server, handles, part=n).remote_id == receipts[n].remote_id
    assert [post.parent for post in server.posts] == ["", receipts[0].remote_id, receipts[1].remote_id]


def test_a_part_that_answers_a_post_that_is_gone_is_refused(workspace, server, network):
    message = thread(workspace, "One.", "Two.")
    handles = network.prepare(message)
    first = network.publish(message.parts[0], message, handles, "k", None)
    network.retract(first)
    with pytest.raises(Rejected):
        network.publish(message.parts[1], message, handles, "k", first)


@pytest.mark.parametrize("text", ["café", "H🐱☺👨‍👩‍👧‍👦", "🙋🏽👨‍🎤", "日本語", "👍", "🇬🇧"])
def test_lengths_are_counted_as_the_server_counts(text):
    assert count(text, "threads") == length(text)


@pytest.mark.parametrize("text", ["x" * 501, "👍" * 126, " ".join(f"https://a{n}.example" for n in range(6))])
def test_what_is_too_long_or_has_too_many_links_is_refused(workspace, server, network, text):
    with pytest.raises(Rejected):
        network.prepare(thread(workspace, text))


def test_png_is_taken_and_a_very_long_picture_is_not(workspace, server, network):
    message = workspace.message()
    server.pictures.instead(message.parts[0].media[0], 200, "image/png", drawn("PNG"))
    network.prepare(message)
    server.pictures.instead(message.parts[0].media[0], 200, "image/jpeg", drawn(size=(20, 400)))
    with pytest.raises(Rejected, match="aspect"):
        network.prepare(message)


def test_a_carousel_of_twenty(workspace, server, network):
    media = tuple(workspace.picture(f"#0d3b{n:02x}", f"Picture {n}.") for n in range(20))
    server.looks = 0
    publish(network, workspace.message(media=media))
    assert server.posts[0].alts == tuple(f"Picture {n}." for n in range(20))


def test_what_is_taken_down_is_gone_and_may_be_taken_down_again(workspace, server, network):
    receipt = publish(network, thread(workspace, "One."))
    network.retract(replace(receipt, remote_id=""))
    network.retract(receipt)
    assert server.posts == []


def test_after_a_hundred_deletions_the_next_waits(workspace, server, network):
    receipt, server.deletes = publish(network, thread(workspace, "One.")), 0
    with pytest.raises(RateLimited):
        network.retract(receipt)


def test_a_quota_of_replies_is_one_of_its_own(workspace, server, network):
    message = thread(workspace, "One.", "Two.")
    handles = network.prepare(message)
    first = network.publish(message.parts[0], message, handles, "k", None)
    server.quota = 1
    with pytest.raises(RateLimited, match="1 allowed"):
        network.publish(message.parts[1], message, handles, "k", first)


def test_a_restricted_account_wants_its_owner(workspace, server, network):
    message = thread(workspace, "One.")
    handles = network.prepare(message)
    server.fail_next(GraphError(100, "Restricted", subcode=4279013))
    with pytest.raises(Unauthorized):
        network.publish(message.parts[0], message, handles, "k", None)


def test_graphs_own_faults_while_preparing_mean_later(workspace, server, network):
    server.fail_next(GraphError(2, "Service temporarily unavailable", status=500))
    with pytest.raises(Unavailable):
        network.prepare(thread(workspace, "One."))


def test_figures_have_our_names(workspace, server, network):
    receipt = publish(network, thread(workspace, "One."))
    assert network.measure(receipt) == dict.fromkeys(("views", "likes", "comments", "shares"), 7)


def test_settings_that_cannot_be_are_said():
    assert len(check_settings("threads", {"server": "threads.net", "link": "no", "odd": ""})) == 3
