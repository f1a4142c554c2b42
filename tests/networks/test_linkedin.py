"""LinkedIn's own ways: little text, versions, the detector of duplicates, tokens that read nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import (
    CannotTell,
    HandlesGone,
    RateLimited,
    Rejected,
    Taken,
    Unauthorized,
    Unavailable,
    Unconfirmed,
)
from bot.model import Account, Part, Receipt
from bot.networks import check_settings, class_of, limits_of, open_network
from bot.networks.linkedin.littletext import little, shown
from bot.networks.oauth import Code
from bot.networks.tokens import moment
from tests.networks.conftest import Kept
from tests.servers.linkedin import LinkedInServer
from tests.servers.linkedin.little import Reader
from tests.servers.linkedin.rules import PAGE

BACK = "http://localhost:8721/"
TEXTS = st.text(st.sampled_from("ab_ \n#@[](){}<>*~|\\:/.é🙂") | st.characters(exclude_categories=["Cs"]))


@pytest.fixture
def linkedin():
    with LinkedInServer() as server:
        yield server
    assert server.violations == []


def open_linkedin(workspace, linkedin, kept=None, **settings):
    kept = kept or Kept({"token": linkedin.page_token(), **linkedin.world.app})
    premises = replace(workspace.premises("linkedin", kept), now=linkedin.world.time)
    told = {"server": linkedin.url, "author": PAGE, **settings}
    return open_network(Account("studio-in", "linkedin", told), premises)


@pytest.fixture
def page(workspace, linkedin):
    return open_linkedin(workspace, linkedin)


@pytest.fixture
def member(workspace, linkedin):
    return open_linkedin(workspace, linkedin, Kept({"token": linkedin.member_token()}), author="me")


def publish(network, message, handles=None):
    return network.publish(message.parts[0], message, handles or network.prepare(message), "key", None)


def find(network, message, *handles):
    return network.find(message.parts[0], message, handles, "key", datetime.now(UTC) - timedelta(hours=1))


@given(TEXTS)
@example("https://example.com/deep_tissue?a=(b)#top_of #feet, (#calm) #2026 #a_b @ada {hashtag|\\#|x} C:\\new\\")
def test_nothing_is_cut_and_readers_see_the_text_itself(text):
    read = Reader(little(text))
    assert (read.shown, read.cut) == (text, "")
    assert shown(little(text)) == text


def test_hashtags_can_be_followed_and_addresses_stay_whole():
    read = Reader(little("Calm #feet (#ruhe) at https://example.com/deep_tissue#top_of #2026 #été"))
    assert read.tags == ["feet", "ruhe", "été"]
    assert little("a_b #feet") == r"a\_b {hashtag|\#|feet}"


@pytest.mark.parametrize("reserved", "\\|{}@[]()<>#*_~")
def test_the_server_cuts_at_every_reserved_character(reserved):
    read = Reader(f"before {reserved} after")
    assert (read.shown, read.cut[:1]) == ("before ", reserved)


def test_a_post_with_every_kind_of_mark_is_whole(linkedin, page, workspace):
    text = "50 % (at *most*) <today> ~ @ada a|b [x] {y} c:\\d https://example.com/a_b #feet"
    publish(page, workspace.message(text=text))
    (post,) = linkedin.posts
    assert (post.text, post.tags) == (text, ["feet"])


def test_a_post_is_known_by_its_address(page, workspace):
    receipt = publish(page, workspace.message())
    assert receipt.url == f"https://www.linkedin.com/feed/update/{receipt.remote_id}/"
    page.retract(Receipt("", receipt.url, receipt.at))
    assert find(page, workspace.message()) is None


def test_a_picture_is_waited_for(linkedin, page, workspace):
    linkedin.world.working = 2
    publish(page, workspace.message())
    assert len([path for _, path, _ in linkedin.log if path.startswith("/rest/images/")]) == 3


def test_a_picture_that_linkedin_cannot_read_is_the_posts_fault(workspace, page):
    message = workspace.message()
    (workspace.media / f"{message.parts[0].media[0].sha256}.jpg").write_bytes(b"no picture")
    with pytest.raises(Rejected, match="draw it anew"):
        page.prepare(message)


def test_a_member_posts_without_reading_anything(linkedin, member, workspace):
    publish(member, workspace.message())
    assert [path for method, path, _ in linkedin.log if method == "GET"] == ["/v2/userinfo"]
    assert len(linkedin.posts) == 1


def test_at_a_members_nobody_but_she_can_look(member, workspace):
    with pytest.raises(CannotTell, match=r"recent-activity/all/ whether \"It reduces chronic tension"):
        find(member, workspace.message())
    assert member.measure(Receipt("urn:li:share:1", "", datetime.now(UTC))) == {}


def test_words_that_are_out_already_are_taken_and_the_post_is_named(linkedin, member, workspace):
    first = publish(member, workspace.message())
    with pytest.raises(Taken, match=first.remote_id):
        publish(member, workspace.message())
    assert len(linkedin.posts) == 1


@pytest.mark.parametrize("status", [400, 422])
def test_a_deleted_post_may_still_be_named(linkedin, page, workspace, status):
    linkedin.world.ghosts, linkedin.world.duplicate_status = True, status
    receipt, message = publish(page, workspace.message()), workspace.message()
    page.retract(receipt)
    handles = page.prepare(message)
    with pytest.raises(Taken, match=receipt.remote_id):
        publish(page, message, handles)
    assert find(page, message, handles) is None  # then a person decides


def test_a_duplicate_of_ours_is_found_by_its_pictures_and_not_by_its_words(page, workspace):
    message = workspace.message()
    handles = page.prepare(message)
    receipt = publish(page, message, handles)
    with pytest.raises(Taken):
        publish(page, message, handles)
    assert find(page, message, handles).remote_id == receipt.remote_id
    assert find(page, message, page.prepare(message)) is None


def test_it_is_found_by_words_that_linkedin_wrote_anew(linkedin, page, workspace):
    linkedin.world.rewrites = True
    message = workspace.message(text="Calm #feet, a_b.")
    assert publish(page, message).remote_id == find(page, message).remote_id


def test_it_is_found_behind_a_hundred_others(linkedin, page, workspace):
    message = workspace.message(text="The first.")
    receipt = publish(page, message)
    linkedin.world.written += [replace(linkedin.posts[0], urn=f"urn:li:share:{n}", commentary="") for n in range(150)]
    assert find(page, message).remote_id == receipt.remote_id


def test_what_is_too_much_to_look_through_is_for_a_person(linkedin, page, workspace):
    publish(page, workspace.message(text="The first."))
    linkedin.world.written += [replace(linkedin.posts[0], commentary="") for _ in range(2000)]
    with pytest.raises(CannotTell, match="look for it on your page"):
        find(page, workspace.message(text="Another."))


def test_without_words_and_pictures_of_ours_only_a_person_can_tell(page, workspace):
    with pytest.raises(CannotTell, match="without words"):
        find(page, replace(workspace.message(), parts=(Part(0, " "),)))


def test_a_version_that_was_retired_says_what_to_write(linkedin, workspace):
    network = open_linkedin(workspace, linkedin, version="202406")
    with pytest.raises(Unauthorized, match=r'retired version 202406.*version = "20'):
        network.identify()


def test_the_usual_version_is_good_for_a_year(linkedin):
    assert "202605" in linkedin.versions()


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ((400, "MEDIA_ASSET_WAITING_UPLOAD"), HandlesGone),
        ((400, "FIELD_LENGTH_TOO_LONG"), Rejected),
        ((401, "EXPIRED_ACCESS_TOKEN"), Unauthorized),
        ((403, "ACCESS_DENIED"), Unauthorized),
        ((409, "CONFLICT"), Unavailable),
        ((426, "NONEXISTENT_VERSION"), Unauthorized),
        ((500, ""), Unconfirmed),
        ((504, ""), Unconfirmed),
    ],
)
def test_what_a_refusal_means(linkedin, page, workspace, said, error):
    message = workspace.message()
    handles = page.prepare(message)
    linkedin.fail_next(said[0], code=said[1])
    with pytest.raises(error) as caught:
        publish(page, message, handles)
    assert type(caught.value) is error
    assert said[1] in str(caught.value)


def test_too_many_is_over_after_midnight(linkedin, page, workspace):
    message = workspace.message()
    handles = page.prepare(message)
    linkedin.fail_next(429)
    with pytest.raises(RateLimited) as caught:
        publish(page, message, handles)
    tomorrow = (linkedin.world.time() + timedelta(days=1)).date()
    assert (caught.value.retry_at.date(), caught.value.retry_at.hour) == (tomorrow, 0)
    linkedin.fail_next(429, Retry_After=60)
    with pytest.raises(RateLimited) as caught:
        publish(page, message, handles)
    assert caught.value.retry_at - linkedin.world.time() < timedelta(minutes=2)


def test_the_page_of_a_gateway_is_not_linkedins_word(linkedin, page, workspace):
    receipt = publish(page, workspace.message())
    linkedin.fail_next(404, body="<h1>nginx</h1>")
    with pytest.raises(Unavailable, match="nginx"):
        page.retract(receipt)
    assert len(linkedin.posts) == 1


def test_an_answer_that_names_no_whole_post_proves_nothing(linkedin, page, workspace):
    for name in ("", "urn:li:share:740000", "urn:li:person:7400000000000000001"):
        message = workspace.message(text=f"Words {name}.")
        handles = page.prepare(message)
        linkedin.fail_next(201, body="", **({"x_restli_id": name} if name else {}))
        with pytest.raises(Unconfirmed, match="did not name it"):
            publish(page, message, handles)


def test_who_we_are(page, member):
    known = page.identify()
    assert (known.name, known.url) == ("Quiet Feet Studio", "https://www.linkedin.com/company/quiet-feet/")
    assert member.identify().name == "Ada Feet"
    assert member.identify().keep == {"member": member.identify().id}


def test_another_organisation_is_no_access(workspace, linkedin):
    with pytest.raises(Unauthorized, match="permission"):
        open_linkedin(workspace, linkedin, author="99").identify()


def test_a_members_token_does_not_open_a_page(workspace, linkedin):
    network = open_linkedin(workspace, linkedin, Kept({"token": linkedin.member_token()}))
    with pytest.raises(Unauthorized):
        network.prepare(workspace.message())


def test_the_figures_of_a_page(page, workspace):
    expected = {"views": 120, "reach": 90, "clicks": 7, "likes": 5, "comments": 2, "shares": 1}
    assert page.measure(publish(page, workspace.message())) == expected
    several = tuple(workspace.picture(colour) for colour in ("#111111", "#222222"))
    assert page.measure(publish(page, workspace.message(text="Two.", media=several))) == expected
    assert page.measure(Receipt("urn:li:share:1", "", datetime.now(UTC))) == {}


def test_a_person_signs_in_and_the_end_is_known(workspace, linkedin):
    kept = Kept(dict(linkedin.world.app))
    network = open_linkedin(workspace, linkedin, kept, author="me")
    with pytest.raises(Unauthorized, match="bot connect studio-in"):
        network.identify()
    kept.secrets = {**kept.secrets, **network.sign_in(Code(linkedin.code(), BACK, ""))}
    assert network.identify().name == "Ada Feet"
    assert moment(kept.secrets, "ends_at") - linkedin.world.time() > timedelta(days=59)
    linkedin.advance(61 * 86_400)
    with pytest.raises(Unauthorized, match=r"expired.*bot connect studio-in"):
        network.identify()


def test_a_profile_and_a_page_ask_for_different_things():
    profile, page = (class_of("linkedin").grant_for(told) for told in ({}, {"author": PAGE}))
    assert set(profile.scopes) == {"openid", "profile", "w_member_social"}
    assert "r_organization_social" in page.scopes
    assert not set(profile.scopes) & set(page.scopes)


def test_a_picture_is_sent_to_nobody_but_linkedin(linkedin, workspace, page):
    page._pictures._anywhere = False  # as where the setting `server` is not used
    with pytest.raises(Unavailable, match="not its own: nothing was sent"):
        page.prepare(workspace.message())
    assert not [path for method, path, _ in linkedin.log if method == "PUT"]


def test_settings_are_checked():
    wrong = check_settings("linkedin", {"author": "quiet-feet", "version": "2026", "nothing": ""})
    assert len(wrong) == 3
    assert check_settings("linkedin", {"author": f"urn:li:organization:{PAGE}", "version": "202609"}) == []
    assert (limits_of("linkedin").text_max, limits_of("linkedin").images_max) == (3000, 20)
