"""Discord: one webhook, its refusals, its silence, and what is never said about its address."""

import json
import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import CannotTell, RateLimited, Rejected, Unauthorized, Unavailable, Unconfirmed
from bot.fitting import fit
from bot.logs import Redacted
from bot.model import Account, Post, Receipt, Status
from bot.networks import check_settings, limits_of, open_network
from bot.vault import scrub
from tests.networks.conftest import Kept
from tests.servers.discord import DiscordServer


@pytest.fixture
def discord():
    with DiscordServer() as server:
        yield server
        assert server.violations == []


@pytest.fixture
def opened(workspace, discord):
    return open_on(workspace, discord)


def open_on(workspace, discord, *, url="", server=""):
    premises = replace(
        workspace.premises("discord", Kept({"url": url or discord.address()})), now=lambda: workspace.clock
    )
    return open_network(Account("studio", "discord", {"server": server or discord.url}), premises)


def test_a_message_goes_out_with_every_picture_its_alt_text_and_no_ping(workspace, discord, opened):
    media = tuple(workspace.picture(f"#0d3b{n + 10:02x}", f"Picture {n}.") for n in range(10))
    message = workspace.message(text="@everyone: feet <@123> are wide.", media=media)
    receipt = workspace.publish(opened, message, "key")
    (posted,) = discord.messages
    assert posted.text == "@everyone: feet <@123> are wide."
    assert [file.alt for file in posted.files] == [f"Picture {n}." for n in range(10)]
    assert [file.name for file in posted.files] == [f"{n}.jpeg" for n in range(1, 11)]
    assert [file.digest for file in posted.files] == [one.sha256 for one in media]
    assert posted.pings == ()
    assert receipt.url == f"https://discord.com/channels/41771983423143937/800000000000001001/{posted.id}"
    assert discord.twice() == []


def test_it_waits_for_the_message_to_come_back(workspace, discord, opened):
    workspace.publish(opened, workspace.message(), "key")
    assert ("execute_webhook", "POST", {"wait": "true"}, 200) in discord.log


def test_an_answer_without_a_message_proves_nothing(workspace, discord, opened):
    for status, body in ((204, None), (200, {"id": 7, "channel_id": "1"}), (200, {"id": "1"}), (200, [])):
        discord.fail_next(status, body)
        with pytest.raises(Unconfirmed, match=r"did not name it|204"):
            workspace.publish(opened, workspace.message(), "key")


def test_a_long_text_goes_on_in_the_next_messages(workspace, discord, opened):
    text = " ".join(f"Sentence number {n} says that feet are wide." for n in range(70))
    account = Account("studio", "discord")
    post = Post("long", Status.APPROVED, ("studio",), text, tags=("feet",), link="https://example.com/book")
    message = fit(post, account, limits_of("discord"), ())
    assert len(message.parts) == 2
    handles, before = opened.prepare(message), None
    for part in message.parts:
        before = opened.publish(part, message, handles, f"key-{part.n}", before)
    assert [one.text for one in discord.messages] == [part.text for part in message.parts]
    assert discord.messages[-1].text.endswith("https://example.com/book\n\n#feet")


def test_a_form_that_is_refused_is_told_with_its_fields(workspace, discord, opened):
    with pytest.raises(Rejected, match=r"Invalid Form Body; content: Must be 2000 or fewer in length") as refused:
        workspace.publish(opened, workspace.message(text="x" * 2001), "key")
    assert type(refused.value) is Rejected
    assert discord.messages == []


def test_a_forum_is_refused_in_discords_words(workspace, discord, opened):
    discord.forum = True
    with pytest.raises(Rejected, match="forum channels must have a thread_name"):
        workspace.publish(opened, workspace.message(), "key")


def test_nobody_says_nothing(workspace, discord, opened):
    with pytest.raises(Rejected, match="Cannot send an empty message"):
        workspace.publish(opened, workspace.message(text=" ", media=()), "key")


@pytest.mark.parametrize("header", [True, False])
def test_the_rate_limit_is_kept_to_a_part_of_a_second(workspace, discord, opened, header):
    discord.limit_next(0.65, header=header)
    with pytest.raises(RateLimited) as limited:
        workspace.publish(opened, workspace.message(), "key")
    assert limited.value.retry_at == workspace.clock + timedelta(seconds=0.65)
    assert discord.messages == []


@pytest.mark.parametrize("told", [float("nan"), float("inf"), -1, 1e18, "soon", None])
def test_a_limit_that_cannot_be_meant_is_a_minute(workspace, discord, opened, told):
    discord.fail_next(429, {"message": "slow down", "retry_after": told})
    with pytest.raises(RateLimited) as limited:
        workspace.publish(opened, workspace.message(), "key")
    assert limited.value.retry_at == workspace.clock + timedelta(minutes=1)


def test_a_webhook_that_is_gone_is_no_access_and_the_message_stays(workspace, discord, opened):
    handles = opened.prepare(workspace.message())
    discord.delete_hook()
    with pytest.raises(Unauthorized, match=r"Unknown Webhook.*bot connect studio"):
        opened.publish(workspace.message().parts[0], workspace.message(), handles, "key", None)
    assert discord.called_when_gone == 1  # it is held after that
    with pytest.raises(Unauthorized, match="Unknown Webhook"):
        opened.identify()


@pytest.mark.parametrize(("status", "code"), [(401, 50027), (403, 50013), (404, 10003), (404, 0)])
def test_what_only_the_owner_can_mend_is_no_access(workspace, discord, opened, status, code):
    discord.fail_next(status, {"message": "no", "code": code})
    with pytest.raises(Unauthorized, match="make a new webhook"):
        workspace.publish(opened, workspace.message(), "key")


@pytest.mark.parametrize("status", [403, 404])
def test_a_page_of_whoever_stands_before_discord_is_for_later(workspace, discord, opened, status):
    discord.fail_next(status, "<html>error code: 1015</html>", mime="text/html")
    with pytest.raises(Unavailable, match="1015"):
        workspace.publish(opened, workspace.message(), "key")


@pytest.mark.parametrize("status", [500, 502, 503, 408])
def test_trouble_at_discord_is_unknown(workspace, discord, opened, status):
    discord.fail_next(status, {"message": "500: Internal Server Error", "code": 0})
    with pytest.raises(Unconfirmed):
        workspace.publish(opened, workspace.message(), "key")


def test_a_person_is_told_where_to_look(workspace, opened):
    with pytest.raises(CannotTell, match=r'look in its channel whether "Feet are wide\." is there'):
        workspace.find(opened, workspace.message(), "key")
    with pytest.raises(CannotTell, match="whether the picture is there"):
        workspace.find(opened, workspace.message(text=""), "key")


def test_a_message_is_taken_down_and_a_second_time_is_well(workspace, discord, opened):
    receipt = workspace.publish(opened, workspace.message(), "key")
    opened.retract(receipt)
    assert discord.messages == []
    opened.retract(receipt)


def test_what_another_webhook_posted_is_for_a_person_to_take_down(workspace, discord, opened):
    receipt = workspace.publish(opened, workspace.message(), "key")
    other = open_on(workspace, discord, url=discord.address("clinic"))
    with pytest.raises(Rejected, match="by hand"):
        other.retract(receipt)
    with pytest.raises(Rejected, match="by hand"):
        other.retract(replace(receipt, remote_id=""))
    assert len(discord.messages) == 1
    opened.retract(replace(receipt, remote_id=""))  # of which a person gave only the address
    assert discord.messages == []


def test_a_channel_is_who_we_are(discord, opened):
    who = opened.identify()
    assert (who.id, who.name) == ("800000000000001001", "Quiet Feet")
    assert who.url == "https://discord.com/channels/41771983423143937/800000000000001001"
    assert (dict(who.keep), who.automated) == ({}, True)


@pytest.mark.parametrize(
    "told",
    [
        "",
        "https://discord.com/channels/1/2",
        "https://discord.com/api/webhooks/99",
        "https://discord.com/api/webhooks/12/token?thread_id=3",
        "https://discord.com/api/webhooks/١٢/token",
        "https://discord.com/api/webhooks/12/to/ken",
    ],
)
def test_what_is_no_webhooks_address_is_told_before_anything_is_asked(workspace, discord, told):
    network = open_on(workspace, discord)
    network._premises.credentials.secrets = {"url": told}
    with pytest.raises(Unauthorized, match="copy it again") as refused:
        network.identify()
    assert not told or told not in str(refused.value)
    assert discord.log == []


@pytest.mark.parametrize(
    "form", ["https://discordapp.com/api/webhooks/{}", "https://canary.discord.com/api/v9/webhooks/{}/"]
)
def test_older_and_other_spellings_of_the_address_are_understood(workspace, discord, form):
    network = open_on(workspace, discord, url=f" {form.format('/'.join(discord.hooks['studio']))} ")
    assert network.identify().name == "Quiet Feet"


def test_the_token_is_in_no_error_not_even_in_what_caused_it(workspace, discord, opened):
    token = discord.hooks["studio"][1]
    discord.fail_next(400, {"message": f"nothing at /api/v10/webhooks/900000000000001001/{token} or {token}"})
    message, handles = workspace.message(), opened.prepare(workspace.message())
    with pytest.raises(Rejected) as refused:
        opened.publish(message.parts[0], message, handles, "key", None)
    with pytest.raises(Unavailable) as closed:
        open_on(workspace, discord, server="http://127.0.0.1:9").prepare(message)
    for error in (*chain(refused.value), *chain(closed.value)):
        assert token not in f"{error!r} {error}"
    assert token not in repr(opened) + repr(opened.wire)


def chain(error):
    """What a traceback shows."""
    while error:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def test_the_token_is_in_no_line_of_the_log():
    line = logging.LogRecord("x", logging.ERROR, "", 0, "no /api/v10/webhooks/1001/sTu.dio-Token_12 here", (), None)
    assert Redacted("%(message)s").format(line) == "no /api/v10/webhooks/1001/*** here"


def test_settings_are_checked():
    assert check_settings("discord", {"server": "https://discord.example"}) == []
    assert check_settings("discord", {"thread": "1"}) == ['"thread" is not a setting of discord (known: server)']
    assert "https" in check_settings("discord", {"server": "http://discord.example"})[0]


def test_the_payload_stands_in_the_form_as_json(workspace, discord, opened):
    assert json.dumps("ä") == '"\\u00e4"'  # ASCII whatever the words are
    receipt = workspace.publish(opened, workspace.message(text="Füße 👣"), "key")
    assert isinstance(receipt, Receipt)
    assert discord.messages[0].text == "Füße 👣"


def test_the_vault_blanks_the_address(discord):
    assert "Token" not in scrub(f"see {discord.address()}", {"url": discord.address()})
