"""A session on Bluesky: opened once, refreshed in time by one, kept for all; what a refusal means for the owner."""

import json
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from bot.errors import HandlesGone, NothingPosted, RateLimited, Rejected, Unauthorized, Unavailable, Unconfirmed
from bot.model import Account
from bot.networks import open_network
from bot.networks.bluesky.session import ENTRYWAY
from bot.networks.bluesky.tokens import home_in, scope_of
from bot.vault import Vault
from tests.networks.conftest import Kept
from tests.networks.open_bluesky import key, open_bluesky
from tests.servers.lossy import Lossy
from tests.servers.pds import resigned, start_pds

SERVER = "/xrpc/com.atproto.server."
PUT = "/xrpc/com.atproto.repo.putRecord"


@pytest.fixture
def someone(pds):
    return pds.create_account()


@pytest.fixture
def kept(pds, someone):
    return Kept({"password": pds.app_password(someone)})


@pytest.fixture
def lossy(pds):
    with Lossy(pds.url) as lossy:
        yield lossy


@pytest.fixture
def opened(workspace, pds, someone, kept, lossy):
    """Opens the one account anew, as another process would."""
    return lambda: open_bluesky(workspace, pds, someone, lossy.url, kept)


def asked(lossy, name):
    return [seen.status for seen in lossy.log if seen.path == f"{SERVER}{name}"]


def publish(network, message, at=None):
    return network.publish(message.parts[0], message, network.prepare(message), at or key(), None)


def end(pds, kept, *names):
    """The tokens run out, as a server that signed them would see it."""
    kept.secrets = {**kept.secrets, **{name: pds.expired(kept.secrets[name]) for name in names}}


def test_a_session_outlives_its_process(opened, workspace, kept, lossy):
    for _ in range(3):
        publish(opened(), workspace.message())
    assert asked(lossy, "createSession") == [200]
    assert asked(lossy, "refreshSession") == []
    assert sorted(kept.secrets) == ["access", "password", "place", "refresh"]


def test_a_session_of_another_account_is_not_used(opened, workspace, pds, kept, lossy):
    publish(opened(), workspace.message())
    other = pds.create_account()
    kept.secrets = {**kept.secrets, "password": pds.app_password(other)}
    publish(open_bluesky(workspace, pds, other, lossy.url, kept), workspace.message())
    assert len(pds.posts(other.did)) == 1
    assert asked(lossy, "createSession") == [200, 200]


def test_a_token_about_to_end_is_refreshed_before_it_is_used(opened, workspace, pds, kept, lossy):
    publish(opened(), workspace.message())
    before = kept.secrets
    soon = datetime.now(UTC) + timedelta(seconds=60)
    kept.secrets = {**before, "access": resigned(before["access"], pds.jwt_secret, exp=int(soon.timestamp()))}
    publish(opened(), workspace.message())
    assert asked(lossy, "refreshSession") == [200]
    assert kept.secrets["refresh"] != before["refresh"]
    assert kept.secrets["password"] == before["password"]
    assert {seen.status for seen in lossy.log} == {200}


def test_a_token_that_ended_while_our_clock_is_behind_is_refreshed_and_the_post_goes_out(
    workspace, pds, someone, kept, lossy
):
    premises = replace(
        workspace.premises("bluesky", kept), now=lambda: datetime(2001, 9, 9, 1, 40, tzinfo=UTC)
    )  # the ended token seems alive
    account = Account("studio-bluesky", "bluesky", {"handle": someone.handle, "service": lossy.url})
    network = open_network(account, premises)
    message = workspace.message()
    handles = network.prepare(message)
    end(pds, kept, "access")
    kept.secrets["access"] = resigned(kept.secrets["access"], pds.jwt_secret, exp=1_000_000_000)
    network._sessions._ahead = timedelta(0)
    receipt = network.publish(message.parts[0], message, handles, key(), None)
    assert [seen.status for seen in lossy.log if seen.path == PUT] == [400, 200]
    assert asked(lossy, "refreshSession") == [200]
    assert [record["uri"].rpartition("/")[2] for record in pds.posts(someone.did)] == [receipt.remote_id]


def test_a_clock_that_is_ahead_does_not_refresh_for_every_call(workspace, pds, someone, kept, lossy):
    premises = replace(workspace.premises("bluesky", kept), now=lambda: datetime.now(UTC) + timedelta(hours=9))
    account = Account("studio-bluesky", "bluesky", {"handle": someone.handle, "service": lossy.url})
    network = open_network(account, premises)
    publish(network, workspace.message())
    publish(network, workspace.message())
    assert asked(lossy, "createSession") == [200]
    assert asked(lossy, "refreshSession") == []


def test_twenty_threads_refresh_once(opened, workspace, pds, kept, lossy):
    network, other = opened(), opened()
    message = workspace.message(media=())
    publish(network, message)
    end(pds, kept, "access")
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda n: publish((network, other)[n % 2], message), range(20)))
    assert asked(lossy, "refreshSession") == [200]
    assert asked(lossy, "createSession") == [200]


def test_both_tokens_ended_open_a_new_session(opened, workspace, pds, kept, lossy):
    network = opened()
    publish(network, workspace.message())
    end(pds, kept, "access", "refresh")
    publish(network, workspace.message())
    assert asked(lossy, "refreshSession") == [400]
    assert asked(lossy, "createSession") == [200, 200]


def test_tokens_that_the_server_did_not_sign_open_a_new_session(opened, workspace, kept, lossy):
    network = opened()
    publish(network, workspace.message())
    forged = {name: resigned(kept.secrets[name], "another secret") for name in ("access", "refresh")}
    kept.secrets = {**kept.secrets, **forged}
    publish(network, workspace.message())
    assert asked(lossy, "createSession") == [200, 200]


def test_the_refresh_token_before_the_last_still_works(opened, workspace, pds, kept, lossy):
    publish(opened(), workspace.message())
    before = dict(kept.secrets)
    end(pds, kept, "access")
    publish(opened(), workspace.message())
    kept.secrets = {**before, "access": pds.expired(before["access"])}  # the new ones were lost with the disk's cache
    publish(opened(), workspace.message())
    assert asked(lossy, "refreshSession") == [200, 200]
    assert asked(lossy, "createSession") == [200]


@pytest.mark.parametrize("fate", ["drop", "bad_gateway", "lie", "never"])
def test_a_refresh_that_is_not_answered_holds_no_account(opened, workspace, pds, kept, *, lossy, fate):
    network, message = opened(), workspace.message()
    handles = network.prepare(message)
    end(pds, kept, "access")
    lossy.plan("POST", f"{SERVER}refreshSession", fate)
    with pytest.raises(Unavailable):
        network.publish(message.parts[0], message, handles, key(), None)
    network.publish(message.parts[0], message, handles, key(), None)
    assert asked(lossy, "createSession") == [200]


def test_a_new_session_is_kept_before_it_is_used(opened, workspace, kept, lossy):
    swap = kept.swap

    def connected_meanwhile(before, after):
        kept.secrets = {"password": kept.secrets["password"], "connected": "anew"}
        return swap(before, after)

    kept.swap = connected_meanwhile
    with pytest.raises(Unavailable, match="connected anew"):
        opened().prepare(workspace.message())
    assert kept.secrets["connected"] == "anew"
    assert {seen.path for seen in lossy.log} == {f"{SERVER}createSession"}


def test_a_wrong_password_says_what_to_do(opened, workspace, kept):
    kept.secrets = {"password": "abcd-abcd-abcd-abcd"}
    with pytest.raises(Unauthorized, match="bot connect studio-bluesky") as error:
        opened().prepare(workspace.message())
    assert "abcd-abcd" not in "".join(traceback.format_exception(error.value))


def test_the_main_password_is_refused_and_nothing_of_it_is_kept(opened, workspace, someone, kept):
    kept.secrets = {"password": someone.password}
    with pytest.raises(Unauthorized, match=r"main password.*App passwords, then `bot connect studio-bluesky`"):
        opened().prepare(workspace.message())
    assert kept.secrets == {"password": someone.password}


def test_a_session_of_the_main_password_ends_with_its_token(opened, workspace, pds, someone, kept, *, lossy):
    old = pds.session(someone.did, someone.password)
    tokens = {"access": pds.expired(old["accessJwt"]), "refresh": old["refreshJwt"]}
    kept.secrets |= {**tokens, "place": f"{lossy.url} {someone.handle} {someone.did} {lossy.url}"}
    publish(opened(), workspace.message())
    assert scope_of(kept.secrets["access"]) == "com.atproto.appPass"
    assert (asked(lossy, "refreshSession"), asked(lossy, "createSession")) == ([200], [200])


def test_an_app_password_that_may_read_messages_is_one_too(opened, workspace, pds, someone, kept):
    session = pds.session(someone.did, someone.password)["accessJwt"]
    made = pds.call("com.atproto.server.createAppPassword", session, name="more", privileged=True)
    kept.secrets = {"password": made["password"]}
    publish(opened(), workspace.message())
    assert scope_of(kept.secrets["access"]) == "com.atproto.appPassPrivileged"


def test_a_revoked_app_password_holds_the_account_but_not_the_looking(opened, workspace, pds, someone, kept):
    network, message, at = opened(), workspace.message(), key()
    handles = network.prepare(message)
    receipt = network.publish(message.parts[0], message, handles, at, None)
    token = pds.session(someone.did, someone.password)["accessJwt"]
    requests.post(
        f"{pds.url}{SERVER}revokeAppPassword",
        json={"name": "footnote"},
        headers={"Authorization": f"Bearer {token}"},
        timeout=10,
    ).raise_for_status()
    end(pds, kept, "access")
    with pytest.raises(Unauthorized, match="bot connect studio-bluesky"):
        network.publish(message.parts[0], message, handles, key(), None)
    since = datetime(2026, 1, 1, tzinfo=UTC)
    assert opened().find(message.parts[0], message, (handles,), at, since) == receipt
    assert opened().find(message.parts[0], message, (handles,), key(), since) is None


def test_the_vault_keeps_a_session_that_two_processes_share(workspace, pds, someone, lossy, tmp_path):
    vault = Vault(tmp_path / "vault", lambda: b"A" * 43 + b"=", workspace="w")
    (tmp_path / "vault").mkdir()
    vault.keep("studio-bluesky", {"password": pds.app_password(someone)})
    one, two = (open_bluesky(workspace, pds, someone, lossy.url, vault.credentials("studio-bluesky")) for _ in range(2))
    publish(one, workspace.message())
    publish(two, workspace.message())
    assert asked(lossy, "createSession") == [200]
    secrets = vault.read("studio-bluesky")
    with pytest.raises(Rejected) as error:
        publish(one, workspace.message(text="a" * 301))
    said = "".join(traceback.format_exception(error.value))
    assert not [name for name in ("password", "access", "refresh") if secrets[name] in said]
    assert lossy.url in said  # which server it was is no secret


def test_too_many_sessions_are_waited_for(workspace, tmp_path):
    with start_pds(tmp_path, rate_limits=True) as pds:
        someone = pds.create_account()
        network = open_bluesky(workspace, pds, someone, credentials=Kept({"password": "wrong-wrong"}))
        for _ in range(30):
            with pytest.raises(Unauthorized):
                network.prepare(workspace.message())
        with pytest.raises(RateLimited, match="Rate Limit Exceeded") as error:
            network.prepare(workspace.message())
    assert timedelta(0) < error.value.retry_at - datetime.now(UTC) <= timedelta(minutes=5)


@contextmanager
def answering(**answers):
    """A server with one answer for each method: (status, body), a text for what is not JSON."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, body = answers.get(self.path.partition("?")[0].rpartition(".")[2], (501, {"error": "Unknown"}))
            content = (body if isinstance(body, str) else json.dumps(body)).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST  # noqa: N815

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


SESSION = {"did": "did:plc:x", "handle": "a.test", "accessJwt": "opaque-access", "refreshJwt": "opaque-refresh"}


def at(workspace, url):
    account = Account("studio-bluesky", "bluesky", {"handle": "a.test", "service": url})
    return open_network(account, workspace.premises("bluesky", Kept({"password": "abcd-efgh"})))


@pytest.mark.parametrize(
    ("status", "body", "error", "words"),
    [
        (401, {"error": "AuthFactorTokenRequired", "message": "A code was sent"}, Unauthorized, "app password"),
        (401, {"error": "AccountTakedown", "message": "Taken down"}, Unauthorized, "moderators"),
        (400, {"error": "AccountDeactivated", "message": "Gone"}, Unauthorized, "reactivate"),
        (200, {**SESSION, "active": False, "status": "takendown"}, Unauthorized, "moderators"),
        (200, {**SESSION, "active": False, "status": "deactivated"}, Unauthorized, "reactivate"),
        (400, {"error": "InvalidRequest", "message": "Bad identifier"}, Unauthorized, "Bad identifier"),
        (200, {"did": "did:plc:x"}, Unavailable, "without a session"),
        (200, {**SESSION, "accessJwt": ["?"]}, Unavailable, "without a session"),
        (200, {**SESSION, "did": "did:plc:x of ours"}, Unavailable, "without a session"),
        (200, "<h1>Hotel Wi-Fi</h1>", Unavailable, "Hotel"),
        (404, "<h1>Not Found</h1>", Unavailable, "Not Found"),
        (500, {"error": "InternalServerError"}, Unavailable, "InternalServerError"),
    ],
)
def test_a_session_that_cannot_be_opened_says_why(workspace, status, body, error, words):
    with answering(createSession=(status, body)) as url, pytest.raises(error, match=words):
        at(workspace, url).prepare(workspace.message())


BLOB = {"$type": "blob", "ref": {"$link": ""}, "mimeType": "image/jpeg", "size": 1}


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (500, {"error": "InternalServerError"}, Unconfirmed),
        (502, {"error": "UpstreamFailure"}, Unconfirmed),
        (503, {"error": "NotEnoughResources"}, Unconfirmed),
        (504, "<h1>Gateway Timeout</h1>", Unconfirmed),
        (200, {}, Unconfirmed),
        (200, {"uri": "at://did:plc:x/app.bsky.feed.post/other"}, Unconfirmed),
        (403, "<h1>Forbidden</h1>", Unavailable),
        (413, "<h1>Too large</h1>", Rejected),
        (400, {"error": "InvalidRequest", "message": "No."}, Rejected),
        (400, {"error": "InvalidSwap", "message": "Record was at null"}, Rejected),  # there, and shown to nobody
        (400, {"error": "BlobNotFound"}, HandlesGone),
        (401, {"error": "AuthMissing"}, Unauthorized),
        (400, {"error": "ExpiredToken"}, Unauthorized),
        (429, {"error": "RateLimitExceeded"}, RateLimited),
    ],
)
def test_an_answer_to_the_publishing_call_has_one_meaning(workspace, status, body, error):
    answers = {
        "createSession": (200, SESSION),
        "refreshSession": (200, SESSION),
        "putRecord": (status, body),
        "getRecord": (400, {"error": "RecordNotFound"}),
        "resolveHandle": (400, {"error": "InvalidRequest"}),
    }
    message = workspace.message(media=())
    with answering(**answers) as url:
        network = at(workspace, url)
        handles = network.prepare(message)
        with pytest.raises(error) as raised:
            network.publish(message.parts[0], message, handles, key(), None)
    assert isinstance(raised.value, NothingPosted) is (error is not Unconfirmed)
    assert type(raised.value) is error or error in {Rejected, Unauthorized}


@pytest.mark.parametrize(
    ("status", "body"), [(400, {"error": "InvalidRequest", "message": "no repo"}), (404, "?"), (200, {}), (200, [1])]
)
def test_only_a_record_that_is_not_there_is_absent(workspace, status, body):
    message = workspace.message(media=())
    with answering(createSession=(200, SESSION), getRecord=(status, body)) as url:
        network = at(workspace, url)
        with pytest.raises(Unavailable):
            network.find(message.parts[0], message, (), key(), datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("body", [{}, {"records": None}, {"records": [{}]}, {"records": "?"}])
def test_a_list_of_records_that_is_none_is_no_look(workspace, body):
    message = workspace.message(media=())
    answers = {
        "createSession": (200, SESSION),
        "getRecord": (400, {"error": "RecordNotFound"}),
        "listRecords": (200, body),
    }
    with answering(**answers) as url, pytest.raises(Unavailable):
        at(workspace, url).find(message.parts[0], message, (), key(), datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("body", [{}, [], {"did": "did:plc:x"}, {"did": None, "handle": 1}])
def test_who_we_are_is_asked_again_where_the_server_does_not_say(workspace, body):
    answers = {"createSession": (200, SESSION), "getSession": (200, body)}
    answers["getRecord"] = (400, {"error": "RecordNotFound"})
    with answering(**answers) as url, pytest.raises(Unavailable, match="whose session"):
        at(workspace, url).identify()


def test_a_small_server_announces_what_it_takes(workspace):
    answers = {"createSession": (200, SESSION), "describeServer": (200, {"blobUploadLimit": 1_500_000})}
    with answering(**answers) as url:
        assert at(workspace, url).announced() == {"image_bytes_max": 1_500_000}


def test_a_profile_that_changed_meanwhile_is_asked_for_again(workspace):
    profile = {"uri": "at://did:plc:x/app.bsky.actor.profile/self", "cid": "bafy", "value": {"displayName": "A"}}
    answers = {
        "createSession": (200, SESSION),
        "getRecord": (200, profile),
        "putRecord": (400, {"error": "InvalidSwap"}),
    }
    with answering(**answers) as url, pytest.raises(Unavailable, match="once more"):
        at(workspace, url).label()


@pytest.mark.parametrize(
    ("services", "home"),
    [
        (
            [{"id": "#atproto_pds", "serviceEndpoint": "https://morel.host.bsky.network/"}],
            "https://morel.host.bsky.network",
        ),
        ([{"id": "did:plc:x#atproto_pds", "serviceEndpoint": "https://a.example"}], "https://a.example"),
        ([{"id": "#atproto_pds", "serviceEndpoint": "http://a.example"}], ""),
        ([{"id": "#atproto_pds", "serviceEndpoint": "http://127.0.0.1:80"}], ""),
        ([{"id": "#atproto_pds", "serviceEndpoint": "https://u:p@a.example"}], ""),
        ([{"id": "#atproto_pds", "serviceEndpoint": {"uri": "https://a.example"}}], ""),
        ([{"id": "#atproto_labeler", "serviceEndpoint": "https://a.example"}], ""),
        (["?"], ""),
        (None, ""),
    ],
)
def test_the_server_of_a_did_document_is_taken_when_it_may_have_a_token(services, home):
    assert home_in({"service": services}) == home
    assert ENTRYWAY == "https://bsky.social"
