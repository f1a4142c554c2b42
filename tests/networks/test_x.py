"""X, against a strict stand-in that judges every request by X's own specification."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import CannotTell, RateLimited, Rejected, Taken, Unauthorized, Unavailable, Unconfirmed
from bot.model import Handles, Part, Receipt
from bot.networks import check_settings, limits_of
from bot.networks.base import Clocked, Identifies, Labels
from bot.networks.receipts import id_in
from bot.networks.x.network import CALLS, LEAST
from bot.networks.x.timeline import ENDING
from tests.networks.conftest import Kept
from tests.networks.open_x import open_x, secrets_of
from tests.servers.lossy import Lossy
from tests.servers.x import XServer

DUPLICATE = "duplicate content"
SHORT, LONG = timedelta(seconds=4), timedelta(seconds=30)  # a stall is waited for, half as long
LONG_AGO = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def x():
    with XServer() as server:
        yield server
        assert server.violations == []
        assert server.twice() == []


@pytest.fixture
def network(workspace, x):
    return open_x(workspace, x)


@pytest.fixture
def lossy(x):
    with Lossy(x.url) as proxy:
        yield proxy


def publish(network, message, handles=None, n=0, after=None):
    handles = handles or network.prepare(message)
    return network.publish(message.parts[n], message, handles, "key", after)


def find(network, message, *handles, n=0, since=LONG_AGO):
    return network.find(message.parts[n], message, handles, "key", since)


def worded(workspace, text, **fields):
    return workspace.message(text=text, media=(), **fields)


def asked(x):
    return [line.operation for line in x.log]


# -- what is sent


def test_a_picture_its_alt_text_and_the_post_go_out_in_this_order(workspace, x, network):
    message = workspace.message(text="Feet are wide.")
    handles = network.prepare(message)
    assert x.posts == []
    receipt = publish(network, message, handles)
    (post,) = x.posts
    assert asked(x) == ["mediaUpload", "createMediaMetadata", "createPosts"]
    assert (post.text, [media.alt for media in post.media]) == ("Feet are wide.", ["Words on green."])
    assert receipt == Receipt(post.id, f"https://x.com/i/web/status/{post.id}", receipt.at)
    assert receipt.at == post.created_at.replace(microsecond=receipt.at.microsecond)


def test_four_pictures_keep_their_order_even_when_two_are_the_same(workspace, x, network):
    colours = ["#000000", "#ffffff", "#000000", "#808080"]
    media = tuple(workspace.picture(colour, alt=f"{n}: {colour}") for n, colour in enumerate(colours))
    publish(network, workspace.message(media=media))
    assert [one.alt for one in x.posts[0].media] == [one.alt for one in media]


def test_uploads_live_as_long_as_x_says(workspace, x, network):
    before = workspace.clock
    handles = network.prepare(workspace.message())
    assert handles.expires_at == before + timedelta(minutes=1, seconds=86_400)
    assert network.prepare(worded(workspace, "No picture.")) == Handles()


@pytest.mark.parametrize("end", ["/status/123", "/status/123/", "/status/123?s=20#top", "/status/123/photo/1"])
def test_an_address_that_a_person_gives_names_its_post(end):
    assert id_in(Receipt("", f"https://x.com/studio{end}", LONG_AGO), ENDING) == "123"
    assert id_in(Receipt("", f"https://x.com/i/web{end}", LONG_AGO), ENDING) == "123"


@pytest.mark.parametrize("url", ["", "https://x.com/studio", "https://x.com/123", "https://x.com/studio/status/one"])
def test_a_thread_does_not_go_on_after_an_address_that_names_no_post(workspace, x, network, url):
    with pytest.raises(Rejected, match="not the address of a post"):
        publish(network, worded(workspace, "Two."), Handles(), 0, Receipt("", url, LONG_AGO))
    assert x.posts == []


# -- what is found


def test_a_post_is_found_by_the_key_of_its_picture(workspace, x, network):
    message, other = workspace.message(text="One."), workspace.message(text="Two.")
    handles, never = network.prepare(message), network.prepare(message)
    receipt = publish(network, message, handles)
    publish(network, other)
    assert find(network, message, never, handles) == receipt
    assert find(network, message, never) is None


def test_without_handles_a_post_is_found_by_its_words(workspace, x, network):
    text = "Wide feet & <firm>  backs:\n\nbook at https://Example.com/a?b=1&c=ü, or example.com/book/. Naïve 🦶🏽"
    message = workspace.message(text=text)
    receipt = publish(network, message)
    assert find(network, message) == receipt
    assert find(open_x(workspace, x), message) == receipt
    assert find(network, workspace.message(text=text.replace("c=ü", "c=o"))) is None


def test_only_what_was_posted_since_then_is_looked_at(workspace, x, network):
    message = worded(workspace, "One.")
    receipt = publish(network, message)
    assert find(network, message, since=receipt.at - timedelta(seconds=1)) == receipt
    assert find(network, message, since=receipt.at + timedelta(seconds=2)) is None
    assert find(network, message, since=workspace.clock + timedelta(days=1)) is None
    assert all(line.status == 200 for line in x.log if line.method == "GET")


def test_every_page_is_looked_at(workspace, x, network):
    x.world.limits["createPosts"] = 1000
    first = worded(workspace, "The first.")
    receipt = publish(network, first)
    for n in range(230):
        publish(network, worded(workspace, f"Fact {n}."))
    assert find(network, first) == receipt
    assert asked(x).count("getUsersPosts") == 3


def test_too_many_posts_to_look_at_are_a_persons_question(workspace, x, network, monkeypatch):
    monkeypatch.setattr("bot.networks.x.timeline.PAGES", 2)
    x.world.limits["createPosts"] = 1000
    for n in range(201):
        publish(network, worded(workspace, f"Fact {n}."))
    with pytest.raises(CannotTell, match="more than 200 posts on X since"):
        find(network, worded(workspace, "Not there."))


def test_pictures_without_words_and_without_handles_are_a_persons_question(workspace, network):
    message = workspace.message(text="")
    handles = network.prepare(message)
    receipt = publish(network, message, handles)
    assert find(network, message, handles) == receipt
    with pytest.raises(CannotTell, match="only a person"):
        find(network, message)


def test_what_the_timeline_does_not_show_yet_is_absent_and_then_found(workspace, x, network):
    x.world.lag_reads = 2
    message = workspace.message()
    handles = network.prepare(message)
    receipt = publish(network, message, handles)
    assert [find(network, message, handles) for _ in range(3)] == [None, None, receipt]


@pytest.mark.parametrize("status", [400, 403, 404, 500, 503])
def test_a_look_that_fails_says_nothing(workspace, x, network, status):
    x.fail_next(status, "getUsersPosts")
    with pytest.raises(Unavailable):
        find(network, worded(workspace, "One."))


@pytest.mark.parametrize(
    "body",
    [{}, {"errors": [{"title": "Not Found Error"}]}, {"meta": {}}, {"meta": {"result_count": 2}}]
    + [
        {"meta": {"result_count": 0}, "errors": [{"title": "Over capacity"}]},
        {"meta": {"result_count": 0}, "data": None},
    ]
    + [{"meta": {}, "data": data} for data in ({}, "?", [None], [{"id": "1"}], [{"id": "one", "text": "One."}])],
)
def test_an_answer_that_is_no_timeline_says_nothing(workspace, x, network, body):
    x.fail_next(200, "getUsersPosts", body=body)
    with pytest.raises(Unavailable, match="did not show our own posts"):
        find(network, worded(workspace, "One."))


def test_an_empty_timeline_is_a_complete_look(workspace, x, network):
    x.fail_next(200, "getUsersPosts", body={"meta": {"result_count": 0}})
    assert find(network, worded(workspace, "One.")) is None


def test_a_timeline_with_posts_is_one_although_something_they_show_is_gone(workspace, x, network):
    body = {"data": [{"id": "1880000000000000000", "text": "One."}], "meta": {"result_count": 1}, "errors": [{}]}
    x.fail_next(200, "getUsersPosts", body=body)
    found = find(network, worded(workspace, "One."), since=datetime(2025, 1, 1, tzinfo=UTC))
    assert found.remote_id == "1880000000000000000"


# -- answers that are lost


@pytest.mark.parametrize("fate", ["drop", "cut", "reset", "bad_gateway", "lie", "stall", "never"])
@pytest.mark.parametrize("path", ["/2/media/upload", "/2/media/metadata", "/2/users"])
def test_whatever_else_is_lost_is_asked_for_again(workspace, x, lossy, fate, path):
    network = open_x(workspace, x, url=lossy.url, timeout=SHORT if fate == "stall" else LONG)
    message = workspace.message()
    lossy.plan("", path, fate)
    with pytest.raises(Unavailable):
        find(network, message, network.prepare(message))
    handles = network.prepare(message)
    assert find(network, message, handles) is None
    assert publish(network, message, handles).remote_id == x.posts[0].id


@pytest.mark.parametrize("body", [{}, {"data": {}}, {"data": {"id": "soon"}}, {"errors": [{"detail": "?"}]}])
def test_an_answer_without_an_id_is_no_receipt(workspace, x, network, body):
    x.fail_next(201, acted=True, body=body)
    with pytest.raises(Unconfirmed, match="did not name it"):
        publish(network, worded(workspace, "One."))


def test_an_answer_with_an_id_is_a_receipt_whatever_else_it_says(workspace, x, network):
    x.fail_next(201, body={"data": {"id": "1880000000000000000"}, "errors": [{"detail": "no preview"}]})
    assert publish(network, worded(workspace, "One.")).remote_id == "1880000000000000000"


# -- the same words twice


def test_a_refused_repetition_finds_the_post_that_got_through(workspace, x, network):
    message = workspace.message()
    handles = network.prepare(message)
    receipt = publish(network, message, handles)
    assert publish(network, message, handles) == receipt


def test_a_refused_repetition_that_cannot_be_seen_yet_is_unconfirmed(workspace, x, network):
    x.world.lag_reads = 1
    message = workspace.message()
    handles = network.prepare(message)
    receipt = publish(network, message, handles)
    with pytest.raises(Taken, match=DUPLICATE):
        publish(network, message, handles)
    assert find(network, message, handles) == receipt


def test_a_refused_repetition_that_cannot_be_looked_for_is_unconfirmed(workspace, x, network):
    message = workspace.message()
    handles = network.prepare(message)
    publish(network, message, handles)
    x.fail_next(503, "getUsersPosts")
    with pytest.raises(Taken, match="cannot be seen now"):
        publish(network, message, handles)


@pytest.mark.parametrize("pictures", [True, False])
def test_the_same_words_may_be_ours_while_they_are_young(workspace, x, network, pictures):
    older = publish(network, worded(workspace, "One.\n\nhttps://example.com/book"))
    message = workspace.message(text="One.\n\nhttps://example.com/book", media=None if pictures else ())
    with pytest.raises(Taken, match=f"perhaps it is {older.url}"):
        publish(network, message)
    workspace.clock += timedelta(hours=2)
    with pytest.raises(Rejected, match=f"already out at {older.url}; change them"):
        publish(network, message)


def test_a_post_of_an_earlier_attempt_that_shows_up_late_is_found_and_never_refused(workspace, x, network):
    message = workspace.message(text="One.")
    message = replace(message, parts=(*message.parts, Part(1, "Two.", message.parts[0].media)))
    earlier, later = network.prepare(message), network.prepare(message)
    first = publish(network, message, earlier)
    second = publish(network, message, earlier, 1, first)
    for n, (receipt, after) in enumerate([(first, None), (second, first)]):
        with pytest.raises(Taken, match=f"perhaps it is {receipt.url}"):
            publish(network, message, later, n, after)
        assert find(network, message, later, earlier, n=n) == receipt


def test_words_after_the_part_before_are_ours_and_words_before_it_are_not(workspace, x, network):
    old = publish(network, worded(workspace, "Three."))
    message = workspace.message(text="One.")
    message = replace(message, parts=(*message.parts, Part(1, "Two."), Part(2, "Three.")))
    first = publish(network, message)
    second = publish(network, message, Handles(), 1, first)
    assert publish(network, message, Handles(), 1, first) == second
    with pytest.raises(Rejected, match=old.url):
        publish(network, message, Handles(), 2, second)


# -- refusals


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        ((401, None), Unauthorized, "connect again with `bot connect studio-x`"),
        ((403, {"detail": "You are not permitted to perform this action."}), Unauthorized, "Read and write"),
        (
            (403, {"detail": "No.", "type": "https://api.x.com/2/problems/client-forbidden"}),
            Unauthorized,
            "console.x.com",
        ),
        ((403, {"detail": "Your client app lacks the oauth1 app permissions."}), Unauthorized, "bot connect studio-x"),
        ((403, {"detail": "Your account is suspended."}), Unauthorized, "suspended"),
        ((429, {"title": "UsageCapExceeded", "detail": "Usage cap exceeded: Monthly"}), Unauthorized, "console.x.com"),
        ((403, {"detail": "This looks automated. Please try again later."}), Unavailable, "try again later"),
        ((403, {"detail": "A post may carry one cashtag at most."}), Rejected, "one cashtag"),
        ((400, {"errors": [{"message": "too long"}, {"message": "no link"}]}), Rejected, "too long; no link"),
        ((404, None), Unavailable, "404"),
        ((500, None), Unconfirmed, "Internal Error"),
        ((502, None), Unconfirmed, "502"),
        ((503, None), Unconfirmed, "503"),
        ((302, None), Unconfirmed, "302"),
    ],
)
def test_each_refusal_says_what_to_do(workspace, x, answer, error, words):
    network, (status, body) = open_x(workspace, x), answer
    x.fail_next(status, body=body)
    with pytest.raises(error, match=words) as told:
        publish(network, worded(workspace, "One."))
    assert isinstance(told.value, error)
    assert x.posts == []


def test_without_credits_the_owner_is_told_where_to_buy_them(workspace, x, network):
    x.world.credits = 0
    with pytest.raises(Unauthorized, match=r"no credits left: top up at console.x.com, then `bot connect studio-x`"):
        publish(network, worded(workspace, "One."))


def test_one_post_too_many_waits_until_x_says(workspace, x, network):
    x.world.limits["createPosts"] = 1
    publish(network, worded(workspace, "One."))
    with pytest.raises(RateLimited) as told:
        publish(network, worded(workspace, "Two."))
    assert told.value.retry_at == x.posts[0].created_at + timedelta(minutes=15)


def test_an_app_that_may_only_read_is_refused_before_anything_is_uploaded(workspace, x, network):
    x.world.users["studio"] = replace(x.user("studio"), may_write=False)
    with pytest.raises(Unauthorized, match="an access token made after that"):
        network.prepare(workspace.message())


@pytest.mark.parametrize(("status", "error"), [(500, Unavailable), (400, Rejected), (404, Unavailable)])
def test_an_upload_that_fails_has_shown_nothing(workspace, x, network, status, error):
    for operation in ("mediaUpload", "createMediaMetadata"):
        x.fail_next(status, operation)
        with pytest.raises(error):
            network.prepare(workspace.message())


def test_a_picture_that_x_does_not_name_is_uploaded_again(workspace, x, network):
    x.fail_next(200, "mediaUpload", body={"errors": [{"title": "?"}]})
    with pytest.raises(Unavailable, match="did not name it"):
        network.prepare(workspace.message())


def test_pictures_that_x_has_forgotten_are_a_matter_of_time_not_of_words(workspace, x, network):
    message = workspace.message()
    handles = network.prepare(message)
    workspace.clock += timedelta(days=2)
    with pytest.raises(Unavailable, match="media IDs are invalid"):
        publish(network, message, handles)


# -- who we are


def test_keys_say_whose_they_are(workspace, x, network):
    identity = network.identify()
    user = x.user("studio")
    assert (identity.name, identity.url, identity.automated) == ("@studio", "https://x.com/studio", None)
    assert identity.keep == {"user_id": user.id}
    assert isinstance(network, Identifies)


def test_the_longest_publish_asks_no_more_often_than_it_has_time_for(workspace, x, network):
    message = workspace.message()
    handles = network.prepare(message)
    publish(open_x(workspace, x), message, handles)
    before = len(asked(x))
    publish(network, message, handles)  # whose keys these are is not known yet
    line = network.wire.session.get_adapter(network.wire.base)
    assert asked(x)[before:] == ["createPosts", "getUsersMe", "getUsersPosts"]
    assert len(asked(x)[before:]) == CALLS
    assert line._timeouts == (5.0, 15.0)  # half of a third of 90 s; as much again for the rest of the answer
    assert network.limits.timeout / CALLS > LEAST


def test_xs_clock_is_heard_once_it_has_answered(network):
    assert isinstance(network, Clocked)
    assert network.clock_ahead() is None
    network.identify()
    assert isinstance(network.clock_ahead(), timedelta)


def test_only_a_person_can_set_the_label(network):
    assert isinstance(network, Labels)
    assert network.label() is False
    assert "Automation" in network.how


def test_each_of_the_four_keys_counts(workspace, x):
    for name in secrets_of(x):
        wrong = {**secrets_of(x), name: "1700000000000000001-wrong"}
        with pytest.raises(Unauthorized, match="bot connect studio-x"):
            open_x(workspace, x, kept=Kept(wrong)).identify()
        with pytest.raises(Unauthorized, match=f"lacks its {name}: `bot connect studio-x`"):
            open_x(workspace, x, kept=Kept({**wrong, name: ""})).identify()


def test_keys_that_were_changed_meanwhile_are_used_at_once(workspace, x):
    kept = Kept({**secrets_of(x), "api_secret": "old"})
    network = open_x(workspace, x, kept=kept)
    with pytest.raises(Unauthorized):
        network.identify()
    kept.secrets = secrets_of(x)
    assert network.identify().name == "@studio"
    kept.secrets = secrets_of(x, "clinic")
    assert network.identify().name == "@clinic"


def test_a_timeline_is_ours_by_the_id_that_was_kept(workspace, x):
    network = open_x(workspace, x, kept=Kept({**secrets_of(x), "user_id": x.user("studio").id}))
    message = worded(workspace, "One.")
    receipt = publish(network, message)
    assert find(network, message) == receipt
    assert asked(x) == ["createPosts", "getUsersPosts"]


def test_whose_keys_these_are_is_asked_once_and_kept(workspace, x):
    kept = Kept(secrets_of(x))
    for network in (open_x(workspace, x, kept=kept) for _ in range(3)):
        assert find(network, worded(workspace, "One.")) is None
    assert asked(x).count("getUsersMe") == 1
    assert kept.secrets["user_id"] == x.user("studio").id


def test_settings_are_an_address_that_keys_may_be_sent_to():
    assert check_settings("x", {}) == []
    assert check_settings("x", {"server": "http://127.0.0.1:8000"}) == []
    assert "https://" in check_settings("x", {"server": "http://api.x.com"})[0]
    assert check_settings("x", {"link": "false"}) == check_settings("x", {"link": "true"}) == []
    assert "true, false" in check_settings("x", {"link": "no"})[0]
    assert "known: server, link" in check_settings("x", {"api_key": "abc"})[0]
    assert limits_of("x").looks == 3


def test_tweepy_loads_only_when_x_is_spoken_to():
    code = "import sys, bot.networks; bot.networks.limits_of('x'); print('tweepy' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False\n"


def test_looks_into_long_ago_are_shared_because_x_takes_money_for_each_post_it_shows(workspace, x):
    network = open_x(workspace, x)
    posted = [publish(network, workspace.message(text=f"Calm feet, {n}.")) for n in range(5)]
    for n in range(5):
        message = workspace.message(text=f"Calm feet, {n}.")
        found = network.find(message.parts[0], message, (), "?", workspace.clock - timedelta(days=400 + n / 1000))
        assert found == posted[n]
    assert asked(x).count("getUsersPosts") == 1
