"""What every network promises, whoever runs it."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.model import Limits, Receipt

NETWORKS = ["site"]


@pytest.fixture(params=NETWORKS)
def network(request, workspace):
    return workspace.open(request.param)


def test_limits_are_known_before_anything_is_sent(network):
    assert isinstance(network.limits, Limits)
    assert network.limits.looks >= 1
    assert network.limits.timeout.total_seconds() > 0


def test_what_was_never_published_is_not_found(network, workspace):
    message = workspace.message()
    assert workspace.find(network, message, "k1") is None
    network.prepare(message)
    assert workspace.find(network, message, "k1") is None


def test_what_was_published_is_found_with_the_same_receipt(network, workspace):
    message = workspace.message()
    receipt = workspace.publish(network, message, "k1")
    assert isinstance(receipt, Receipt)
    assert receipt.at.utcoffset().total_seconds() == 0
    assert workspace.find(network, message, "k1") == receipt
    assert workspace.find(network, message, "k2") is None


def test_the_same_key_publishes_once(network, workspace):
    message = workspace.message()
    first = workspace.publish(network, message, "k1")
    assert workspace.publish(network, message, "k1") == first


def test_prepare_may_be_repeated(network, workspace):
    message = workspace.message()
    assert network.prepare(message) == network.prepare(message)
    assert workspace.find(network, message, "k1") is None


def test_a_new_process_finds_what_the_old_one_published(network, workspace, request):
    message = workspace.message()
    receipt = workspace.publish(network, message, "k1")
    again = workspace.open(request.node.callspec.params["network"])
    assert workspace.find(again, message, "k1") == receipt
    assert workspace.publish(again, message, "k1") == receipt


def test_twenty_threads_publish_twenty_posts(network, workspace):
    messages = [workspace.message(post=f"post-{n}") for n in range(20)]
    with ThreadPoolExecutor(20) as pool:
        receipts = list(pool.map(lambda n: workspace.publish(network, messages[n], f"k{n}"), range(20)))
    assert len({receipt.remote_id for receipt in receipts}) == len({receipt.url for receipt in receipts}) == 20
    assert [workspace.find(network, messages[n], f"k{n}") for n in range(20)] == receipts


def test_twenty_threads_with_one_key_publish_once(network, workspace):
    message = workspace.message()
    with ThreadPoolExecutor(20) as pool:
        receipts = set(pool.map(lambda _: workspace.publish(network, message, "k1"), range(20)))
    assert len(receipts) == 1
