"""A Telegram channel beyond the contract."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import CannotTell, RateLimited, Rejected, Unauthorized, Unavailable, Unconfirmed
from bot.fitting import fit
from bot.model import Account, Image, Part, Post, Status
from bot.networks import check_settings, limits_of, open_network
from tests.networks.conftest import Kept
from tests.reference import judge
from tests.servers.telegram import CHAT, TOKEN, Refused, TelegramServer


@pytest.fixture
def server(workspace):
    with TelegramServer(now=lambda: workspace.clock) as server:
        yield server
        assert server.violations == []


def open_channel(workspace, server, token=TOKEN, chat=CHAT):
    premises = workspace.premises("telegram", Kept({"token": token}))
    return open_network(Account("channel", "telegram", {"server": server.url, "chat": chat}), premises)


def publish(network, message, n=0, after=None):
    return network.publish(message.parts[n], message, network.prepare(message), "k", after)


def test_a_long_text_goes_with_the_picture_and_then_on_in_a_message_that_answers_it(workspace, server):
    text = "\n\n".join(f"{n}. " + "Feet carry you far. " * 20 for n in range(6))
    post = Post("long", Status.APPROVED, ("channel",), text, images=(Image("Feet", alt="Feet."),))
    message = fit(post, Account("channel", "telegram"), limits_of("telegram"), [workspace.picture()])
    assert len(message.parts) == 2
    network = open_channel(workspace, server)
    first = publish(network, message)
    publish(network, message, 1, first)
    shown = server.posts
    assert (shown[0].pictures, shown[1].reply_to) == (1, shown[0].id)
    assert shown[1].text.startswith("2. ")  # a whole paragraph, not the middle of a sentence


def test_an_album_is_one_post_and_all_of_it_is_taken_down(workspace, server):
    network = open_channel(workspace, server)
    message = workspace.message(media=tuple(workspace.picture(f"#0d3b{n:02x}") for n in range(10, 14)))
    receipt = publish(network, message)
    assert [one.pictures for one in server.posts] == [4]
    network.retract(receipt)
    assert all(one.deleted for one in server.world.messages)


def test_after_two_days_only_a_person_takes_it_down(workspace, server):
    network = open_channel(workspace, server)
    receipt = publish(network, workspace.message())
    workspace.clock += timedelta(hours=49)
    with pytest.raises(Rejected, match="48 hours"):
        network.retract(receipt)


def test_who_is_asked_is_told_where_to_look(workspace, server):
    message = workspace.message()
    with pytest.raises(CannotTell, match=r"look at https://t\.me/quietfeet"):
        open_channel(workspace, server).find(message.parts[0], message, (), "k", workspace.clock)


@pytest.mark.parametrize(
    ("refused", "meant", "said"),
    [
        (Refused(429, "Too Many Requests: retry after 7", retry_after=7), RateLimited, "retry after 7"),
        (Refused(403, "Forbidden: bot was kicked from the channel chat"), Unauthorized, "administrator"),
        (Refused(400, "Bad Request: chat not found"), Unauthorized, "administrator"),
        (Refused(400, "Bad Request: upgraded", migrate_to_chat_id=-100777), Unauthorized, "-100777"),
        (Refused(400, "Bad Request: can't parse entities"), Rejected, "parse"),
        (Refused(413, "Request Entity Too Large"), Rejected, "Large"),
        (Refused(500, "Internal Server Error"), Unconfirmed, "Internal"),
    ],
)
def test_each_refusal_has_one_meaning(workspace, server, refused, meant, said):
    server.fail_next(refused)
    with pytest.raises(meant, match=said) as caught:
        publish(open_channel(workspace, server), workspace.message())
    assert type(caught.value) is meant
    assert server.posts == []
    if meant is RateLimited:
        assert timedelta(0) < caught.value.retry_at - workspace.clock <= timedelta(seconds=7)


def test_a_bot_that_may_not_post_is_told_so_when_it_is_connected(workspace, server):
    network = open_channel(workspace, server)
    assert network.identify().name == "Quiet Feet"
    server.world.rights = {"status": "administrator", "can_post_messages": False}
    with pytest.raises(Rejected, match="administrator that posts messages"):
        network.identify()


@pytest.mark.parametrize("token", ["", "123", "123456:short", f"{TOKEN}\n", "1234:" + "ä" * 30])
def test_a_token_that_is_not_whole_is_never_sent(workspace, server, token):
    with pytest.raises(Unauthorized):
        open_channel(workspace, server, token).prepare(workspace.message())
    assert server.log == []


def test_the_token_in_the_address_stands_in_no_error(workspace, server):
    network, message = open_channel(workspace, server), workspace.message()
    handles = network.prepare(message)
    server.__exit__()
    with pytest.raises(Unavailable) as caught:
        network.publish(message.parts[0], message, handles, "k", None)
    assert TOKEN not in f"{caught.value!r} {caught.value.__cause__!r}"


def test_settings_that_cannot_be_are_said():
    assert len(check_settings("telegram", {"chat": "quiet feet", "server": "http://a.example"})) == 2
    assert check_settings("telegram", {}) == ['chat is missing: write chat = "..." there']


def test_telegrams_python_client_speaks_with_the_server(workspace, server):
    telegram = judge("telegram")
    picture = workspace.root / "state" / "media" / f"{workspace.picture().sha256}.jpg"

    async def speak():
        async with telegram.Bot(TOKEN, base_url=f"{server.url}/bot") as bot:
            words = await bot.send_message(CHAT, "By another client.")
            shown = await bot.send_photo(
                CHAT, picture.read_bytes(), caption="A picture.", reply_to_message_id=words.message_id
            )
            await bot.delete_message(CHAT, words.message_id)
            return shown.link

    assert asyncio.run(speak()).startswith("https://t.me/quietfeet/")
    assert [one.text for one in server.posts] == ["A picture."]


def test_words_alone_are_a_message_of_their_own(workspace, server):
    message = replace(workspace.message(), parts=(Part(0, "Only words."),))
    publish(open_channel(workspace, server), message)
    assert [(one.text, one.pictures) for one in server.posts] == [("Only words.", 0)]
