"""Bluesky, on its own reference server: what is published, what is found again, what is refused."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import requests
from PIL import Image

from bot.errors import CannotTell, HandlesGone, Rejected, Unauthorized, Unavailable, Unconfirmed
from bot.keys import part_key
from bot.model import Receipt
from bot.networks import check_settings
from bot.networks.base import Announces, Clocked, Identifies, Labels
from bot.networks.bluesky.network import CALLS, LEAST
from bot.networks.bluesky.records import ENDING
from bot.networks.receipts import id_in
from tests.networks.conftest import Kept
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


@pytest.mark.parametrize("end", ["", "/", "?ref=share#top"])
def test_an_address_that_a_person_gives_names_its_post(end):
    url = f"https://bsky.app/profile/quietfeet.bsky.social/post/3lzzzzzzzzz22{end}"
    assert id_in(Receipt("", url, LONG_AGO), ENDING) == "3lzzzzzzzzz22"


@pytest.mark.parametrize("url", ["", "https://bsky.app/profile/quietfeet.bsky.social", "https://bsky.app/post/12345"])
def test_a_thread_does_not_go_on_after_an_address_that_names_no_post(bluesky, workspace, url):
    with pytest.raises(Rejected, match="not the address of a post"):
        publish(bluesky, thread(workspace, "One.", "Two."), key(), Receipt("", url, LONG_AGO), part=1)


def test_a_thread_does_not_go_on_from_a_post_that_is_gone(bluesky, workspace, pds, someone):
    message, at = thread(workspace, "One.", "Two."), key()
    first = publish(bluesky, message, at)
    token = pds.session(someone.did, someone.password)["accessJwt"]
    pds.call("com.atproto.repo.deleteRecord", token, repo=someone.did, collection="app.bsky.feed.post", rkey=at)
    with pytest.raises(Rejected, match="gone"):
        publish(bluesky, message, part_key(at, 1), first, part=1)


def test_pictures_that_died_are_prepared_again(bluesky, workspace, pds, someone):
    message, at = workspace.message(), key()
    elsewhere = open_bluesky(workspace, pds).prepare(message)
    with pytest.raises(HandlesGone, match="BlobNotFound"):
        bluesky.publish(message.parts[0], message, elsewhere, at, None)
    assert pds.posts(someone.did) == []
    assert publish(bluesky, message, at).remote_id == at


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


def too_large(workspace):
    message = thread(workspace, "One.", "Two.")
    picture = noise(workspace, 2_000_000, side=1200)
    return replace(message, parts=(message.parts[0], replace(message.parts[1], media=(picture,))))


@pytest.mark.parametrize("lost", ["time", "picture"])
def test_a_smaller_copy_that_cannot_be_made_posts_nothing(workspace, pds, someone, lost):
    message = too_large(workspace)
    network = open_bluesky(workspace, pds, someone)
    first = publish(network, message, at := key())
    handles = network.prepare(message)
    if lost == "time":
        network.limits = replace(network.limits, timeout=timedelta(seconds=1))
    else:
        (workspace.media / f"{message.parts[1].media[0].sha256}.jpg").unlink()
    with pytest.raises(Unavailable, match="took too long" if lost == "time" else "cannot be read"):
        network.publish(message.parts[1], message, handles, part_key(at, 1), first)
    assert len(pds.posts(someone.did)) == 1


def test_the_longest_publish_asks_no_more_often_than_it_has_time_for(workspace, pds, someone):
    message, at, kept = too_large(workspace), key(), Kept({"password": pds.app_password(someone)})
    with Lossy(pds.url) as lossy:
        network = open_bluesky(workspace, pds, someone, lossy.url, kept)
        first, handles = publish(network, message, at), network.prepare(message)
        kept.secrets = {**kept.secrets, **{name: pds.expired(kept.secrets[name]) for name in ("access", "refresh")}}
        network._sessions._now = lambda: datetime(2001, 9, 9, 1, 40, tzinfo=UTC)  # the ended token seems alive
        network._sessions._ahead = timedelta(0)
        lossy.log.clear()
        network.publish(message.parts[1], message, handles, part_key(at, 1), first)
        asked = [seen.path.partition("?")[0].rpartition(".")[2] for seen in lossy.log]
        line = network._sessions._wire(lossy.url).session.get_adapter(lossy.url)
    renewed = ["putRecord", "refreshSession", "createSession"]
    assert asked == ["getRecord", *renewed, "putRecord", "uploadBlob", "putRecord"]
    assert len([*asked, "getRecord"]) == CALLS  # the last, where the key is taken meanwhile
    assert line._timeouts == (3.0, 6.0)  # half of an eighth of 96 s; as much again for the rest of the answer
    assert network.limits.timeout / CALLS > LEAST


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


def test_the_servers_clock_is_heard_once_it_has_answered(bluesky):
    assert isinstance(bluesky, Clocked)
    assert bluesky.clock_ahead() is None
    bluesky.identify()
    assert abs(bluesky.clock_ahead()) < timedelta(minutes=1)


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
