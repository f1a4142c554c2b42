"""Signature Version 4: the examples that Amazon prints, and botocore as a judge."""

from datetime import UTC, datetime

import pytest

from bot.public.sigv4 import Key, signed
from tests.reference import judge

AT = datetime(2013, 5, 24, tzinfo=UTC)
AMAZONS = Key("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
HOST = "https://examplebucket.s3.amazonaws.com"


@pytest.mark.parametrize(
    ("method", "path", "headers", "payload", "signature"),
    [
        (
            "GET",
            "/test.txt",
            {"Range": "bytes=0-9"},
            b"",
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        ),
        (
            "PUT",
            "/test$file.text",
            {"Date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"},
            b"Welcome to Amazon S3.",
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
        ),
    ],
)
def test_amazons_own_examples(method, path, headers, payload, signature):
    made = signed(method, HOST + path, headers, payload, key=AMAZONS, region="us-east-1", at=AT)
    assert made["Authorization"].endswith(f"Signature={signature}")


@pytest.mark.parametrize("path", ["/feet/m/abc.jpg", "/", "/a b/ü.jpg", "/a//b~c-d_e.f", "/~/$&+,:;"])
@pytest.mark.parametrize("payload", [b"", b"\xff\xd8 a picture"])
def test_botocore_signs_the_same(path, payload):
    auth = judge("botocore.auth")
    where = "https://s3.example.com:8443"
    request = judge("botocore.awsrequest").AWSRequest("PUT", where + _quoted(path), data=payload)
    headers = {"content-type": "image/jpeg", "cache-control": "public,  max-age=1"}
    for name, value in headers.items():
        request.headers[name] = value
    request.headers["X-Amz-Date"] = "20130524T000000Z"
    signer = auth.S3SigV4Auth(judge("botocore.credentials").Credentials(AMAZONS.id, AMAZONS.secret), "s3", "auto")
    request.context["timestamp"] = "20130524T000000Z"
    request.headers["X-Amz-Content-SHA256"] = signer.payload(request)
    theirs = signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request)
    ours = signed("PUT", where + path, headers, payload, key=AMAZONS, region="auto", at=AT)
    assert ours["Authorization"].endswith(f"Signature={theirs}")


def _quoted(path):
    from urllib.parse import quote

    return quote(path, safe="/-_.~")


def test_a_secret_does_not_show():
    assert AMAZONS.secret not in repr(AMAZONS)
