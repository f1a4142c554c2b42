"""Our own webhook: the official package believes it, the receiver on its page works, and nothing is sent twice."""

import base64
import re
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import HTTPServer
from pathlib import Path

import pytest

from bot.errors import CannotTell, RateLimited, Rejected, Taken, Unauthorized, Unavailable, Unconfirmed
from bot.model import Account, Handles
from bot.networks import check_settings, open_network
from bot.networks.webhook.signing import halves, secret_in, signature
from tests.networks.conftest import Kept
from tests.reference import judge
from tests.servers.listening import Told
from tests.servers.receiver import PATH, Receiver

KEY = "b2amxkwxtrrtdc2m2yduaulxrv7asyaz64j3gq2osfk4xmqh4glu"
PAGE = Path(__file__).parents[2] / "docs" / "connect" / "webhook.md"
SECRET = f"whsec_{base64.b64encode(bytes(range(32))).decode()}"


@pytest.fixture
def receiver():
    with Receiver(remembers=True) as server:
        yield server
        assert server.violations == []
        assert server.twice() == []


def open_on(workspace, url, secret=SECRET, **settings):
    premises = replace(
        workspace.premises("webhook", Kept({"url": url, "secret": secret})), now=lambda: datetime.now(UTC)
    )
    return open_network(Account("own", "webhook", settings), premises)


@pytest.fixture
def opened(workspace, receiver):
    return open_on(workspace, receiver.address)


def test_a_post_arrives_whole_and_signed(workspace, receiver, opened):
    media = tuple(workspace.picture(f"#0d3b{n + 10:02x}", f"Picture {n}.") for n in range(10))
    message = workspace.message(text="Füße 👣 are wide.", media=media)
    receipt = workspace.publish(opened, message, KEY)
    (post,) = receiver.published
    assert (post.key, post.title, post.text) == (KEY, message.title, "Füße 👣 are wide.")
    assert (post.link, post.tags) == ("https://example.com/book", ("ashiatsu",))
    assert post.alts == tuple(f"Picture {n}." for n in range(10))
    assert (receipt.remote_id, receipt.url) == (KEY, f"https://studio.example/posts/{KEY}")


def test_our_signature_is_the_official_packages():
    at = datetime(2026, 12, 1, 9, tzinfo=UTC)
    for secret in (bytes(range(24)), bytes(range(64))):
        official = judge("standardwebhooks").Webhook(base64.b64encode(secret).decode())
        assert signature(secret, KEY, at, b'{"a": 1}') == official.sign(KEY, at, '{"a": 1}')


def test_a_wrong_secret_is_no_access(workspace, receiver):
    other = open_on(workspace, receiver.address, f"whsec_{base64.b64encode(bytes(24)).decode()}")
    with pytest.raises(Unauthorized, match=r"does not believe us.*bot connect own"):
        workspace.publish(other, workspace.message(), KEY)
    assert receiver.published == []


def test_the_receiver_on_the_page_checks_the_signature_and_does_nothing_twice(workspace, capsys):
    code = re.search(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)[1]
    names = {}
    exec(compile(code, str(PAGE), "exec"), names)
    quiet = type("Quiet", (names["Receiver"],), {"log_message": lambda *_: None})
    with HTTPServer(("127.0.0.1", 0), quiet) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/hooks/posts"
        network = open_on(workspace, url)
        assert network.identify().url == url.removesuffix("/hooks/posts")
        first = workspace.publish(network, workspace.message(), KEY)
        workspace.publish(network, workspace.message(), KEY)
        forged = open_on(workspace, url, f"whsec_{base64.b64encode(bytes(24)).decode()}")
        with pytest.raises(Unauthorized):
            forged.publish(workspace.message().parts[0], workspace.message(), Handles(), f"{KEY}-2", None)
        server.shutdown()
    assert names["done"] == {KEY}
    assert capsys.readouterr().out == "It reduces chronic tension.\n"
    assert first.url == url.removesuffix("hooks/posts")


def test_a_lost_answer_is_a_persons_to_settle_unless_the_owner_says_that_repeats_are_safe(workspace, receiver, opened):
    message = workspace.message()
    receiver.fail_next(502, {"error": "the answer was lost"}, acted=True)
    with pytest.raises(Unconfirmed):
        workspace.publish(opened, message, KEY)
    with pytest.raises(CannotTell, match="look there"):
        opened.find(message.parts[0], message, (Handles(),), KEY, datetime.now(UTC))
    safe = open_on(workspace, receiver.address, repeats="safe")
    assert safe.find(message.parts[0], message, (Handles(),), KEY, datetime.now(UTC)) is None
    workspace.publish(safe, message, KEY)
    assert len(receiver.published) == 1
    assert [status for _, _, status in receiver.log] == [502, 200]


def test_a_new_ledger_asks_a_person_even_where_repeats_are_safe(workspace, receiver):
    safe = open_on(workspace, receiver.address, repeats="safe")
    with pytest.raises(CannotTell):
        workspace.find(safe, workspace.message(), KEY)


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_receiver_that_wants_no_more_is_no_access(workspace, receiver, opened, status):
    receiver.fail_next(status, {"message": "no more"})
    with pytest.raises(Unauthorized, match="no more"):
        workspace.publish(opened, workspace.message(), KEY)


@pytest.mark.parametrize(
    ("status", "meaning"),
    [(400, Rejected), (413, Rejected), (409, Taken), (408, Unconfirmed), (500, Unconfirmed), (303, Unconfirmed)],
)
def test_every_other_refusal_has_its_meaning(workspace, receiver, opened, status, meaning):
    receiver.fail_next(status, {"error": "why"})
    with pytest.raises(meaning, match=r"why|moved"):
        workspace.publish(opened, workspace.message(), KEY)


def test_it_waits_as_long_as_it_is_asked_to(workspace, receiver, opened):
    receiver.fail_next(429, {}, Retry_After=90)
    with pytest.raises(RateLimited) as limited:
        workspace.publish(opened, workspace.message(), KEY)
    assert timedelta(seconds=60) < limited.value.retry_at - datetime.now(UTC) <= timedelta(seconds=90)


@pytest.mark.parametrize(
    ("says", "url"),
    [
        (Told(204), "{base}/"),
        (Told(200, "ok", mime="text/html"), "{base}/"),
        (Told(202, "Accepted", mime="text/plain"), "{base}/"),
        (Told(201, "", {"Location": "/posts/7"}), "{base}/posts/7"),
        (Told(201, {"url": "https://studio.example/7"}), "https://studio.example/7"),
        (Told(200, {"url": 7}), "{base}/"),
        (Told(200, {"url": "javascript:alert(1)"}), "{base}/"),
        (Told(200, {"url": "https://[broken"}), "{base}/"),
        (Told(200, ["ok"]), "{base}/"),
    ],
)
def test_any_yes_is_a_yes_and_no_address_shows_the_hook(workspace, receiver, opened, says, url):
    receiver.says = says
    assert workspace.publish(opened, workspace.message(), KEY).url == url.format(base=receiver.url)


def test_a_page_is_no_yes(workspace, receiver, opened):
    receiver.says = Told(200, " <!DOCTYPE html><h1>Soon</h1>", mime="text/html")
    with pytest.raises(Unconfirmed, match="cannot be read"):
        workspace.publish(opened, workspace.message(), KEY)


@pytest.mark.parametrize("url", ["https://10.0.0.5/hook", "https://127.0.0.2/hook", "https://[::ffff:10.0.0.5]/hook"])
def test_a_private_network_is_never_called(workspace, url):
    with pytest.raises(Unavailable):
        workspace.publish(open_on(workspace, url), workspace.message(), KEY)


def test_a_public_name_that_leads_to_this_machine_is_never_called(workspace, receiver, monkeypatch):
    network = open_on(workspace, receiver.address.replace("http://127.0.0.1", "https://receiver.example"))
    port = int(receiver.url.rpartition(":")[2])
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", port))])
    with pytest.raises(Unavailable, match="not on the public Internet"):
        workspace.publish(network, workspace.message(), KEY)
    assert receiver.log == []


@pytest.mark.parametrize(
    "url", ["", "http://example.com/hook", "https://me:word@example.com/hook", "https://é.example/", "ftp://x/"]
)
def test_an_address_that_cannot_be_used_is_told_and_not_shown(workspace, url):
    with pytest.raises(Unauthorized, match=r"cannot be used.*bot connect own") as refused:
        open_on(workspace, url).identify()
    assert not url or url not in str(refused.value)


@pytest.mark.parametrize(
    "secret", ["", "whsec_", "whsec_c2hvcnQ=", "whsec_!!", SECRET.removeprefix("whsec_"), "whsec_é"]
)
def test_a_secret_that_is_none_is_told_before_anything_is_sent(workspace, receiver, secret):
    with pytest.raises(Unauthorized, match="24 to 64 bytes"):
        workspace.publish(open_on(workspace, receiver.address, secret), workspace.message(), KEY)
    assert receiver.log == []
    assert secret_in(secret) == b""


def test_we_know_who_is_there_without_posting(receiver, opened):
    who = opened.identify()
    assert (who.name, who.url) == (receiver.url.removeprefix("http://"), receiver.url)
    assert PATH not in repr(who)
    assert receiver.published == []
    assert [method for method, _, _ in receiver.log] == ["OPTIONS"]


def test_nobody_there_is_told(workspace, receiver):
    with pytest.raises(Rejected, match="404"):
        open_on(workspace, f"{receiver.url}/other").identify()


def test_the_hidden_half_of_the_address_is_in_no_error(workspace, receiver, opened):
    receiver.fail_next(400, {"error": f"Cannot POST {PATH}"})
    with pytest.raises(Rejected) as refused:
        workspace.publish(opened, workspace.message(), KEY)
    assert "s3cret" not in f"{refused.value!r} {refused.value.__cause__!r}"
    with pytest.raises(Unavailable) as closed:
        workspace.publish(open_on(workspace, f"http://127.0.0.1:9{PATH}"), workspace.message(), KEY)
    assert "s3cret" not in f"{closed.value!r} {closed.value.__cause__!r}"


def test_an_address_in_halves_is_the_whole():
    assert halves("https://a.example:8443/b?c=d") == ("https://a.example:8443", "/b?c=d")
    assert halves("https://a.example") == ("https://a.example", "/")
    assert halves("https://[a") == ("", "/")


def test_settings_are_checked():
    assert check_settings("webhook", {"repeats": "safe", "server": "https://gateway.example"}) == []
    assert "choose one of safe, unsafe" in check_settings("webhook", {"repeats": "yes"})[0]
