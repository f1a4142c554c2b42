"""Discord's own OpenAPI description (v10, OpenAPI 3.1) as the judge of every request and of every answer."""

import json
import re
from functools import cache
from types import SimpleNamespace

from tests.reference import judge, reference

HOST, BASE = "https://discord.com", "/api/v10"
WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
SERVED = {
    ("get", WEBHOOK),
    ("post", WEBHOOK),
    ("get", f"{WEBHOOK}/messages/{{message_id}}"),
    ("delete", f"{WEBHOOK}/messages/{{message_id}}"),
}


@cache
def description():
    """The specification, cut to the operations served."""
    whole = json.loads(reference("specs/discord.json").read_text(encoding="utf-8"))
    paths = {}
    for method, path in sorted(SERVED):
        told = whole["paths"][path]
        operation = {name: value for name, value in told[method].items() if name != "security"}
        paths.setdefault(path, {"parameters": told["parameters"]})[method] = operation
    whole["components"]["schemas"]["Error"]["properties"]["code"]["type"] = ["integer", "string"]  # as its pages show
    return {**whole, "paths": paths}


@cache
def openapi():
    core = judge("openapi_core")
    return core.OpenAPI.from_dict(description(), config=core.Config(spec_validator_cls=None))


def schema(name):
    return description()["components"]["schemas"][name]


def matched(method, path):
    """(operation, the ids in the path); (None, {}) where Discord has none such here."""
    for served, template in SERVED:
        found = re.fullmatch(BASE + re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template), path)
        if served == method.lower() and found:
            return description()["paths"][template][served], found.groupdict()
    return None, {}


def request_mistakes(operation, asked, payload):
    """Everything the specification says against a request; a form is judged by the JSON in it, as Discord reads it."""
    from openapi_core.datatypes import RequestParameters
    from openapi_core.exceptions import OpenAPIError
    from werkzeug.datastructures import Headers, ImmutableMultiDict

    known = {parameter["name"] for parameter in operation.get("parameters", [])}
    told = [f"the query parameter {name} is none of this operation's" for name, _ in asked.query if name not in known]
    query = RequestParameters(query=ImmutableMultiDict(asked.query), header=Headers(), cookie=ImmutableMultiDict())
    body = None if payload is None else json.dumps(_with_names(payload)).encode()
    request = SimpleNamespace(
        host_url=HOST,
        method=asked.method.lower(),
        path=asked.path,
        body=body,
        content_type="application/json",
        parameters=query,
    )
    try:
        openapi().validate_request(request)
    except OpenAPIError as error:
        told += _told(error)
    return told + unknown_keys(payload or {})


def _with_names(payload):
    """Discord's pages number attachments with numbers, where its specification wants texts; both are read."""
    if not isinstance(payload.get("attachments"), list):
        return payload
    return {**payload, "attachments": [{**one, **_text(one)} for one in payload["attachments"]]}


def _text(attachment):
    return {"id": str(attachment["id"])} if "id" in attachment else {}


def unknown_keys(payload):
    """Keys that Discord would drop in silence."""
    places = [("", payload, "IncomingWebhookRequestPartial")]
    places += [("attachments.", one, "MessageAttachmentRequest") for one in payload.get("attachments") or []]
    places.append(("allowed_mentions.", payload.get("allowed_mentions") or {}, "MessageAllowedMentionsRequest"))
    return [
        f"{where}{key} is unknown" for where, told, name in places for key in told.keys() - schema(name)["properties"]
    ]


def answer_mistakes(method, path, status, body, headers):
    """Everything the specification says against an answer."""
    from openapi_core.datatypes import RequestParameters
    from openapi_core.exceptions import OpenAPIError
    from werkzeug.datastructures import Headers, ImmutableMultiDict

    query = RequestParameters(query=ImmutableMultiDict(), header=Headers(), cookie=ImmutableMultiDict())
    asked = SimpleNamespace(
        host_url=HOST, method=method.lower(), path=path, body=None, content_type="", parameters=query
    )
    mime = headers.get("Content-Type", "application/json")
    answer = SimpleNamespace(status_code=status, data=body, content_type=mime, headers=Headers(list(headers.items())))
    try:
        openapi().validate_response(asked, answer)
    except OpenAPIError as error:
        return _told(error)
    return []


def _told(error):
    reasons = [one.message for one in getattr(error.__cause__, "schema_errors", ())]
    return [reason[-300:] for reason in reasons] or [f"{error}"[:300]]
