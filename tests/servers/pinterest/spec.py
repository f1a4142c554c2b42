"""Pinterest's own OpenAPI description as the judge of every request and of every answer."""

import json
import re
from functools import cache
from types import SimpleNamespace

from tests.reference import judge as library
from tests.reference import reference

HOST, BASE = "https://api.pinterest.com", "/v5"
SERVED = {
    ("post", "/oauth/token"),
    ("get", "/user_account"),
    ("get", "/boards"),
    ("get", "/boards/{board_id}"),
    ("get", "/boards/{board_id}/pins"),
    ("get", "/pins"),
    ("post", "/pins"),
    ("get", "/pins/{pin_id}"),
    ("delete", "/pins/{pin_id}"),
    ("get", "/pins/{pin_id}/analytics"),
}
TOLD_IN_WORDS = {"continuous_refresh"}
"""What the description of the token endpoint asks for, and its schema does not know."""


@cache
def description():
    """The specification, cut to the operations served."""
    whole = json.loads(reference("specs/pinterest.json").read_text(encoding="utf-8"))
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
            del operation["security"]  # tokens and scopes are verified by the server
    metrics = unsecured["components"]["parameters"]["query_pin_analytics_metric_types"]["schema"]["items"]
    metrics["anyOf"] = metrics.pop("oneOf")  # its two lists overlap: nothing in both could ever be asked for
    return core.OpenAPI.from_dict(unsecured, config=core.Config(spec_validator_cls=None))


@cache
def operations():
    """(method, path template) -> the operation, its parameters resolved."""
    known, found = description()["components"]["parameters"], {}
    for path, methods in description()["paths"].items():
        for method, operation in methods.items():
            told = operation.get("parameters", [])
            resolved = [known[p["$ref"].rpartition("/")[2]] if "$ref" in p else p for p in told]
            found[method, path] = {**operation, "parameters": resolved}
    return found


def scopes(operation):
    """What a token must be allowed for it."""
    return next(set(one["pinterest_oauth2"]) for one in operation["security"] if "pinterest_oauth2" in one)


def matched(request):
    """The operation asked for, with the ids of its path filled in; None where this server has none."""
    for (method, template), operation in operations().items():
        found = re.fullmatch(BASE + re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template), request.path)
        if method == request.method.lower() and found:
            request.ids = found.groupdict()
            return operation
    return None


def request_mistakes(request, operation):
    """Everything the specification says against a request; [] when it says nothing."""
    from openapi_core.exceptions import OpenAPIError

    known = {one["name"] for one in operation["parameters"] if one["in"] == "query"}
    names = [name for name, _ in request.query]
    told = [f"query parameter {name} is not known" for name in names if name not in known]
    told += [f"query parameter {name} is given twice" for name in {n for n in names if names.count(n) > 1}]
    try:
        judge().validate_request(_asked(request.method, request.path, request.query, request.body, request.headers))
    except OpenAPIError as error:
        told += _told(error)
    if not told and request.mime == "application/json":
        told += _unknown(request.json, "PinCreate")
        source = request.json.get("media_source") or {}
        told += _unknown(source, _source_schema(source))
        if source.get("source_type") == "multiple_image_base64":
            told += [said for item in source["items"] for said in _unknown(item, "PinMediaSourceImagesBase64Item")]
    return told


def form_mistakes(form):
    """The same for the fields of the token endpoint, which the discriminator of its schema alone does not judge."""
    names = {"authorization_code": "OauthAccessTokenRequestCode", "refresh_token": "OauthAccessTokenRequestRefresh"}
    asked = dict(form)
    if len(asked) != len(form) or asked.get("grant_type") not in names:
        return ["grant_type must be authorization_code or refresh_token, and every field be there once"]
    (schema,) = _schema(names[asked["grant_type"]])["allOf"]
    known = {"grant_type", *schema["properties"], *TOLD_IN_WORDS}
    missing = [f"{name} is missing" for name in schema["required"] if not asked.get(name)]
    return missing + [f"{name} is not known" for name in asked if name not in known]


def answer_mistakes(method, path, status, body, content_type):
    """Everything the specification says against an answer."""
    from openapi_core.exceptions import OpenAPIError
    from werkzeug.datastructures import Headers

    headers = Headers({"Content-Type": content_type} if content_type else {})
    answer = SimpleNamespace(status_code=status, data=body, content_type=content_type, headers=headers)
    try:
        judge().validate_response(_asked(method, path), answer)
    except OpenAPIError as error:
        return _told(error)
    return []


def _schema(name):
    return description()["components"]["schemas"][name]


def _source_schema(source):
    return _schema("PinMediaSource")["discriminator"]["mapping"][source["source_type"]].rpartition("/")[2]


def _unknown(told, schema):
    """The specification forbids no further names; a name that it does not have is a mistake all the same."""
    return [f"{schema} has no {name}" for name in told if name not in _schema(schema)["properties"]]


def _asked(method, path, query=(), body=b"", headers=None):
    from openapi_core.datatypes import RequestParameters
    from werkzeug.datastructures import Headers, ImmutableMultiDict

    parameters = RequestParameters(query=ImmutableMultiDict(query), header=Headers(), cookie=ImmutableMultiDict())
    mime = (headers or {}).get("Content-Type", "")
    return SimpleNamespace(
        host_url=HOST, method=method.lower(), path=path, body=body or None, content_type=mime, parameters=parameters
    )


def _told(error):
    reasons = [_said(one) for one in getattr(error.__cause__, "schema_errors", ())]
    name = getattr(error, "name", "")
    return [f"{name}: {r}".removeprefix(": ")[-300:] for r in reasons] or [f"{error}"[:300]]


def _said(one):
    """A reason, and those of the alternatives where none of these was met."""
    inner = [f"{'.'.join(map(str, each.path))}: {each.message[-120:]}" for each in one.context or ()]
    return "; ".join([one.message[-120:], *inner])
