"""A bucket, against a store that checks every signature."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import requests

from bot.errors import Unauthorized, Unavailable
from bot.public import Bucket
from bot.vault import scrub
from tests.public.world import says
from tests.reference import judge, skip
from tests.servers.store import BUCKET, CLOSED, KEY, KEY_ID, program, start_store


class Kept:
    def __init__(self, **secrets):
        self.secrets = secrets

    def get(self):
        if not self.secrets:
            raise Unauthorized("nothing")
        return self.secrets

    def scrub(self, text):
        return scrub(text, self.secrets)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    judge("botocore")
    if not program("weed"):
        skip("SeaweedFS is not installed: `make servers`")
    with start_store(tmp_path_factory.mktemp("store")) as store:
        yield store


@pytest.fixture
def bucket(store):
    keys = Kept(key_id=KEY_ID, key=KEY)
    url = f"{store.endpoint}/{BUCKET}/"
    return Bucket(store.endpoint, BUCKET, "us-east-1", url, keys, lambda: datetime.now(UTC))


def test_a_picture_is_put_where_everybody_can_fetch_it(bucket, picture):
    for _ in range(2):
        address = bucket.put("abc.jpg", picture)
        assert address == f"{bucket.url}m/abc.jpg"
    answer = requests.get(address, timeout=10)
    assert (answer.status_code, answer.content) == (200, picture)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert "immutable" in answer.headers["Cache-Control"]


def test_what_was_put_is_what_the_official_client_reads(bucket, store, picture):
    bucket.put("abd.jpg", picture)
    told = store.client().get_object(Bucket=BUCKET, Key="m/abd.jpg")
    assert (told["Body"].read(), told["ContentType"]) == (picture, "image/jpeg")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"keys": Kept(key_id=KEY_ID, key="canary-of-another-secret")}, "secret key does not belong to the access key"),
        ({"keys": Kept(key_id="AKNOBODYATALL", key=KEY)}, "does not know this access key"),
        ({"keys": Kept()}, "keys are not kept here"),
        ({"endpoint": "http://127.0.0.1:1"}, "cannot be reached"),
        ({"now": lambda: datetime.now(UTC) - timedelta(hours=2)}, "clock of this computer"),
    ],
)
def test_each_refusal_says_what_to_do_and_no_secret(bucket, picture, changed, said):
    with pytest.raises(Unavailable) as refused:
        replace(bucket, **changed).put("abe.jpg", picture)
    assert said in str(refused.value)
    for secret in (KEY, KEY_ID, "canary", "Signature="):
        assert secret not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_closed_bucket_takes_pictures_and_shows_none(bucket, store, picture):
    closed = replace(bucket, bucket=CLOSED, url=f"{store.endpoint}/{CLOSED}/")
    assert requests.get(closed.put("abf.jpg", picture), timeout=10).status_code == 403


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [
        (404, "NoSuchBucket", "no such bucket"),
        (301, "PermanentRedirect", "another region"),
        (400, "AuthorizationHeaderMalformed", "another region"),
        (403, "AccessDenied", "may not write into this bucket"),
        (500, "InternalError", "look at its settings"),
    ],
)
def test_what_amazon_answers_is_said_without_what_it_repeats(world, picture, status, code, said):
    xml = f"<Error><Code>{code}</Code><Message>No, {KEY}</Message><AWSAccessKeyId>{KEY_ID}</AWSAccessKeyId></Error>"
    endpoint = world.serve("s3.example.com", lambda one: says(one, xml.encode(), "application/xml", status))
    keys = Kept(key_id=KEY_ID, key=KEY)
    bucket = Bucket(endpoint, BUCKET, "us-east-1", "https://x.example.com/", keys, lambda: datetime.now(UTC))
    with pytest.raises(Unavailable) as refused:
        bucket.put("abg.jpg", picture)
    assert said in str(refused.value)
    assert code in str(refused.value)
    assert KEY not in str(refused.value)
    assert KEY_ID not in str(refused.value)
