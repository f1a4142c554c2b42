"""Mastodon on a server that others wrote and on one that ignores keys, straight and where answers are lost."""

import hashlib
import json
import re
import secrets
from datetime import UTC, datetime, timedelta
from functools import cache
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from bot.model import Handles, Receipt
from bot.networks import check_settings
from bot.networks.base import Announces, Ask, Clocked, Identifies, Labels
from bot.networks.http import Answer
from bot.networks.mastodon import answers
from bot.networks.receipts import id_in, is_address
from tests.networks.open_mastodon import open_mastodon
from tests.reference import judge, reference
from tests.servers.gotosocial_rules import stamp, ulid
from tests.servers.lossy import Lossy

STATUSES = "/api/v1/statuses"
LINK = (
    '<p>See <a href="https://example.com/a/very/long/path" rel="nofollow"><span class="invisible">https://</span>'
    '<span class="ellipsis">example.com/a/very/long/</span><span class="invisible">path</span></a></p>'
)
MENTION = (
    '<p>Hi <span class="h-card"><a href="https://example.org/@alice" class="u-url mention">@<span>alice</span></a>'
    '</span>.</p><p>@bob <a href="/tags/tea" class="mention hashtag" rel="tag">#<span>tea</span></a></p>'
)
LOST = ("drop", "cut", "reset", "bad_gateway", "lie")


@pytest.fixture(params=["mastodon", "gotosocial"])
def server(request):
    server = request.getfixturevalue(request.param)
    if request.param == "gotosocial":
        server.polls = 0  # pictures are ready at once
    return server


@pytest.fixture
def lossy(server):
    with Lossy(server.url) as proxy:
        yield proxy


def since():
    return datetime.now(UTC) - timedelta(minutes=15)


def some(text):
    """Words that no other test has posted."""
    return f"{text} {secrets.token_hex(4)}"


def published(network, message, key="k", *, handles=None, after=None, part=0):
    handles = network.prepare(message) if handles is None else handles
    key = hashlib.sha256(f"{key} {message.parts[0].text}".encode()).hexdigest()
    return network.publish(message.parts[part], message, handles, key, after)


def found(network, message, handles=(), part=0, at=None):
    return network.find(message.parts[part], message, handles, "k", at or since())


def shown(server, text):
    return [status for status in server.statuses() if text in status["content"]]


def test_a_post_arrives_with_its_pictures_and_their_alt_texts(workspace, server):
    network = open_mastodon(workspace, server)
    media = (workspace.picture("#111111", alt="First, “quoted”."), workspace.picture("#222222", alt="Zwölf Füße."))
    message = workspace.message(text=some("Two pictures."), media=media, language="de-AT")
    handles = network.prepare(message)
    receipt = published(network, message, handles=handles)
    (status,) = shown(server, message.parts[0].text)
    assert [(m["id"], m["description"]) for m in status["media_attachments"]] == [
        (number, picture.alt) for number, picture in zip(handles.values.values(), media, strict=True)
    ]
    assert (status["visibility"], status["language"], status["id"]) == ("public", "de", receipt.remote_id)
    assert found(network, message, (handles,)) == receipt


def test_an_address_ends_in_the_id_and_times_are_utc(workspace, server):
    receipt = published(open_mastodon(workspace, server), workspace.message(text=some("Words."), media=()))
    assert receipt.remote_id == id_in(Receipt("", receipt.url, receipt.at), answers.ENDING)
    assert receipt.at.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - receipt.at) < timedelta(minutes=5)


def test_a_lost_answer_is_found_by_the_pictures_of_its_very_attempt(workspace, server, lossy):
    network = open_mastodon(workspace, server, url=lossy.url)
    message = workspace.message(text=some("Lost."))
    earlier, handles = network.prepare(message), network.prepare(message)
    lossy.plan("POST", STATUSES, "drop")
    with pytest.raises(Unconfirmed):
        published(network, message, handles=handles)
    receipt = found(network, message, (earlier, handles))
    assert [status["id"] for status in shown(server, message.parts[0].text)] == [receipt.remote_id]
    assert found(network, message, (earlier,)) is None


def test_words_are_found_whatever_a_server_made_of_their_links_and_names(workspace, server, lossy):
    network = open_mastodon(workspace, server, url=lossy.url)
    words = some('Ask @alice@example.org.\n\nMore: "feet"\nhttps://example.com/a/very/long/path?x=1 #tea')
    message = workspace.message(text=words, media=())
    lossy.plan("POST", STATUSES, "drop")
    with pytest.raises(Unconfirmed):
        published(network, message)
    assert found(network, message).remote_id == server.statuses()[0]["id"]
    assert found(network, workspace.message(text=f"{words}!", media=())) is None


def test_one_key_is_one_post_on_mastodon(workspace, mastodon):
    network = open_mastodon(workspace, mastodon)
    message = workspace.message(text=some("One key."))
    handles = network.prepare(message)
    assert published(network, message, handles=handles) == published(network, message, handles=handles)
    assert len(shown(mastodon, message.parts[0].text)) == 1


def test_pictures_that_a_server_has_deleted_are_prepared_again(workspace, gotosocial):
    network = open_mastodon(workspace, gotosocial)
    message = workspace.message(text=some("Dead."))
    handles = network.prepare(message)
    gotosocial.pictures.clear()
    with pytest.raises(HandlesGone, match="media not found"):
        published(network, message, handles=handles)
    receipt = published(network, message)
    assert [status["id"] for status in shown(gotosocial, message.parts[0].text)] == [receipt.remote_id]


def test_one_picture_may_be_shown_twice_in_a_post(workspace, server):
    network = open_mastodon(workspace, server)
    message = workspace.message(text=some("Twice shown."), media=(workspace.picture(),) * 2)
    handles = network.prepare(message)
    published(network, message, handles=handles)
    (status,) = shown(server, message.parts[0].text)
    assert [media["id"] for media in status["media_attachments"]] == list(handles.values.values())
    assert len(set(handles.values.values())) == 2


@pytest.mark.parametrize("visibility", ["unlisted", "private"])
def test_what_followers_alone_see_is_found_too(workspace, server, visibility):
    network = open_mastodon(workspace, server, visibility=visibility)
    message = workspace.message(text=some("Not for all."), media=())
    receipt = published(network, message)
    assert found(network, message) == receipt


def test_a_picture_without_words_from_an_earlier_ledger_is_for_a_person(workspace, gotosocial):
    with pytest.raises(CannotTell):
        found(open_mastodon(workspace, gotosocial), workspace.message(text=""), ())


def test_a_post_that_a_server_took_without_its_pictures_is_found_by_its_words(workspace, mastodon):
    network = open_mastodon(workspace, mastodon)
    message = workspace.message(text=some("Pictures gone."))
    handles = Handles(dict.fromkeys(network.prepare(message).values, "999999999"))
    receipt = published(network, message, handles=handles)
    assert found(network, message, (handles,)) == receipt


def many(server, number, at, text="Earlier."):
    for _ in range(number):
        status = server.status(ulid(), {"status": text}, [])
        server.posted.append({**status, "created_at": stamp(at)})


def test_every_page_is_read_until_a_post_is_older(workspace, gotosocial):
    with Lossy(gotosocial.url) as lossy:
        network = open_mastodon(workspace, gotosocial, url=lossy.url)
        many(gotosocial, 100, since() - timedelta(hours=1))
        message = workspace.message(text=some("Below the fold."), media=())
        receipt = published(network, message)
        many(gotosocial, 90, datetime.now(UTC))
        assert found(network, message) == receipt
        lossy.log.clear()
        assert found(network, workspace.message(text="Never sent.", media=())) is None
        assert sum("/statuses" in seen.path for seen in lossy.log) == 3


AHEAD = timedelta(minutes=20)


def test_a_lost_post_is_found_while_our_clock_is_ahead_of_the_servers(workspace, gotosocial):
    with Lossy(gotosocial.url) as lossy:
        network = open_mastodon(workspace, gotosocial, url=lossy.url, ahead=AHEAD)
        message = workspace.message(text=some("Ahead."), media=())
        lossy.plan("POST", STATUSES, "drop")
        with pytest.raises(Unconfirmed):
            published(network, message)
        assert found(network, message, at=since() + AHEAD).remote_id == gotosocial.posted[-1]["id"]
        assert abs(network.clock_ahead() - AHEAD) < timedelta(minutes=1)


@pytest.mark.parametrize("ahead", [-AHEAD, timedelta(0)])
def test_a_clock_that_is_not_ahead_changes_nothing(workspace, gotosocial, ahead):
    many(gotosocial, 1, datetime.now(UTC) - timedelta(seconds=30), "Every week.")
    network, message = (
        open_mastodon(workspace, gotosocial, ahead=ahead),
        workspace.message(text="Every week.", media=()),
    )
    assert network.clock_ahead() is None
    assert found(network, message, at=datetime.now(UTC) - timedelta(seconds=25)) is None
    assert found(network, message, at=datetime.now(UTC) - timedelta(seconds=35))


def boost(status, owner, at):
    """A status of the account `owner` that shows another one."""
    shown = {**status, "id": ulid(), "created_at": stamp(at), "reblog": status}
    return {**shown, "account": {**status["account"], "id": owner}}


def test_what_we_boosted_is_not_ours(workspace, gotosocial):
    network = open_mastodon(workspace, gotosocial)
    message = workspace.message(text=some("Ours."), media=())
    receipt = published(network, message)
    ours = gotosocial.posted[-1]
    someone, old = {**ours["account"], "id": "01J0SOMEONE"}, since() - timedelta(days=9)
    many(gotosocial, 2, datetime.now(UTC), message.parts[0].text)
    gotosocial.posted[-1]["account"], gotosocial.posted[-1]["created_at"] = someone, stamp(old)
    gotosocial.posted[-2]["account"] = someone
    gotosocial.posted.append(boost(ours, ours["account"]["id"], datetime.now(UTC)))
    assert found(network, message) == receipt


def test_a_page_of_what_others_wrote_is_no_end(workspace, gotosocial):
    network = open_mastodon(workspace, gotosocial)
    many(gotosocial, 50, datetime.now(UTC))
    for status in gotosocial.posted:
        status["account"] = {**status["account"], "id": "01J0SOMEONE"}
    with pytest.raises(CannotTell):
        found(network, workspace.message(text="Never sent.", media=()))


def test_the_same_words_of_an_earlier_day_are_another_post(workspace, gotosocial):
    many(gotosocial, 1, since() - timedelta(days=1), "Every week.")
    assert found(open_mastodon(workspace, gotosocial), workspace.message(text="Every week.", media=())) is None


def test_who_posts_a_thousand_times_is_asked(workspace, gotosocial):
    many(gotosocial, 1001, datetime.now(UTC))
    with pytest.raises(CannotTell, match="25 pages"):
        found(open_mastodon(workspace, gotosocial), workspace.message(text="Never sent.", media=()))


@pytest.mark.parametrize("body", [{}, {"error": "Later."}, [{}], [None], "[]"])
def test_a_look_that_is_not_a_list_of_posts_is_no_look(workspace, mastodon, body):
    network = open_mastodon(workspace, mastodon)
    path = f"/api/v1/accounts/{network.identify().keep['account_id']}/statuses"
    mastodon.faults("GET", path, type="status", status=200, body=body)
    with pytest.raises(Unavailable):
        found(network, workspace.message(text="Never sent.", media=()))


def test_pictures_are_waited_for(workspace, gotosocial):
    network = open_mastodon(workspace, gotosocial)
    message = workspace.message(media=(workspace.picture("#111111"), workspace.picture("#222222")))
    handles = network.prepare(message)
    assert len(handles.values) == 2
    assert timedelta(hours=19, minutes=59) < handles.expires_at - datetime.now(UTC) <= timedelta(hours=20)
    assert published(network, message, handles=handles)


def test_a_server_that_works_on_a_picture_for_ever_is_not_waited_for(workspace, gotosocial):
    gotosocial.polls = 1000
    with pytest.raises(Unavailable, match="still working"):
        open_mastodon(workspace, gotosocial, seconds=0.5).prepare(workspace.message())


def test_a_picture_that_is_not_ready_is_sent_later(workspace, gotosocial):
    network = open_mastodon(workspace, gotosocial)
    message = workspace.message()
    handles = network.prepare(message)
    gotosocial.pictures[next(iter(handles.values.values()))].polls = 1
    with pytest.raises(Unavailable, match="finished processing"):
        published(network, message, handles=handles)
    assert gotosocial.posted == []


def test_words_alone_leave_nothing_to_expire(workspace, gotosocial):
    assert open_mastodon(workspace, gotosocial).prepare(workspace.message(media=())) == Handles()


def test_an_upload_whose_answer_is_lost_is_made_again(workspace, server, lossy):
    network = open_mastodon(workspace, server, url=lossy.url)
    lossy.plan("POST", "/api/v2/media", *LOST)
    for _ in LOST:
        with pytest.raises(Unavailable):
            network.prepare(workspace.message())
    assert network.prepare(workspace.message()).values


def test_too_many_requests_say_when_to_come_back(workspace, gotosocial):
    network = open_mastodon(workspace, gotosocial)
    message = workspace.message(text=some("Too many."), media=())
    for ask in (lambda: published(network, message), lambda: found(network, message), network.identify):
        gotosocial.busy = 1
        with pytest.raises(RateLimited) as raised:
            ask()
        assert timedelta(minutes=4) < raised.value.retry_at - datetime.now(UTC) < timedelta(minutes=6)
    assert gotosocial.posted == []


def test_a_lock_on_the_key_leaves_it_unconfirmed(workspace, mastodon):
    mastodon.faults("POST", STATUSES, type="status", status=503, body={"error": "There was a temporary problem"})
    with pytest.raises(Unconfirmed, match="temporary problem"):
        published(open_mastodon(workspace, mastodon), workspace.message(text=some("Locked."), media=()))


@pytest.mark.parametrize("status", [404, 410])
def test_what_was_deleted_there_is_not_posted_again(workspace, mastodon, status):
    mastodon.faults("POST", STATUSES, type="status", status=status, body={"error": "Record not found"})
    with pytest.raises(Rejected, match="deleted there"):
        published(open_mastodon(workspace, mastodon), workspace.message(text=some("Deleted."), media=()))


@pytest.mark.parametrize("body", [{}, {"id": "1"}, {"id": "1", "scheduled_at": "2026-12-01T09:00:00Z"}, []])
def test_a_success_without_the_post_is_unconfirmed(workspace, mastodon, body):
    mastodon.faults("POST", STATUSES, type="status", status=200, body=body)
    with pytest.raises(Unconfirmed):
        published(open_mastodon(workspace, mastodon), workspace.message(text=some("Odd."), media=()))


def test_a_success_with_a_post_of_another_account_is_unconfirmed(workspace, gotosocial):
    message = workspace.message(text=some("Whose?"), media=())
    kept = {"token": gotosocial.token, "account_id": "01J0SOMEONE"}
    with pytest.raises(Unconfirmed, match="not with the post of ours"):
        published(open_mastodon(workspace, gotosocial, secrets=kept), message)


def test_pictures_that_a_post_has_taken_are_said_to_be_taken(workspace, gotosocial):
    network, message = open_mastodon(workspace, gotosocial), workspace.message(text=some("Taken."))
    handles = network.prepare(message)
    receipt = published(network, message, handles=handles)
    with pytest.raises(Taken, match="already attached"):
        published(network, message, handles=handles)
    assert found(network, message, (handles,)) == receipt


@pytest.mark.parametrize(
    ("told", "fits"),
    [("https://a.example/@füße/1", True), ("http://a.example", True), ("https://", False), ("https://a b", False)]
    + [(odd, False) for odd in (None, 1, [], "", "ftp://a.example", "https://a.example/\x00", "\nhttps://a.example")],
)
def test_an_address_is_one_that_can_be_shown(told, fits):
    assert is_address(told) is fits


def test_the_owner_is_named_with_the_server(workspace, server):
    network = open_mastodon(workspace, server)
    identity = network.identify()
    assert identity.name.startswith("@")
    assert identity.name.endswith("@127.0.0.1")
    assert identity.id == f"{identity.keep['account_id']}@{server.url.partition('//')[2]}"
    assert isinstance(identity.automated, bool)
    again = open_mastodon(workspace, server, secrets={"token": server.token, **identity.keep})
    assert again.server.owner() == network.server.owner() == identity.keep["account_id"]


def test_who_we_are_is_asked_once(workspace, server, lossy):
    network = open_mastodon(workspace, server, url=lossy.url)
    for _ in range(3):
        found(network, workspace.message(text="Never sent.", media=()))
    assert sum("verify_credentials" in seen.path for seen in lossy.log) == 1


def test_limits_that_a_server_announces_are_read(workspace, mastodon, gotosocial):
    told = open_mastodon(workspace, gotosocial).announced()
    assert told == {"text_max": 5000, "images_max": 6, "image_bytes_max": 41_943_040, "alt_max": 1500}
    told = open_mastodon(workspace, mastodon).announced()
    assert (told["text_max"], told["images_max"]) == (500, 4)


def test_an_old_server_is_asked_in_the_old_way(workspace, mastodon):
    network = open_mastodon(workspace, mastodon)
    new = network.announced()
    mastodon.faults("GET", "/api/v2/instance", type="status", status=404, body={"error": "Not found"})
    assert network.announced().items() <= new.items()
    mastodon.faults("GET", "/api/v2/instance", type="status", status=404, body={"error": "Not found"})
    assert network.announced()["text_max"] == 500


@pytest.mark.parametrize(
    "told",
    [{}, {"configuration": None}, {"configuration": {"statuses": None}}, {"configuration": []}]
    + [{"configuration": {"statuses": {"max_characters": value}}} for value in ("500", 0, -1, True, None, 1.5)],
)
def test_limits_that_make_no_sense_are_not_taken(told):
    assert answers.limits_in(told) == {}


def test_the_box_is_ticked_where_the_token_may(workspace, mastodon):
    network, path = open_mastodon(workspace, mastodon), "/api/v1/accounts/update_credentials"
    mastodon.faults("PATCH", path, type="status", status=200, body={"bot": True})  # that server reads forms only
    assert network.label() is True
    refusal = {"error": "This action is outside the authorized scopes"}
    mastodon.faults("PATCH", path, type="status", status=403, body=refusal)
    assert network.label() is False
    with pytest.raises(Unauthorized):
        open_mastodon(workspace, mastodon, secrets={"token": "wrong"}).label()


def test_a_network_says_what_it_can(workspace, gotosocial):
    network = open_mastodon(workspace, gotosocial)
    assert isinstance(network, Identifies)
    assert isinstance(network, Announces)
    assert isinstance(network, Labels)
    assert isinstance(network, Clocked)
    assert [(ask.name, ask.secret) for ask in network.asks] == [("server", False), ("token", True)]
    assert all(isinstance(ask, Ask) for ask in network.asks)


@pytest.mark.parametrize("token", ["wrong-token-of-ours", "", "zwölf", "two\nlines"])
def test_a_wrong_token_asks_to_connect_again(workspace, server, token):
    network = open_mastodon(workspace, server, secrets={"token": token})
    message, pictured = workspace.message(text=some("Wrong."), media=()), workspace.message()
    for ask in (
        lambda: network.prepare(pictured),
        lambda: published(network, message),
        lambda: found(network, message),
        network.identify,
    ):
        with pytest.raises(Unauthorized, match="bot connect studio") as raised:
            ask()
        assert not token or token not in str(raised.value)
    assert not shown(server, message.parts[0].text)


@pytest.mark.parametrize(
    ("status", "words", "meant"),
    [
        (401, "The access token is invalid", Unauthorized),
        (403, "This action is outside the authorized scopes", Unauthorized),
        (403, "Your login is currently disabled", Unauthorized),
        (403, "Your login is missing a confirmed e-mail address", Unauthorized),
        (403, "Your account requires two-factor authentication", Unauthorized),
        (403, "Your account has been suspended", Unauthorized),
        (422, "This method requires an authenticated user", Unauthorized),
        (403, "This action is not allowed", Rejected),
        (404, "Record not found", Rejected),
        (404, "", Unavailable),
        (403, "", Unavailable),
        (422, "Validation failed: Text character limit of 500 exceeded", Rejected),
        (400, "Bad Request: status too long", Rejected),
        (422, "Media 11, 22 not found or already attached to another post", Taken),
        (400, "media already attached to status: 01J0", Taken),
        (400, "media not found: 01J0", HandlesGone),
        (422, "Cannot attach files that have not finished processing. Try again in a moment!", Unavailable),
        (422, "File type of uploaded media could not be verified", Rejected),
        (429, "Too many requests", RateLimited),
        (500, "Error processing thumbnail for uploaded media", Unconfirmed),
        (503, "There was a temporary problem serving your request, please try again", Unconfirmed),
    ],
)
def test_a_refusal_means_what_its_words_say(workspace, gotosocial, status, words, meant):
    wire = open_mastodon(workspace, gotosocial).server.wire
    answer = Answer(status, {}, {"error": words} if words else None, "<h1>Not here</h1>")
    meaning = wire.meaning(answer, irreversible=True)
    assert isinstance(meaning, meant)
    assert isinstance(meaning, HandlesGone) is (meant is HandlesGone)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("A & B < C", "<p>A &amp; B &lt; C</p>"),
        ("One.\n\nTwo.\nThree.", "<p>One.</p><p>Two.<br />Three.</p>"),
        (
            "See https://example.com/a/very/long/path",
            LINK,
        ),
        (
            "Hi @alice@example.org.\n\n@bob #tea",
            MENTION,
        ),
        ("Hi @nobody@example.org", "<p>Hi @nobody@example.org</p>"),
        ("Zwo\u0308lf", "<p>Zwölf</p>"),
        ("mail@example.com", "<p>mail@example.com</p>"),
    ],
)
def test_words_are_known_again_in_what_a_server_makes_of_them(text, content):
    assert answers.words(text) == answers.words_of({"content": content})


@pytest.mark.parametrize(("tag", "language"), [("de-AT", "de"), ("EN", "en"), ("nds", "nds"), ("", ""), ("x1", "")])
def test_a_language_is_told_in_its_letters(tag, language):
    assert answers.language_of(tag) == language


@pytest.mark.parametrize(
    ("status", "url"),
    [
        ({"url": None, "uri": "https://a.example/users/us/statuses/1"}, "https://a.example/users/us/statuses/1"),
        ({"url": "https://a.example/@us/1", "uri": "https://a.example/x"}, "https://a.example/@us/1"),
        ({"url": "javascript:alert(1)"}, None),
        ({"url": "https://a.example/@us/1 2"}, None),
        ({"url": "https://a.example/@us/1\x1b[2J"}, None),
        ({"url": "https://a.example/@us/\u202e1"}, None),
        ({"url": ["https://a.example/@us/1"]}, None),
        ({}, None),
    ],
)
def test_the_address_of_a_status_is_one(status, url):
    receipt = answers.receipt_of({"id": "1", "created_at": "2026-12-01T09:00:00.000Z", **status})
    assert (receipt and receipt.url) == url


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.datetimes().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
NAMES = ("id", "url", "uri", "created_at", "content", "media_attachments", "configuration", "statuses")
TIMES = st.sampled_from(["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-12-01T09:00:00.000Z"])
ODD_TABLES = st.dictionaries(st.sampled_from(NAMES), ODD | TIMES | st.just("https://a.example/@us/1"))


@given(ODD_TABLES, ODD)
def test_odd_answers_are_no_posts_and_no_limits_but_never_a_crash(table, odd):
    assert isinstance(answers.receipt_of(table), Receipt | None)
    assert answers.receipt_of(odd) is None or isinstance(odd, dict)
    assert all(isinstance(one, str) for one in (answers.words_of(table), *answers.media_of(table)))
    for told in (table, {"configuration": table}, {"configuration": {"statuses": odd, "media_attachments": table}}):
        assert all(type(value) is int and value > 0 for value in answers.limits_in(told).values())
    assert isinstance(answers.meaning(Answer(422, {}, odd), str(odd)), NetworkError | None)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/@us/109",
        "https://a.example/@us/109/?lang=en#top",
        "https://a.example/users/us/statuses/109",
        "https://a.example/@us@b.example/109/",
    ],
)
def test_an_address_that_a_person_gives_names_its_post(url):
    assert id_in(Receipt("", url, since()), answers.ENDING) == "109"
    assert id_in(Receipt("110", url, since()), answers.ENDING) == "110"


@pytest.mark.parametrize("url", ["", "https://a.example/@us", "https://a.example", "https://[", "it is there"])
def test_a_thread_does_not_go_on_after_an_address_that_names_no_post(workspace, gotosocial, url):
    message = workspace.message(text=some("Second."), media=())
    with pytest.raises(Rejected, match="not the address of a post"):
        published(open_mastodon(workspace, gotosocial), message, after=Receipt("", url, since()))


@pytest.mark.parametrize(
    ("settings", "wrong"),
    [
        ({"server": "https://a.example"}, 0),
        ({"server": "https://a.example", "visibility": "private"}, 0),
        ({}, 1),
        ({"server": "http://a.example"}, 1),
        ({"server": "https://a.example", "visibility": "direct"}, 1),
        ({"server": "https://a.example", "token": "oops"}, 1),
    ],
)
def test_settings_are_checked(settings, wrong):
    assert len(check_settings("mastodon", settings)) == wrong


@cache
def specification():
    """The official description, its server any, without OAuth; a status may have both words and pictures.

    The validator cannot read the bytes of a file, and the key's header is described wrongly.
    """
    told = json.loads(reference("specs/mastodon-fixed.json").read_text())
    told["servers"] = [{"url": "/"}]
    for methods in told["paths"].values():
        for operation in methods.values():
            operation.pop("security", None)
            parameters = operation.get("parameters") or []
            operation["parameters"] = [p for p in parameters if p["name"] != "Idempotency-Key"]
    schema = told["paths"][STATUSES]["post"]["requestBody"]["content"]["application/json"]["schema"]
    schema["anyOf"] = schema.pop("oneOf")
    form = told["paths"]["/api/v2/media"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    form["properties"]["file"] = {}
    return told


def undocumented(request):
    """Names in a request that the specification does not have, but for those whose reason stands in the adapter."""
    told, (path, _, query) = specification(), request.path_url.partition("?")
    path = re.sub(r"/[0-9A-Z]{26}", "/{id}", path)
    asked = told["paths"][path][request.method.lower()]
    names = set(parse_qs(query)) - {parameter["name"] for parameter in asked["parameters"]} - {"lang"}
    if path != STATUSES:
        return names
    known = {*told["components"]["schemas"]["BaseStatus"]["properties"], "status", "media_ids"}
    return names | set(json.loads(request.body)) - known


def test_every_request_is_one_that_the_specification_knows(workspace, gotosocial):
    core, adapters = judge("openapi_core"), judge("openapi_core.contrib.requests")
    official = core.OpenAPI.from_dict(specification(), config=core.Config(spec_validator_cls=None))
    network, sent = open_mastodon(workspace, gotosocial), []
    network.server.wire.session.hooks["response"].append(lambda answer, **_: sent.append(answer.request))
    message = workspace.message(text=some("By the book."))
    handles = network.prepare(message)
    receipt = published(network, message, handles=handles)
    published(network, workspace.message(text=some("By the book too."), media=()), after=receipt)
    many(gotosocial, 50, datetime.now(UTC))
    assert found(network, message, (handles,)) == receipt
    network.announced()
    with pytest.raises(NetworkError):
        network.label()  # which this server does not know
    assert len({(request.method, request.path_url.partition("?")[0]) for request in sent}) == 7
    for request in sent:
        official.validate_request(adapters.RequestsOpenAPIRequest(request))
        assert undocumented(request) == set()
    wrong = next(
        request.copy() for request in sent if request.method == "POST" and request.path_url.startswith(STATUSES)
    )
    wrong.body = b'{"status": 1}'
    with pytest.raises(Exception, match="validation error"):
        official.validate_request(adapters.RequestsOpenAPIRequest(wrong))
