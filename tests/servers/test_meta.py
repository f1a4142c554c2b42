"""The stand-in for Instagram, judged by Meta's own client; both of them, by what Meta refuses."""

import pytest
import requests

from tests.networks.conftest import Workspace
from tests.networks.open_meta import serving
from tests.reference import judge
from tests.servers.meta.instagram import IG, TOKEN, InstagramServer
from tests.servers.meta.threads import ME, ThreadsServer
from tests.servers.meta.threads import TOKEN as THREADS_TOKEN


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path, {})


@pytest.fixture
def instagram(workspace):
    with serving(workspace, InstagramServer()) as server:
        yield server


def client_of(server):
    api = judge("facebook_business.api")
    user = judge("facebook_business.adobjects.iguser")
    session = api.FacebookSession(server.app["id"], server.app["secret"], TOKEN)
    client = api.FacebookAdsApi(session, api_version="v26.0")
    return api, user.IGUser(IG, api=client)


def test_metas_own_client_posts_on_instagram(workspace, instagram, monkeypatch):
    api, user = client_of(instagram)
    monkeypatch.setattr(api.FacebookSession, "GRAPH", instagram.url)
    media = workspace.picture()
    instagram.looks = 0
    made = user.create_media(params={"image_url": instagram.pictures.address(media), "caption": "By the client."})
    user.create_media_publish(params={"creation_id": made["id"]})
    assert [post.text for post in instagram.posts] == ["By the client."]
    assert [one["caption"] for one in user.get_media(fields=["id", "caption"])] == ["By the client."]
    (limit,) = user.get_content_publishing_limit(fields=["quota_usage", "config"])
    assert (limit["quota_usage"], limit["config"]["quota_total"]) == (1, 50)


def post(server, path, token, **form):
    return requests.post(server.url + path, form, headers={"Authorization": f"Bearer {token}"}, timeout=10).json()


@pytest.mark.parametrize(
    ("caption", "said"),
    [("#tag " * 31, "hashtags"), ("@you " * 21, "mentions"), ("x" * 2201, "too long")],
)
def test_instagram_refuses_captions_beyond_its_limits(workspace, instagram, caption, said):
    form = {"image_url": instagram.pictures.address(workspace.picture()), "caption": caption}
    assert said in post(instagram, f"/v26.0/{IG}/media", TOKEN, **form)["error"]["message"]


def test_what_metas_table_does_not_know_is_a_violation(instagram):
    told = post(instagram, f"/v26.0/{IG}/media", TOKEN, image_url="x", words="Feet.")
    assert "words is not allowed" in told["error"]["message"]
    assert instagram.violations.pop()


@pytest.mark.parametrize("children", ["", "1", "1,2"])
def test_a_carousel_of_too_few_or_of_strangers_is_refused(instagram, children):
    told = post(instagram, f"/v26.0/{IG}/media", TOKEN, media_type="CAROUSEL", children=children)
    assert told["error"]["error_subcode"] == 2207028


def test_threads_knows_its_own_parameters_only(workspace):
    with serving(workspace, ThreadsServer()) as server:
        told = post(server, f"/v1.0/{ME}/threads", THREADS_TOKEN, media_type="TEXT", text="Feet.", caption="x")
        assert "caption is not allowed" in told["error"]["message"]
        assert server.violations.pop()
