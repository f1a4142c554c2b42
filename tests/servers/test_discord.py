"""The stand-in for Discord, judged by Discord's specification and by discord.py's own webhook client."""

import io
import json

import pytest
import requests

from tests.networks.conftest import Workspace
from tests.reference import judge
from tests.servers.discord import DiscordServer
from tests.servers.discord.spec import answer_mistakes

pytestmark = pytest.mark.filterwarnings("ignore:'audioop' is deprecated:DeprecationWarning")  # discord.py's own


@pytest.fixture
def discord():
    with DiscordServer() as server:
        yield server


@pytest.fixture
def picture(tmp_path):
    workspace = Workspace(tmp_path, {})
    return (workspace.media / f"{workspace.picture().sha256}.jpg").read_bytes()


class Redirected(requests.Session):
    """A session whose Discord is the stand-in."""

    def __init__(self, server):
        super().__init__()
        self.server = server

    def request(self, method, url, **more):
        return super().request(method, url.replace("https://discord.com", self.server.url), **more)


@pytest.fixture
def client(discord):
    with Redirected(discord) as session:
        yield judge("discord").SyncWebhook.from_url(discord.address(), session=session)


def ask(discord, method, path="", *, hook="studio", **sent):
    where = f"/api/v10/webhooks/{'/'.join(discord.hooks[hook])}{path}"
    answer = requests.request(method, discord.url + where, timeout=10, **sent)
    told = answer_mistakes(method, where.partition("?")[0], answer.status_code, answer.content, answer.headers)
    assert told == []
    return answer


def test_discords_own_client_posts_a_picture_with_its_alt_text(discord, client, picture):
    file = judge("discord").File(io.BytesIO(picture), "feet.jpg", description="Feet, drawn in green.")
    message = client.send(
        "Feet are wide.", file=file, wait=True, allowed_mentions=judge("discord").AllowedMentions.none()
    )
    (posted,) = discord.messages
    assert (str(message.id), message.content) == (posted.id, "Feet are wide.")
    assert [(file.name, file.alt) for file in posted.files] == [("feet.jpg", "Feet, drawn in green.")]
    assert message.attachments[0].description == "Feet, drawn in green."
    assert discord.violations == []


def test_discords_own_client_reads_and_deletes_what_it_posted(discord, client):
    message = client.send("Feet are wide.", wait=True)
    assert client.fetch_message(message.id).content == "Feet are wide."
    message.delete()
    assert discord.messages == []
    with pytest.raises(judge("discord").NotFound) as gone:
        client.fetch_message(message.id)
    assert gone.value.code == 10008


def test_discords_own_client_reads_the_webhook(discord, client):
    told = client.fetch()
    assert (told.name, str(told.channel_id)) == ("Quiet Feet", discord.channel("900000000000001001"))


def test_discords_own_client_understands_the_refusals(discord, client):
    with pytest.raises(judge("discord").HTTPException) as refused:
        client.send("x" * 2001, wait=True)
    assert (refused.value.code, refused.value.status) == (50035, 400)
    discord.delete_hook()
    with pytest.raises(judge("discord").NotFound) as gone:
        client.send("Feet.", wait=True)
    assert gone.value.code == 10015


def test_without_wait_nothing_is_said_and_refusals_are_hidden(discord):
    assert ask(discord, "POST", json={"content": "Feet."}).status_code == 204
    assert ask(discord, "POST", "?wait=false", json={"content": "x" * 2001}).status_code == 204
    assert [one.text for one in discord.messages] == ["Feet."]
    assert ask(discord, "POST", "?wait=true", json={"content": "x" * 2001}).status_code == 400


def test_whom_a_message_would_call_is_seen(discord):
    ask(discord, "POST", json={"content": "@everyone <@&12>"})
    ask(discord, "POST", json={"content": "@here", "allowed_mentions": {"parse": []}})
    assert [one.pings for one in discord.messages] == [("@everyone", "<@&12>"), ()]


@pytest.mark.parametrize(
    "payload",
    [
        {"content": "a", "contents": "b"},
        {"content": "a", "allowed_mentions": {"parse": ["users", "users"]}},
        {"content": "a", "allowed_mentions": {"parse": ["all"]}},
        {"content": "a", "attachments": [{"description": "b"}]},
        {"content": ["a"]},
    ],
)
def test_what_the_specification_does_not_know_is_a_violation(discord, payload):
    requests.post(f"{discord.url}/api/v10/webhooks/{'/'.join(discord.hooks['studio'])}", json=payload, timeout=10)
    assert discord.violations


def test_a_parameter_that_is_none_is_a_violation(discord):
    ask(discord, "POST", "?waits=true", json={"content": "a"})
    ask(discord, "GET", "?with=1")
    assert len(discord.violations) == 2


def test_the_same_message_twice_is_counted_also_when_one_was_deleted(discord):
    first = ask(discord, "POST", "?wait=true", json={"content": "Feet."}).json()["id"]
    assert ask(discord, "DELETE", f"/messages/{first}").status_code == 204
    ask(discord, "POST", json={"content": "Feet."})
    assert len(discord.twice()) == 1


def test_an_attachment_needs_its_file_and_a_file_its_kind(discord, picture):
    form = {"payload_json": (None, json.dumps({"attachments": [{"id": "3"}]}))}
    answer = ask(discord, "POST", "?wait=true", files={**form, "files[0]": ("a.jpg", picture, "image/jpeg")})
    assert answer.json()["code"] == 50035
    ask(discord, "POST", files={"payload_json": (None, "{}"), "files[0]": ("a.png", picture, "image/png")})
    assert discord.violations == ["files[0] is image/jpeg, and is called image/png"]


def test_a_wrong_token_an_unknown_webhook_and_a_limit_are_told_apart(discord):
    discord.hooks["odd"] = ("1003", "x")
    asked = [requests.get(f"{discord.url}/api/v10/webhooks/{path}", timeout=10) for path in ("1003/y", "9/y")]
    assert [answer.json()["code"] for answer in asked] == [50027, 10015]
    discord.limit_next(0.65)
    limited = ask(discord, "POST", json={"content": "a"})
    assert (limited.status_code, limited.headers["Retry-After"], limited.json()["retry_after"]) == (429, "1", 0.65)
    assert "X-RateLimit-Reset-After" in limited.headers


def test_the_log_has_no_secret(discord):
    ask(discord, "POST", json={"content": "a"})
    assert discord.hooks["studio"][1] not in str(discord.log)
