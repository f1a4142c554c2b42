"""The official clients meet each server, straight and through the proxy; ours behaves as GoToSocial does."""

import socket
from contextlib import contextmanager
from io import BytesIO
from urllib.parse import urlsplit

import pytest
import requests
from PIL import Image

from tests.reference import judge
from tests.servers.gotosocial_rules import ACCOUNT
from tests.servers.lossy import Lossy


@pytest.fixture
def picture():
    file = BytesIO()
    Image.new("RGB", (108, 135), "#0d3b3e").save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def studio(gotosocial):
    """A session of the account on our GoToSocial, whose pictures are ready at once."""
    gotosocial.polls = 0
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {gotosocial.token}"
        yield session


@contextmanager
def client(url, token):
    with requests.Session() as session:
        yield judge("mastodon").Mastodon(api_base_url=url, access_token=token, session=session)


def test_the_mastodon_client_posts_through_the_proxy(mastodon, picture):
    with Lossy(mastodon.url) as lossy, client(lossy.url, mastodon.token) as api:
        media = api.media_post(picture, mime_type="image/jpeg", description="Words on green.")
        posted = api.status_post("Through the proxy.", media_ids=[media], idempotency_key="k1")
        again = api.status_post("Through the proxy.", idempotency_key="k1")
    assert posted.id == again.id
    found = [status for status in mastodon.statuses() if status["id"] == str(posted.id)]
    assert [shown["description"] for shown in found[0]["media_attachments"]] == ["Words on green."]
    assert ("POST", "/api/v1/statuses", "pass", 200) in [(s.method, s.path, s.fate, s.status) for s in lossy.log]


def test_the_public_side_of_mastodon_is_read_to_its_end(mastodon):
    with requests.Session() as session:
        for number in range(45):
            sent = {"status": f"Page {number}."}
            headers = {"Authorization": f"Bearer {mastodon.token}"}
            session.post(f"{mastodon.url}/api/v1/statuses", json=sent, headers=headers, timeout=10)
    pages = [s["content"] for s in mastodon.statuses() if "Page" in s["content"]]
    assert len(pages) == len(set(pages)) == 45
    assert "Page 44." in pages[0]


def test_a_fault_strikes_before_mastodon_acts_and_once(mastodon):
    mastodon.faults("POST", "/api/v1/statuses", type="status", status=503)
    headers = {"Authorization": f"Bearer {mastodon.token}"}
    asked = [
        requests.post(f"{mastodon.url}/api/v1/statuses", {"status": "Struck."}, headers=headers, timeout=10)
        for _ in range(2)
    ]
    assert [answer.status_code for answer in asked] == [503, 200]
    assert sum("Struck." in status["content"] for status in mastodon.statuses()) == 1


@pytest.mark.filterwarnings("ignore:Use 'content:DeprecationWarning")  # of the client, in httpx
def test_the_atproto_client_posts_to_the_pds_through_the_proxy(pds, picture):
    someone = pds.create_account("poster")
    with Lossy(pds.url) as lossy:
        api = judge("atproto").Client(base_url=f"{lossy.url}/xrpc")
        api.login(someone.handle, pds.app_password(someone), fetch_bsky_profile=False)
        posted = api.send_image(
            "Through the proxy.", image=picture, image_alt="Words on green.", profile_identify=someone.did
        )
        api.request.close()
    (found,) = pds.posts(someone.did)
    assert (found["uri"], found["value"]["text"]) == (posted.uri, "Through the proxy.")
    assert found["value"]["embed"]["images"][0]["alt"] == "Words on green."


@pytest.mark.parametrize(("fate", "kept"), [("drop", 1), ("never", 0)])
def test_the_pds_has_the_record_whose_answer_was_lost_and_not_the_one_that_never_came(pds, fate, kept):
    someone = pds.create_account("loser")
    token = pds.session(someone.did, someone.password)["accessJwt"]
    record = {"$type": "app.bsky.feed.post", "text": "Lost?", "createdAt": "2026-12-01T09:00:00.000Z"}
    put = {"repo": someone.did, "collection": "app.bsky.feed.post", "rkey": "3n2lg2q46m22l", "record": record}
    headers = {"Authorization": f"Bearer {token}"}
    with Lossy(pds.url) as lossy:
        lossy.plan("POST", "/xrpc/com.atproto.repo.putRecord", fate)
        with pytest.raises(requests.ConnectionError):
            requests.post(f"{lossy.url}/xrpc/com.atproto.repo.putRecord", json=put, headers=headers, timeout=30)
    assert len(pds.posts(someone.did)) == kept


def test_the_pds_refuses_a_token_of_its_own_that_ran_out(pds):
    someone = pds.create_account("expired")
    session = pds.session(someone.handle, someone.password)
    for name in ("accessJwt", "refreshJwt"):
        call = "getSession" if name == "accessJwt" else "refreshSession"
        verb = requests.get if name == "accessJwt" else requests.post
        address = f"{pds.url}/xrpc/com.atproto.server.{call}"
        kept = verb(address, headers={"Authorization": f"Bearer {session[name]}"}, timeout=30)
        gone = verb(address, headers={"Authorization": f"Bearer {pds.expired(session[name])}"}, timeout=30)
        assert (kept.status_code, gone.status_code, gone.json()["error"]) == (200, 400, "ExpiredToken")


def test_accounts_of_one_label_are_different_people(pds):
    one, two = pds.create_account("same"), pds.create_account("same")
    assert one.did != two.did
    assert pds.posts(one.did) == []


def test_the_mastodon_client_accepts_our_gotosocial(gotosocial, picture):
    with Lossy(gotosocial.url) as lossy, client(lossy.url, gotosocial.token) as api:
        assert api.instance_v2().configuration.statuses.max_characters == 5000
        media = api.media_post(picture, mime_type="image/jpeg", description="Words on green.")
        looks = [media.url, *(api.media(media).url for _ in range(3))]
        posted = api.status_post("Hello.", media_ids=[media], idempotency_key="k1")
        api.status_post("Hello.", idempotency_key="k1")
        listed = api.account_statuses(api.me(), limit=1, since_id="0")
    assert [bool(url) for url in looks] == [False, False, False, True]
    assert gotosocial.twins() == {"Hello.": 2}
    assert [status.id for status in listed] == [gotosocial.posted[-1]["id"]]
    assert posted.media_attachments[0].description == "Words on green."


@pytest.mark.parametrize(("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)])
def test_what_is_not_installed_skips_here_and_fails_where_all_must_be(monkeypatch, ci, outcome):
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match="no_such_judge is not installed: `make servers`"):
        judge("no_such_judge")


@pytest.mark.parametrize("name", ["pds", "mastodon", "gotosocial"])
def test_a_server_listens_on_one_address_of_this_machine_only(name, request):
    port = urlsplit(request.getfixturevalue(name).url).port
    with socket.socket() as elsewhere:
        assert elsewhere.connect_ex(("127.0.0.2", port)) != 0


def test_a_slow_picture_is_answered_202_then_twice_206_then_200(gotosocial, studio, picture):
    gotosocial.polls = 2
    made = studio.post(f"{gotosocial.url}/api/v2/media", files={"file": ("a.jpg", picture, "image/jpeg")}, timeout=10)
    assert (made.status_code, made.json()["url"]) == (202, None)
    number = made.json()["id"]
    early = studio.post(f"{gotosocial.url}/api/v1/statuses", json={"media_ids": [number]}, timeout=10)
    assert early.status_code == 422
    looks = [studio.get(f"{gotosocial.url}/api/v1/media/{number}", timeout=10) for _ in range(3)]
    assert [(look.status_code, bool(look.json()["url"])) for look in looks] == [(206, False), (206, False), (200, True)]


def upload(studio, server, content, **fields):
    files = {"file": ("a.jpg", content, "image/jpeg")}
    return studio.post(f"{server.url}/api/v2/media", data=fields, files=files, timeout=10)


def post(studio, server, **sent):
    return studio.post(f"{server.url}/api/v1/statuses", json=sent, timeout=10)


def test_a_picture_belongs_to_one_status(gotosocial, studio, picture):
    number = upload(studio, gotosocial, picture).json()["id"]
    assert post(studio, gotosocial, status="One.", media_ids=[number]).status_code == 200
    again = post(studio, gotosocial, status="One.", media_ids=[number])
    assert again.status_code == 400
    assert "media already attached to status" in again.json()["error"]
    assert gotosocial.twins() == {}


def test_the_public_reads_html_and_the_author_the_source(gotosocial, studio):
    text = "Feet & hands <3\nare wide.\n\nhttps://example.com/a?b=1 #ashiatsu"
    made = post(studio, gotosocial, status=text).json()
    assert made["content"].startswith("<p>Feet &amp; hands &lt;3<br>are wide.</p><p><a href=")
    assert "#<span>ashiatsu</span>" in made["content"]
    assert "text" not in made
    source = studio.get(f"{gotosocial.url}/api/v1/statuses/{made['id']}/source", timeout=10)
    assert source.json()["text"] == text


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"status": "a" * 5001}, "limit is 5000"),
        ({"status": "a" * 4999, "spoiler_text": "bb"}, "limit is 5000"),
        ({"status": ""}, "no status, media, or poll provided"),
        ({"status": "a", "media_ids": ["x"] * 7}, "limit is 6"),
        ({"status": "a", "media_ids": ["01J00000000000000000000000"]}, "media not found"),
        ({"status": "a", "visibility": "everyone"}, "visibility"),
        ({"status": "a", "text": "b"}, "unknown field text"),
        ({"status": "a", "media_ids": "one"}, "media_ids a list"),
        ({"status": "a", "in_reply_to_id": "01J00000000000000000000000"}, "not replyable"),
    ],
)
def test_what_mastodon_answers_422_is_answered_400(gotosocial, studio, sent, words):
    answer = post(studio, gotosocial, **sent)
    assert (answer.status_code, gotosocial.posted) == (400, [])
    assert words in answer.json()["error"]


def test_what_is_no_picture_is_refused(gotosocial, studio, picture):
    for content in (b"not a picture", picture[: len(picture) // 2], b""):
        assert upload(studio, gotosocial, content).status_code == 422
    assert upload(studio, gotosocial, picture, description="a" * 1501).status_code == 400
    assert gotosocial.pictures == {}


def test_pages_go_from_new_to_old(gotosocial, studio):
    made = [post(studio, gotosocial, status=f"{number}").json()["id"] for number in range(50)]
    address = f"{gotosocial.url}/api/v1/accounts/{ACCOUNT}/statuses"

    def page(**asked):
        return [status["id"] for status in studio.get(address, params=asked, timeout=10).json()]

    assert made == sorted(made)
    assert page(limit=40) == made[:9:-1]
    assert page(limit=80) == page(limit=40)
    assert page(max_id=made[10]) == made[9::-1]
    assert page(since_id=made[46]) == made[:46:-1]
    assert page(min_id=made[9], limit=2) == [made[11], made[10]]


def test_a_wrong_token_and_too_many_requests_have_gotosocials_words(gotosocial, studio):
    wrong = requests.post(f"{gotosocial.url}/api/v1/statuses", headers={"Authorization": "Bearer x"}, timeout=10)
    assert (wrong.status_code, wrong.json()) == (401, {"error": "Unauthorized: token not supplied"})
    gotosocial.busy = 1
    answer = post(studio, gotosocial, status="a")
    assert (answer.status_code, answer.json()) == (429, {"error": "rate limit reached"})
    assert answer.headers["X-RateLimit-Reset"].endswith("Z")
    assert "Retry-After" not in answer.headers
    assert post(studio, gotosocial, status="a").status_code == 200
