"""Bluesky, on its own reference server: what is published, what is found again, what is refused."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import requests
from PIL import Image

from bot.errors import CannotTell, Rejected, Unauthorized, Unavailable, Unconfirmed
from bot.keys import part_key
from bot.model import Receipt
from bot.networks import check_settings
from bot.networks.base import Announces, Identifies, Labels
from tests.networks.open_bluesky import key, noise, open_bluesky, thread
from tests.reference import judge
from tests.servers.lossy import Lossy

PUT = "/xrpc/com.atproto.repo.putRecord"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def someone(pds):
    return pds.create_account()


@pytest.fixture
def bluesky(workspace, pds, someone):
    return open_bluesky(workspace, pds, someone)


def publish(network, message, at, after=None, part=0):
    return network.publish(message.parts[part], message, network.prepare(message), at, after)


def find(network, message, at, handles=(), *, since=LONG_AGO, part=0):
    return network.find(message.parts[part], message, handles, at, since)


def test_a_post_arrives_with_its_words_its_picture_and_its_alt_text(bluesky, workspace, pds, someone):
    message = workspace.message(text="Feet are wide. 🦶 #ashiatsu\n\nhttps://example.com/book")
    at = key()
    receipt = publish(bluesky, message, at)
    (posted,) = pds.posts(someone.did)
    assert (receipt.remote_id, receipt.url) == (at, f"https://bsky.app/profile/{someone.did}/post/{at}")
    assert posted["uri"] == f"at://{someone.did}/app.bsky.feed.post/{at}"
    assert posted["value"]["text"] == message.parts[0].text
    assert posted["value"]["langs"] == ["en"]
    assert "tags" not in posted["value"]
    assert datetime.fromisoformat(posted["value"]["createdAt"]) == receipt.at
    (shown,) = posted["value"]["embed"]["images"]
    assert (shown["alt"], shown["aspectRatio"]) == ("Words on green.", {"width": 108, "height": 135})
    assert (shown["image"]["mimeType"], shown["image"]["size"]) == ("image/jpeg", message.parts[0].media[0].size)
    kinds = [facet["features"][0]["$type"].partition("#")[2] for facet in posted["value"]["facets"]]
    assert kinds == ["tag", "link"]
    blob = {"did": someone.did, "cid": shown["image"]["ref"]["$link"]}
    content = requests.get(f"{pds.url}/xrpc/com.atproto.sync.getBlob", blob, timeout=10).content
    assert content == (workspace.media / f"{message.parts[0].media[0].sha256}.jpg").read_bytes()


def test_the_official_client_reads_our_record(bluesky, workspace, pds, someone):
    message = workspace.message(text=f"By @{someone.handle}, see https://example.com/a_(b) #feet")
    at = key()
    publish(bluesky, message, at)
    api = judge("atproto").Client(base_url=f"{pds.url}/xrpc")
    with closing(api.request):
        api.login(someone.handle, someone.password, fetch_bsky_profile=False)
        read = api.get_post(at, someone.did)
    assert read.value.text == message.parts[0].text
    assert read.value.embed.images[0].alt == "Words on green."
    assert read.value.embed.images[0].aspect_ratio.height == 135
    said = read.value.text.encode()
    mention, link, tag = read.value.facets
    assert (mention.features[0].did, link.features[0].uri, tag.features[0].tag) == (
        someone.did,
        "https://example.com/a_(b)",
        "feet",
    )
    assert said[tag.index.byte_start : tag.index.byte_end] == b"#feet"
    assert said[mention.index.byte_start : mention.index.byte_end].decode() == f"@{someone.handle}"


def test_a_handle_that_nobody_has_stays_plain_text(bluesky, workspace, pds, someone):
    publish(bluesky, workspace.message(text="By @nobody-has-this.test and @feet"), key())
    assert "facets" not in pds.posts(someone.did)[0]["value"]


def test_a_post_needs_no_picture(bluesky, workspace, pds, someone):
    publish(bluesky, workspace.message(media=()), key())
    assert "embed" not in pds.posts(someone.did)[0]["value"]


def test_four_pictures_keep_their_order(bluesky, workspace, pds, someone):
    media = tuple(workspace.picture(colour, alt=colour) for colour in ("#111111", "#222222", "#333333", "#444444"))
    publish(bluesky, workspace.message(media=media), key())
    shown = pds.posts(someone.did)[0]["value"]["embed"]["images"]
    assert [image["alt"] for image in shown] == [picture.alt for picture in media]


def test_preparing_shows_nothing(bluesky, workspace, pds, someone):
    message = workspace.message()
    assert bluesky.prepare(message).expires_at > datetime.now(UTC) + timedelta(minutes=5)
    assert pds.posts(someone.did) == []
    assert find(bluesky, message, key()) is None


def test_what_was_published_is_found_with_the_same_receipt(bluesky, workspace, pds, someone):
    message, at = workspace.message(), key()
    handles = bluesky.prepare(message)
    receipt = bluesky.publish(message.parts[0], message, handles, at, None)
    assert receipt.at.utcoffset() == timedelta(0)
    assert find(bluesky, message, at, (handles,)) == find(bluesky, message, at) == receipt
    assert find(bluesky, message, key(), (handles,)) is None
    assert find(open_bluesky(workspace, pds, someone), message, at) == receipt


def test_one_key_publishes_once_whatever_the_bytes(bluesky, workspace, pds, someone):
    message, at = workspace.message(), key()
    handles = bluesky.prepare(message)
    first = bluesky.publish(message.parts[0], message, handles, at, None)
    same = bluesky.publish(message.parts[0], message, handles, at, None)
    later = bluesky.publish(message.parts[0], message, bluesky.prepare(message), at, None)
    other = publish(bluesky, workspace.message(text="Other words."), at)
    assert first == same == later == other
    assert [record["value"]["text"] for record in pds.posts(someone.did)] == ["Feet are wide."]


def test_twenty_threads_with_one_key_publish_once(bluesky, workspace, pds, someone):
    message, at = workspace.message(), key()
    with ThreadPoolExecutor(20) as pool:
        receipts = set(pool.map(lambda _: publish(bluesky, message, at), range(20)))
    assert len(receipts) == len(pds.posts(someone.did)) == 1


def test_a_key_that_is_taken_cannot_be_told_apart_while_the_server_is_silent(workspace, pds, someone):
    message, at = workspace.message(), key()
    with Lossy(pds.url) as lossy:
        bluesky = open_bluesky(workspace, pds, someone, lossy.url)
        publish(bluesky, message, at)
        lossy.plan("GET", "/xrpc/com.atproto.repo.getRecord", "bad_gateway")
        with pytest.raises(Unconfirmed, match="InvalidSwap"):
            publish(bluesky, workspace.message(text="Other words."), at)


@pytest.mark.parametrize("fate", ["drop", "cut", "reset", "bad_gateway", "lie"])
def test_a_lost_answer_is_unconfirmed_and_the_post_is_found(workspace, pds, someone, fate):
    message, at = workspace.message(), key()
    with Lossy(pds.url) as lossy:
        bluesky = open_bluesky(workspace, pds, someone, lossy.url)
        handles = bluesky.prepare(message)
        lossy.plan("POST", PUT, fate)
        with pytest.raises(Unconfirmed):
            bluesky.publish(message.parts[0], message, handles, at, None)
        assert [seen.status for seen in lossy.log if seen.path == PUT] == [200]
        found = find(bluesky, message, at, (handles,))
        assert found == bluesky.publish(message.parts[0], message, handles, at, None)
    assert len(pds.posts(someone.did)) == 1


@pytest.mark.parametrize("fate", ["never", "refuse"])
def test_a_request_that_never_came_is_unconfirmed_and_absent(workspace, pds, someone, fate):
    message, at = workspace.message(), key()
    with Lossy(pds.url) as lossy:
        bluesky = open_bluesky(workspace, pds, someone, lossy.url)
        handles = bluesky.prepare(message)
        lossy.plan("POST", PUT, fate)
        with pytest.raises(Unconfirmed):
            bluesky.publish(message.parts[0], message, handles, at, None)
        assert find(bluesky, message, at, (handles,)) is None


def test_a_server_that_is_not_there_promises_that_nothing_was_posted(workspace, pds, someone):
    message, at = workspace.message(), key()
    with Lossy(pds.url) as lossy:
        bluesky = open_bluesky(workspace, pds, someone, lossy.url)
        handles = bluesky.prepare(message)
        with lossy.closed():
            for call in (
                lambda: bluesky.prepare(message),
                lambda: bluesky.publish(message.parts[0], message, handles, at, None),
                lambda: find(bluesky, message, at),
            ):
                with pytest.raises(Unavailable):
                    call()
    assert pds.posts(someone.did) == []


@pytest.mark.parametrize("fate", ["drop", "bad_gateway", "lie"])
def test_a_look_that_is_not_answered_says_nothing(workspace, pds, someone, fate):
    message = workspace.message()
    with Lossy(pds.url) as lossy:
        bluesky = open_bluesky(workspace, pds, someone, lossy.url)
        publish(bluesky, message, key())
        lossy.plan("GET", "/xrpc/com.atproto.repo.getRecord", fate)
        with pytest.raises(Unavailable):
            find(bluesky, message, key())


def test_a_thread_hangs_together(bluesky, workspace, pds, someone):
    message, at = thread(workspace, "One.", "Two.", "Three."), key()
    handles, receipts = bluesky.prepare(message), []
    for part in message.parts:
        after = receipts[-1] if receipts else None
        receipts.append(bluesky.publish(part, message, handles, part_key(at, part.n), after))
    three, two, one = pds.posts(someone.did)
    assert [posted["value"]["text"] for posted in (one, two, three)] == ["One.", "Two.", "Three."]
    first, second = ({"uri": posted["uri"], "cid": posted["cid"]} for posted in (one, two))
    assert "reply" not in one["value"]
    assert two["value"]["reply"] == {"root": first, "parent": first}
    assert three["value"]["reply"] == {"root": first, "parent": second}
    assert [receipt.at - receipts[0].at for receipt in receipts] == [timedelta(milliseconds=n) for n in range(3)]
    assert [find(bluesky, message, part_key(at, n), (handles,), part=n) for n in range(3)] == receipts


def test_a_thread_goes_on_from_an_address_alone(bluesky, workspace, pds, someone):
    message, at = thread(workspace, "One.", "Two."), key()
    first = publish(bluesky, message, at)
    publish(bluesky, message, part_key(at, 1), Receipt("", first.url, first.at), part=1)
    assert pds.posts(someone.did)[0]["value"]["reply"]["parent"]["uri"].endswith(at)


def test_a_thread_does_not_go_on_from_a_post_that_is_gone(bluesky, workspace, pds, someone):
    message, at = thread(workspace, "One.", "Two."), key()
    first = publish(bluesky, message, at)
    token = pds.session(someone.did, someone.password)["accessJwt"]
    pds.call("com.atproto.repo.deleteRecord", token, repo=someone.did, collection="app.bsky.feed.post", rkey=at)
    with pytest.raises(Rejected, match="gone"):
        publish(bluesky, message, part_key(at, 1), first, part=1)


def test_pictures_that_died_are_uploaded_again(bluesky, workspace, pds, someone):
    message, at = workspace.message(), key()
    elsewhere = open_bluesky(workspace, pds).prepare(message)
    receipt = bluesky.publish(message.parts[0], message, elsewhere, at, None)
    assert find(bluesky, message, at, (elsewhere,)) == receipt
    assert len(pds.posts(someone.did)[0]["value"]["embed"]["images"]) == 1


def test_a_picture_that_died_and_cannot_be_read_posts_nothing(bluesky, workspace, pds, someone):
    message = workspace.message()
    elsewhere = open_bluesky(workspace, pds).prepare(message)
    for picture in workspace.media.iterdir():
        picture.unlink()
    with pytest.raises(Unavailable, match="cannot be read"):
        bluesky.publish(message.parts[0], message, elsewhere, key(), None)
    assert pds.posts(someone.did) == []


def test_a_picture_between_one_and_two_megabytes_goes_as_it_is(bluesky, workspace, pds, someone):
    picture = noise(workspace, 1_000_000)
    assert picture.size < 2_000_000
    publish(bluesky, workspace.message(media=(picture,)), key())
    assert pds.posts(someone.did)[0]["value"]["embed"]["images"][0]["image"]["size"] == picture.size


@pytest.mark.parametrize("least", [2_000_000, 5_300_000])  # too large for the record; for the upload, too
def test_a_server_that_finds_a_picture_too_large_gets_a_smaller_copy(bluesky, workspace, pds, someone, least):
    picture, at = noise(workspace, least, side=1200 if least < 3_000_000 else 2200), key()
    receipt = publish(bluesky, workspace.message(media=(picture, workspace.picture())), at)
    shown, small = pds.posts(someone.did)[0]["value"]["embed"]["images"]
    assert shown["image"]["size"] < 1_000_000
    assert (shown["alt"], shown["aspectRatio"]["width"]) == ("Noise.", picture.width)
    assert small["alt"] == "Words on green."
    assert receipt.remote_id == at
    asked = {"did": someone.did, "cid": shown["image"]["ref"]["$link"]}
    content = requests.get(f"{pds.url}/xrpc/com.atproto.sync.getBlob", asked, timeout=10).content
    with Image.open(BytesIO(content)) as copy:
        assert copy.format == "JPEG"
        assert copy.width / copy.height == pytest.approx(picture.width / picture.height, rel=0.01)


def test_what_breaks_the_rules_is_rejected_in_the_servers_words(bluesky, workspace, pds, someone):
    with pytest.raises(Rejected, match=r"(?i)grapheme"):
        publish(bluesky, workspace.message(text="a" * 301), key())
    with pytest.raises(Rejected, match=r"(?i)record key|rkey|tid"):
        publish(bluesky, workspace.message(), "k1")
    assert pds.posts(someone.did) == []


def test_a_lost_ledger_finds_a_post_by_its_words_and_pictures(bluesky, workspace):
    blue, red = (workspace.message(media=(workspace.picture(colour),)) for colour in ("#0000ff", "#ff0000"))
    receipts = [publish(bluesky, message, key()) for message in (blue, red)]
    assert [find(bluesky, message, key()) for message in (blue, red)] == receipts
    redrawn = workspace.message(media=(workspace.picture("#00ff00"),))
    assert find(bluesky, redrawn, key()) in receipts
    assert find(bluesky, workspace.message(media=()), key()) is None
    assert find(bluesky, workspace.message(text="Other words."), key()) is None
    assert find(bluesky, blue, key(), (bluesky.prepare(blue),)) is None


def test_a_lost_ledger_does_not_take_an_older_post_for_this_one(bluesky, workspace):
    message = workspace.message()
    receipt = publish(bluesky, message, key())
    assert find(bluesky, message, key(), since=receipt.at) == receipt
    assert find(bluesky, message, key(), since=receipt.at + timedelta(seconds=1)) is None


def test_without_words_only_the_very_pictures_tell(bluesky, workspace):
    message = workspace.message(text="")
    receipt = publish(bluesky, message, key())
    assert find(bluesky, message, key()) == receipt
    assert find(bluesky, workspace.message(text="", media=(workspace.picture("#00ff00"),)), key()) is None


def fill(pds, someone, count):
    token = pds.session(someone.did, someone.password)["accessJwt"]
    for start in range(0, count, 200):
        writes = [
            {
                "$type": "com.atproto.repo.applyWrites#create",
                "collection": "app.bsky.feed.post",
                "value": {"$type": "app.bsky.feed.post", "text": f"{n}", "createdAt": "2026-06-01T09:00:00.000Z"},
            }
            for n in range(start, start + min(200, count - start))
        ]
        pds.call("com.atproto.repo.applyWrites", token, repo=someone.did, writes=writes)


def test_a_lost_ledger_looks_through_all_pages(bluesky, workspace, pds, someone):
    message = workspace.message()
    old = "3lzzzzzzzzz22"  # a key of 2025: below all others
    receipt = publish(bluesky, message, old)
    fill(pds, someone, 210)
    assert find(bluesky, message, key()) == receipt
    assert find(bluesky, workspace.message(text="Other."), key()) is None
    assert find(bluesky, message, key(), since=datetime(2026, 7, 1, tzinfo=UTC)) is None  # a whole page is older


def test_a_look_without_an_end_asks_a_person(bluesky, workspace, pds, someone):
    fill(pds, someone, 2600)
    with pytest.raises(CannotTell, match="2500"):
        find(bluesky, workspace.message(), key())


def test_we_learn_who_we_are(bluesky, someone):
    assert isinstance(bluesky, Identifies)
    who = bluesky.identify()
    assert (who.name, who.url) == (f"@{someone.handle}", f"https://bsky.app/profile/{someone.handle}")
    assert who.automated is False
    assert sorted(who.keep) == ["access", "place", "refresh"]
    assert [ask.secret for ask in bluesky.asks] == [False, True]
    assert "App passwords" in bluesky.help


def test_a_label_changes_nothing_else_of_the_profile(bluesky, pds, someone):
    assert isinstance(bluesky, Labels)
    token = pds.session(someone.did, someone.password)["accessJwt"]
    where = {"repo": someone.did, "collection": "app.bsky.actor.profile", "rkey": "self"}
    labels = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "!no-unauthenticated"}]}
    profile = {"$type": "app.bsky.actor.profile", "displayName": "Quiet Feet", "pronouns": "we", "labels": labels}
    pds.call("com.atproto.repo.putRecord", token, record=profile, **where)
    assert bluesky.label() is True
    assert bluesky.identify().automated is True
    read = requests.get(f"{pds.url}/xrpc/com.atproto.repo.getRecord", where, timeout=10).json()
    labels["values"].append({"val": "bot"})
    assert read["value"] == profile
    assert bluesky.label() is True
    assert requests.get(f"{pds.url}/xrpc/com.atproto.repo.getRecord", where, timeout=10).json() == read


def test_an_account_without_a_profile_can_be_labelled(bluesky):
    assert bluesky.label() is True
    assert bluesky.identify().automated is True


def test_a_server_announces_only_what_is_less(bluesky):
    assert isinstance(bluesky, Announces)
    assert bluesky.announced() == {}


def test_settings_are_checked():
    assert check_settings("bluesky", {"handle": "quietfeet.bsky.social"}) == []
    assert check_settings("bluesky", {"handle": "a.test", "service": "https://pds.example"}) == []
    assert "handle is missing" in check_settings("bluesky", {})[0]
    assert "whole and without" in check_settings("bluesky", {"handle": "@quietfeet.bsky.social"})[0]
    assert "whole and without" in check_settings("bluesky", {"handle": "quietfeet"})[0]
    assert "https" in check_settings("bluesky", {"handle": "a.test", "service": "http://pds.example"})[0]


@pytest.mark.parametrize("content", [b"", b"damaged"])
def test_a_damaged_picture_is_rejected_before_anything_is_posted(bluesky, workspace, content):
    message = workspace.message()
    (workspace.media / f"{message.parts[0].media[0].sha256}.jpg").write_bytes(content)
    with pytest.raises(Rejected, match="damaged"):
        bluesky.prepare(message)


def test_a_deactivated_account_is_held(bluesky, workspace, pds, someone):
    message = workspace.message()
    handles = bluesky.prepare(message)
    token = pds.session(someone.did, someone.password)["accessJwt"]
    address, headers = f"{pds.url}/xrpc/com.atproto.server.deactivateAccount", {"Authorization": f"Bearer {token}"}
    assert requests.post(address, json={}, headers=headers, timeout=10).ok
    with pytest.raises(Unauthorized, match=r"deactivated.*bot connect studio-bluesky"):
        bluesky.publish(message.parts[0], message, handles, key(), None)
    with pytest.raises(Unauthorized, match=r"deactivated.*bot connect studio-bluesky"):
        open_bluesky(workspace, pds, someone).prepare(replace(message, post="another"))
