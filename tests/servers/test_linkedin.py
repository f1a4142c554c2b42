"""The stand-in for LinkedIn, judged by LinkedIn's own client; it refuses what LinkedIn refuses."""

import re
from io import BytesIO

import pytest
import requests
from PIL import Image

from tests.reference import judge
from tests.servers.linkedin import LinkedInServer
from tests.servers.linkedin.rules import ME, ORGANIZATION, PAGE, PERSON

VERSION = "202605"


@pytest.fixture
def linkedin():
    with LinkedInServer() as server:
        yield server


@pytest.fixture
def official(linkedin, monkeypatch):
    """LinkedIn's own client, sent to the stand-in."""
    client, constants = judge("linkedin_api.clients.restli.client"), judge("linkedin_api.common.constants")
    monkeypatch.setattr(constants, "VERSIONED_BASE_URL", f"{linkedin.url}/rest")
    monkeypatch.setattr(constants, "NON_VERSIONED_BASE_URL", f"{linkedin.url}/v2")
    restli = client.RestliClient()
    yield restli
    restli.session.close()


def post(author, commentary="Calm feet.", **more):
    where = {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []}
    told = {"author": author, "commentary": commentary, "visibility": "PUBLIC", "distribution": where}
    return {**told, "lifecycleState": "PUBLISHED", "isReshareDisabledByAuthor": False, **more}


def picture():
    file = BytesIO()
    Image.new("RGB", (40, 50), "teal").save(file, "JPEG")
    return file.getvalue()


def ask(linkedin, method, path, token=None, **sent):
    headers = {
        "Authorization": f"Bearer {token or linkedin.page_token()}",
        "LinkedIn-Version": VERSION,
        "X-Restli-Protocol-Version": "2.0.0",
        **sent.pop("headers", {}),
    }
    return requests.request(method, linkedin.url + path, headers=headers, timeout=10, **sent)


def test_its_own_client_posts_a_picture_finds_it_and_deletes_it(linkedin, official):
    asked = {"access_token": linkedin.page_token(), "version_string": VERSION}
    owner = {"initializeUploadRequest": {"owner": ORGANIZATION}}
    value = official.action(resource_path="/images", action_name="initializeUpload", action_params=owner, **asked).value
    headers = {"Authorization": f"Bearer {asked['access_token']}", "Content-Type": "application/octet-stream"}
    assert requests.put(value["uploadUrl"], data=picture(), headers=headers, timeout=10).status_code == 201
    told = {"resource_path": "/images/{id}", "path_keys": {"id": value["image"]}, **asked}
    assert [official.get(**told).entity["status"] for _ in range(2)] == ["PROCESSING", "AVAILABLE"]
    content = {"media": {"id": value["image"], "altText": "Teal."}}
    made = official.create(resource_path="/posts", entity=post(ORGANIZATION, content=content), **asked)
    assert made.status_code == 201
    assert re.fullmatch(r"urn:li:share:\d{19}", made.decoded_entity_id)
    found = official.finder(
        resource_path="/posts", finder_name="author", query_params={"author": ORGANIZATION, "count": 10}, **asked
    )
    assert [(one["id"], one["content"]) for one in found.elements] == [(made.decoded_entity_id, content)]
    gone = official.delete(resource_path="/posts/{id}", path_keys={"id": made.decoded_entity_id}, **asked)
    assert gone.status_code == 204
    assert linkedin.posts == []
    assert linkedin.violations == []


def test_its_own_client_knows_the_member(linkedin, official):
    told = official.get(resource_path="/userinfo", access_token=linkedin.member_token())
    assert told.entity["sub"] == ME
    made = official.create(
        resource_path="/posts", entity=post(PERSON), access_token=linkedin.member_token(), version_string=VERSION
    )
    assert made.status_code == 201
    assert linkedin.violations == []


def test_its_own_client_trades_a_code(linkedin, monkeypatch):
    auth, constants = judge("linkedin_api.clients.auth.client"), judge("linkedin_api.common.constants")
    monkeypatch.setattr(constants, "OAUTH_BASE_URL", f"{linkedin.url}/oauth/v2")
    client = auth.AuthClient(*linkedin.world.app.values(), "http://localhost:8721/")
    told = client.exchange_auth_code_for_access_token(linkedin.code())
    client.session.close()
    assert told.expires_in == 5_184_000
    assert linkedin.world.tokens[told.access_token].scopes >= {"w_member_social"}


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"LinkedIn-Version": None}, 400, "VERSION_MISSING"),
        ({"LinkedIn-Version": "202505"}, 426, "NONEXISTENT_VERSION"),
        ({"LinkedIn-Version": "203001"}, 426, "NONEXISTENT_VERSION"),
        ({"X-Restli-Protocol-Version": None}, 400, "INVALID_PROTOCOL"),
        ({"Authorization": "Bearer nothing"}, 401, "INVALID_ACCESS_TOKEN"),
    ],
)
def test_headers_are_wanted(linkedin, headers, status, code):
    told = ask(linkedin, "GET", f"/rest/organizations/{PAGE}", headers=headers)
    assert (told.status_code, told.json()["code"]) == (status, code)


def test_a_member_may_write_and_read_nothing(linkedin):
    token = linkedin.member_token()
    urn = ORGANIZATION.replace(":", "%3A")
    for path in (
        f"/rest/posts?q=author&author={urn}",
        "/rest/images/urn%3Ali%3Aimage%3AX",
        f"/rest/organizations/{PAGE}",
    ):
        assert ask(linkedin, "GET", path, token).status_code == 403


def test_what_is_not_escaped_is_cut_without_a_word(linkedin):
    assert ask(linkedin, "POST", "/rest/posts", json=post(ORGANIZATION, "Calm (feet) first.")).status_code == 201
    assert linkedin.posts[0].text == "Calm "
    assert "cut, silently, before '(feet)" in linkedin.violations[0]


def test_a_urn_in_an_address_must_be_encoded(linkedin):
    assert ask(linkedin, "DELETE", "/rest/posts/urn:li:share:7400000000000000001").status_code == 400
    assert linkedin.violations


def test_pictures_are_put_and_not_posted(linkedin):
    owner = {"initializeUploadRequest": {"owner": ORGANIZATION}}
    value = ask(linkedin, "POST", "/rest/images?action=initializeUpload", json=owner).json()["value"]
    path = value["uploadUrl"].removeprefix(linkedin.url)
    assert ask(linkedin, "POST", path, data=picture()).status_code == 405
    content = {"media": {"id": value["image"]}}
    told = ask(linkedin, "POST", "/rest/posts", json=post(ORGANIZATION, content=content))
    assert told.json()["code"] == "MEDIA_ASSET_WAITING_UPLOAD"


def test_the_same_words_are_refused_and_the_post_is_named(linkedin):
    first = ask(linkedin, "POST", "/rest/posts", json=post(ORGANIZATION))
    assert (first.status_code, first.content) == (201, b"")
    told = ask(linkedin, "POST", "/rest/posts", json=post(ORGANIZATION))
    assert told.status_code == 422
    assert first.headers["x-restli-id"] in told.json()["message"]
    assert told.json()["errorDetails"]["inputErrors"][0]["code"] == "DUPLICATE_POST"
    assert linkedin.twice() == []


def test_keys_that_nobody_knows_are_refused(linkedin):
    told = ask(linkedin, "POST", "/rest/posts", json=post(ORGANIZATION, alt="Teal."))
    assert told.status_code == 400
    assert linkedin.violations
