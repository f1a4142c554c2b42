"""What every network promises, whoever runs it: against its server, and with the answers lost on the way."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import CannotTell, NetworkError, Unauthorized, Unconfirmed
from bot.model import Limits, Receipt
from bot.networks import limits_of
from bot.networks.base import ByHand, Retracts
from tests.networks.stages import STAGES, open_stage

LOST = ["drop", "cut", "reset", "stall", "bad_gateway", "lie"]
WITH_SERVER = [name for name in STAGES if name != "site"]
LONG_AGO = timedelta(minutes=20)


@pytest.fixture(params=STAGES)
def stage(request, workspace):
    yield from open_stage(request.param, workspace, request)


@pytest.fixture(params=WITH_SERVER)
def served(request, workspace):
    yield from open_stage(request.param, workspace, request)


@pytest.fixture
def network(stage):
    return stage.open()


def publish(network, message, key, *, handles=None, part=0, after=None):
    handles = network.prepare(message) if handles is None else handles
    return network.publish(message.parts[part], message, handles, key, after)


def find(network, message, key, *handles, part=0):
    return network.find(message.parts[part], message, handles, key, datetime.now(UTC) - LONG_AGO)


def looking(stage):
    """For networks where a post can be looked for; the others have a test of their own."""
    if not stage.finds:
        pytest.skip("nobody can look for a post there")


def bare(stage):
    if not stage.bare:
        pytest.skip("there is no post without a picture there")


def threads(stage):
    if not stage.threads:
        pytest.skip("there are no threads there")


def told(stage, *alts):
    """The alt texts as the network shows them."""
    return alts if limits_of(stage.network_name).alts else ("",) * len(alts)


def same(found, receipt):
    """Of one post: not every network says on publishing when that was."""
    is_same = (found.remote_id, found.url) == (receipt.remote_id, receipt.url)
    return is_same and abs(found.at - receipt.at) < timedelta(minutes=2)


def open_for(stage, fate):
    """A call that is never answered is given up soon."""
    return stage.open(seconds=4) if fate == "stall" else stage.open()


def seen(stage, text):
    return [post for post in stage.seen() if post.text.strip() == text]


def test_limits_are_known_before_anything_is_sent(network):
    assert isinstance(network.limits, Limits)
    assert network.limits.looks >= 1
    assert network.limits.timeout.total_seconds() > 0


def test_where_nobody_can_look_a_person_decides_and_is_told_where(stage, network):
    if stage.finds:
        pytest.skip("posts can be looked for there")
    message, key = stage.message(), stage.key()
    handles = network.prepare(message)
    for _ in range(2):
        with pytest.raises(CannotTell, match=r"look"):
            find(network, message, key, handles)
        publish(network, message, key, handles=handles)


def test_what_is_live_is_taken_down_or_a_person_is_told_how(stage, network):
    message, key = stage.message(), stage.key()
    receipt = publish(network, message, key)
    if not isinstance(network, Retracts):
        assert isinstance(network, ByHand)
        assert network.by_hand
        return
    network.retract(receipt)
    assert seen(stage, message.parts[0].text) == []
    network.retract(receipt)  # it is gone already
    if stage.finds:
        assert find(network, message, key) is None


def test_what_was_never_published_is_not_found(stage, network):
    looking(stage)
    message, key = stage.message(), stage.key()
    assert find(network, message, key) is None
    handles = network.prepare(message)
    assert find(network, message, key, handles) is None
    assert seen(stage, message.parts[0].text) == []


def test_what_was_published_is_seen_once_and_found_with_the_same_receipt(stage, network):
    message, key = stage.message(alt="Feet, drawn in green."), stage.key()
    handles = network.prepare(message)
    receipt = publish(network, message, key, handles=handles)
    assert isinstance(receipt, Receipt)
    assert receipt.at.utcoffset() == timedelta(0)
    assert receipt.url.startswith(("http://", "https://"))
    (post,) = seen(stage, message.parts[0].text)
    assert post.alts == told(stage, "Feet, drawn in green.")
    if stage.finds:
        assert same(find(network, message, key, handles), receipt)
        assert find(network, stage.message(), stage.key()) is None


def test_it_is_found_by_its_words_alone_when_the_ledger_was_lost(stage, network):
    looking(stage)
    message = stage.message()
    receipt = publish(network, message, stage.key("a"))
    key = stage.key("a") if stage.name == "site" else stage.key("planned at another time")
    found = find(network, message, key)
    assert (found.url, found.remote_id) == (receipt.url, receipt.remote_id)


def test_several_pictures_keep_their_order_and_their_alt_texts(stage, network):
    if stage.most < 2:
        pytest.skip("one picture a post, or the network's own tests show more")
    message = stage.message(pictures=stage.most)
    media = tuple(replace(one, alt=f"Picture {n}.") for n, one in enumerate(message.parts[0].media))
    message = replace(message, parts=(replace(message.parts[0], media=media),))
    publish(network, message, stage.key())
    (post,) = seen(stage, message.parts[0].text)
    assert post.alts == told(stage, *(f"Picture {n}." for n in range(stage.most)))


def test_a_second_attempt_with_the_same_handles_never_makes_a_second_post(stage, network):
    if not stage.refuses_twice:
        pytest.skip("only looking keeps a post from being sent twice there")
    message, key = stage.message(), stage.key()
    handles = network.prepare(message)
    first = publish(network, message, key, handles=handles)
    try:
        assert same(publish(network, message, key, handles=handles), first)
    except Unconfirmed:
        assert same(find(network, message, key, handles), first)
    assert len(seen(stage, message.parts[0].text)) == 1


def test_prepare_may_be_repeated_and_the_public_sees_nothing(stage, network):
    message = stage.message()
    network.prepare(message)
    network.prepare(message)
    assert seen(stage, message.parts[0].text) == []


def test_a_new_process_finds_what_the_old_one_published(stage, network):
    looking(stage)
    message, key = stage.message(), stage.key()
    handles = network.prepare(message)
    receipt = publish(network, message, key, handles=handles)
    assert same(find(stage.open(), message, key, handles), receipt)


@pytest.mark.parametrize("fate", LOST)
def test_a_lost_answer_is_unknown_and_then_found(served, fate):
    looking(served)
    network, message, key = open_for(served, fate), served.message(), served.key()
    handles = network.prepare(message)
    served.lose(fate)
    with pytest.raises(Unconfirmed):
        publish(network, message, key, handles=handles)
    receipt = find(network, message, key, handles)
    (post,) = seen(served, message.parts[0].text)
    assert receipt.remote_id == post.id


@pytest.mark.parametrize("fate", LOST)
def test_a_lost_answer_to_words_without_a_picture_is_found_by_the_words(served, fate):
    looking(served)
    bare(served)
    network, key = open_for(served, fate), served.key()
    message = served.message(pictures=0)
    handles = network.prepare(message)
    served.lose(fate)
    with pytest.raises(Unconfirmed):
        publish(network, message, key, handles=handles)
    (post,) = seen(served, message.parts[0].text)
    assert find(network, message, key, handles).remote_id == post.id


def test_a_request_that_never_arrived_is_unknown_and_then_absent(served):
    looking(served)
    network, message, key = served.open(), served.message(), served.key()
    handles = network.prepare(message)
    served.lose("never")
    with pytest.raises(Unconfirmed):
        publish(network, message, key, handles=handles)
    assert find(network, message, key, handles) is None
    receipt = publish(network, message, key, handles=handles)
    assert same(find(network, message, key, handles), receipt)


def test_a_server_that_cannot_be_reached_posted_nothing(served):
    network, message, key = served.open(), served.message(), served.key()
    handles = network.prepare(message)
    with served.lossy.closed(), pytest.raises(NetworkError) as caught:
        publish(network, message, key, handles=handles)
    assert not isinstance(caught.value, Unconfirmed)
    assert seen(served, message.parts[0].text) == []


def test_a_thread_hangs_together_and_goes_on_at_the_part_that_is_missing(served):
    threads(served)
    network = served.open()
    texts = [f"{n}. {served.key()[:10]}" for n in range(3)]
    message, keys = served.message(*texts), [served.key("thread", part=n) for n in range(3)]
    handles = network.prepare(message)
    first = publish(network, message, keys[0], handles=handles)
    served.lose("drop")
    with pytest.raises(Unconfirmed):
        publish(network, message, keys[1], handles=handles, part=1, after=first)
    looking(served)
    second = find(served.open(), message, keys[1], handles, part=1)
    third = publish(served.open(), message, keys[2], handles=handles, part=2, after=second)
    posts = {post.text.strip(): post for post in served.seen()}
    assert [posts[text].parent for text in texts] == ["", first.remote_id, second.remote_id]
    assert [len(posts[text].alts) for text in texts] == [1, 0, 0]
    assert third.remote_id == posts[texts[2]].id


def test_a_thread_goes_on_after_a_part_of_which_a_person_gave_only_the_address(served):
    threads(served)
    network = served.open()
    texts = [f"{n}. {served.key()[:10]}" for n in range(2)]
    message, keys = served.message(*texts), [served.key("told", part=n) for n in range(2)]
    handles = network.prepare(message)
    first = publish(network, message, keys[0], handles=handles)
    publish(network, message, keys[1], handles=handles, part=1, after=replace(first, remote_id=""))
    posts = {post.text.strip(): post for post in served.seen()}
    assert posts[texts[1]].parent == first.remote_id


def test_a_wrong_secret_is_no_access_and_stands_in_no_error(served):
    message, right = served.message(), dict(served.kept.secrets)
    served.kept.secrets = {name: f"wrong-{value[::-1]}" for name, value in right.items()}
    with pytest.raises(Unauthorized) as caught:
        publish(served.open(), message, served.key())
    said, seen_errors = "", caught.value
    while seen_errors:
        said, seen_errors = f"{said}{seen_errors!r}", seen_errors.__cause__
    assert not [value for value in served.kept.secrets.values() if value in said]
    assert seen(served, message.parts[0].text) == []


@pytest.mark.parametrize("fate", [*LOST, "never", "refuse"])
def test_no_error_tells_a_secret(served, fate):
    network, message, key = open_for(served, fate), served.message(), served.key()
    handles = network.prepare(message)
    served.lose(fate)
    with pytest.raises(NetworkError) as caught:
        publish(network, message, key, handles=handles)
    assert not [secret for secret in served.secrets() if secret in f"{caught.value!r} {caught.value.__cause__!r}"]


def test_ten_threads_publish_ten_posts(stage, network):
    messages, keys = [stage.message() for _ in range(10)], [stage.key() for _ in range(10)]
    with ThreadPoolExecutor(10) as pool:
        receipts = list(pool.map(lambda n: publish(network, messages[n], keys[n]), range(10)))
    assert len({receipt.remote_id for receipt in receipts}) == len({receipt.url for receipt in receipts}) == 10
    assert [len(seen(stage, message.parts[0].text)) for message in messages] == [1] * 10
