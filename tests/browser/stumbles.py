"""What pages stumble over where nobody looks: a script's error, a refusal by policy, a file that is not there."""

from urllib.parse import urlsplit

GIVEN_UP = ("htmx:afterRequest", "htmx:sendAbort", "htmx:sendError")
"""What htmx says of a question that it had asked when the page was left."""
FILES = {"stylesheet", "script", "image", "font"}
HERE = {"127.0.0.1", "desk.test", ""}
"""The hosts that tests serve; a page that asks another one tells somebody else who reads it."""


def stumbles(context):
    """The list into which every page of this browser context will tell what goes wrong.

    A page that answers with an error is none: it may be what is tested.
    """
    told = []

    def said(message):
        known = ("Failed to load resource", *GIVEN_UP)  # the first is told with its address, below
        if message.type == "error" and not message.text.startswith(known):
            told.append(message.text)

    def answered(response):
        if response.status >= 400 and response.request.resource_type in FILES:
            told.append(f"{response.url}: {response.status}")

    def asked(request):
        if urlsplit(request.url).hostname not in HERE:
            told.append(f"{request.url}: asked of somebody else")

    context.on("weberror", lambda error: told.append(str(error.error)))
    context.on("console", said)
    context.on("response", answered)
    context.on("request", asked)
    return told
