"""X's own OpenAPI description as the judge of every request and of every answer."""

import importlib
import json
import os
from functools import cache
from types import SimpleNamespace

import pytest

from tests.reference import reference

HOST = "https://api.x.com"
SERVED = {
    ("post", "/2/media/upload"),
    ("post", "/2/media/metadata"),
    ("get", "/2/tweets"),
    ("post", "/2/tweets"),
    ("get", "/2/tweets/{id}"),
    ("delete", "/2/tweets/{id}"),
    ("get", "/2/users/me"),
    ("get", "/2/users/{id}/tweets"),
}
# Names that X's documentation and tweepy use beside those of specification 2.167.
OLDER_PARAMETERS = {"tweet.fields": "post.fields"}
OLDER_VALUES = {"note_tweet": "note_post", "referenced_tweets.id": "referenced_posts"}
OLDER_FIELDS_ONLY = {"author_id", "in_reply_to_user_id", "referenced_tweets", "edit_history_tweet_ids"}


def library(name):
    """The module `name`; where it is missing the test skips, and under CI=true it fails."""
    try:
        return importlib.import_module(name)
    except ImportError:
        told = f"{name} is not installed: X's specification cannot judge without it"
        if os.environ.get("CI") == "true":
            pytest.fail(told)
        pytest.skip(told)


@cache
def description():
    """The specification, cut to the operations served: finding a path among 149 costs time."""
    whole = json.loads(reference("specs/x.json").read_text(encoding="utf-8"))
    paths = {}
    for method, path in sorted(SERVED):
        paths.setdefault(path, {})[method] = whole["paths"][path][method]
    return {**whole, "paths": paths}


@cache
def judge():
    core = library("openapi_core")
    unsecured = json.loads(json.dumps(description()))
    for methods in unsecured["paths"].values():
        for operation in methods.values():
            del operation["security"]  # signatures and scopes are verified in auth.py
    config = core.Config(
        spec_validator_cls=None,  # X's own file fails it
        extra_media_type_deserializers={"application/problem+json": json.loads},
    )
    return core.OpenAPI.from_dict(unsecured, config=config)


@cache
def operations():
    """(method, path template) -> the operation, its parameters resolved."""
    spec, found = description(), {}
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            parameters = [
                spec["components"]["parameters"][p["$ref"].rpartition("/")[2]] if "$ref" in p else p
                for p in operation.get("parameters", [])
            ]
            found[method, path] = {**operation, "parameters": parameters}
    return found


def schema(name):
    return description()["components"]["schemas"][name]


def modern(query):
    """The query in the names of the specification."""
    renamed = []
    for name, told in query:
        values = told.split(",") if name in OLDER_PARAMETERS or name == "expansions" else [told]
        values = [OLDER_VALUES.get(v, v) for v in values if name == "expansions" or v not in OLDER_FIELDS_ONLY]
        if values:
            renamed.append((OLDER_PARAMETERS.get(name, name), ",".join(values)))
    return renamed


def unknown_parameters(operation, query):
    known = {p["name"] for p in operation["parameters"] if p["in"] == "query"}
    return [name for name, _ in modern(query) if name not in known]


def _asked(method, path, *, query=(), body=None, content_type=""):
    from openapi_core.datatypes import RequestParameters
    from werkzeug.datastructures import Headers, ImmutableMultiDict

    parameters = RequestParameters(query=ImmutableMultiDict(query), header=Headers(), cookie=ImmutableMultiDict())
    return SimpleNamespace(
        host_url=HOST, method=method.lower(), path=path, body=body, content_type=content_type, parameters=parameters
    )


def _told(error):
    reasons = [e.message for e in getattr(error.__cause__, "schema_errors", ())]
    name = getattr(error, "name", "")
    return [f"{name}: {r}"[:300] if name else r[-300:] for r in reasons] or [f"{error}"[:300]]


def request_mistakes(method, path, *, query=(), body=None, content_type=""):
    """Everything the specification says against a request; [] when it says nothing."""
    from openapi_core.exceptions import OpenAPIError

    try:
        judge().validate_request(_asked(method, path, query=modern(query), body=body, content_type=content_type))
    except OpenAPIError as error:
        return _told(error)
    return []


def answer_mistakes(method, path, status, body, content_type):
    """Everything the specification says against an answer."""
    from openapi_core.exceptions import OpenAPIError
    from werkzeug.datastructures import Headers

    answer = SimpleNamespace(
        status_code=status, data=body, content_type=content_type, headers=Headers({"Content-Type": content_type})
    )
    try:
        judge().validate_response(_asked(method, path), answer)
    except OpenAPIError as error:
        return _told(error)
    return []
