"""What pages stumble over where nobody looks: a script's error, a refusal by policy, a file that is not there."""

FILES = {"stylesheet", "script", "image", "font"}


def stumbles(context):
    """The list into which every page of this browser context will tell what goes wrong.

    A page that answers with an error is none: it may be what is tested.
    """
    told = []

    def said(message):
        if message.type == "error" and not message.text.startswith("Failed to load resource"):  # told with its address
            told.append(message.text)

    def answered(response):
        if response.status >= 400 and response.request.resource_type in FILES:
            told.append(f"{response.url}: {response.status}")

    context.on("weberror", lambda error: told.append(str(error.error)))
    context.on("console", said)
    context.on("response", answered)
    return told
