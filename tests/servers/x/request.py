"""One request as the rules see it."""

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from urllib.parse import parse_qsl, urlsplit

from tests.servers.x import spec


@dataclass
class Request:
    method: str
    url: str  # absolute: signatures cover it
    headers: object
    body: bytes
    ids: dict = field(default_factory=dict)

    @cached_property
    def path(self):
        return urlsplit(self.url).path

    @cached_property
    def query(self):
        return parse_qsl(urlsplit(self.url).query, keep_blank_values=True)

    @cached_property
    def mime(self):
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def form_body(self):
        return self.body.decode() if self.mime == "application/x-www-form-urlencoded" else ""

    @cached_property
    def json(self):
        return json.loads(self.body)

    def first(self, name):
        return next((value for key, value in self.query if key == name), "")

    @cached_property
    def multipart(self):
        """(text fields, file fields), each a list of (name, value)."""
        from werkzeug.formparser import FormDataParser
        from werkzeug.http import parse_options_header

        mime, options = parse_options_header(self.headers["Content-Type"])
        parser = FormDataParser(stream_factory=lambda *_, **__: BytesIO(), silent=False)
        _, form, files = parser.parse(BytesIO(self.body), mime, len(self.body), options)
        return list(form.items(multi=True)), [(name, f.read()) for name, f in files.items(multi=True)]

    @cached_property
    def fields(self):
        """The fields of an upload: multipart (bytes) or JSON (base64)."""
        if self.mime != "multipart/form-data":
            return self.json
        return dict(self.multipart[0] + self.multipart[1])


def matched(request):
    """The operation asked for, with the ids of its path filled in; None where this server has none."""
    for (method, template), operation in spec.operations().items():
        found = re.fullmatch(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template), request.path)
        if method == request.method.lower() and found:
            request.ids = found.groupdict()
            return operation
    return None


def mistakes(request, operation):
    """What the specification says against the request, multipart fields included."""
    unknown = spec.unknown_parameters(operation, request.query)
    told = [f"The query parameter [{name}] is not one of this operation's" for name in unknown]
    names = [name for name, _ in request.query]
    told += [f"The query parameter [{name}] is given twice" for name in {n for n in names if names.count(n) > 1}]
    body, mime = request.body or None, request.headers.get("Content-Type", "")
    if request.mime == "multipart/form-data":
        try:
            form, files = request.multipart
        except ValueError as error:
            return [*told, f"multipart: {error}"]
        told += _parts(form, files)
        # The specification's one schema for both ways: bytes stand there as a string.
        body, mime = json.dumps({**dict(form), **{name: "" for name, _ in files}}).encode(), "application/json"
    return told + spec.request_mistakes(request.method, request.path, query=request.query, body=body, content_type=mime)


def _parts(form, files):
    names = [name for name, _ in form + files]
    told = [f"multipart: {name} is given twice" for name in sorted({n for n in names if names.count(n) > 1})]
    if "media" in dict(form):
        told.append("multipart: media must be a part with a file name")
    return told + [f"multipart: {name} must not be a file" for name, _ in files if name != "media"]
