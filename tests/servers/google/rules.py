"""What Google takes: the fields of a LocalPost, by hand (no machine description was found), and a picture, fetched."""

import urllib.error
import urllib.request
from io import BytesIO

from PIL import Image

from bot.counting import count
from tests.servers.x.answers import Answer, Refused

ACTIONS = {"BOOK", "ORDER", "SHOP", "LEARN_MORE", "SIGN_UP", "GET_OFFER", "CALL"}
POST = {
    *("name", "languageCode", "summary", "callToAction", "createTime", "updateTime", "event", "state", "media"),
    *("searchUrl", "topicType", "alertType", "offer", "scheduledTime"),
}
MEDIA = {
    *("name", "mediaFormat", "locationAssociation", "googleUrl", "thumbnailUrl", "createTime", "dimensions"),
    *("insights", "attribution", "description", "sourceUrl", "dataRef"),
}
REPORT = {"localPostNames", "basicRequest", "callToActionRequest"}
NAMES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    499: "CANCELLED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}


def refused(status, message="Request had an error.", **details):
    error = {"code": status, "message": message, "status": NAMES.get(status, "UNKNOWN")}
    told = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "domain": "googleapis.com", **details}]
    return Refused(Answer(status, {"error": {**error, **({"details": told} if details else {})}}))


def unknown(told, known, where):
    """Google refuses every name that it does not know."""
    if not isinstance(told, dict):
        raise refused(400, f"Invalid value at '{where}'")
    for name in sorted(told.keys() - known):
        raise refused(400, f"Invalid JSON payload received. Unknown name \"{name}\" at '{where}': Cannot find field.")


def judge_post(told, text_max=1500):
    """Raises Refused for what is no standard post."""
    unknown(told, POST, "local_post")
    if told.get("topicType") != "STANDARD":
        raise refused(400, "topicType: this stand-in takes STANDARD only")
    if not isinstance(told.get("languageCode"), str) or not isinstance(told.get("summary"), str):
        raise refused(400, "languageCode and summary are text")
    if count(told["summary"], "utf16") > text_max:
        raise refused(400, "summary is too long")
    if "callToAction" in told:
        judge_action(told["callToAction"])
    for media in told.get("media", []):
        unknown(media, MEDIA, "local_post.media[0]")
        if media.get("mediaFormat") != "PHOTO" or "dataRef" in media or not media.get("sourceUrl"):
            raise refused(400, "media: sourceUrl is the only way for local posts")


def judge_action(action):
    unknown(action, {"actionType", "url"}, "local_post.call_to_action")
    kind, url = action.get("actionType"), action.get("url", "")
    if kind not in ACTIONS:
        raise refused(400, f"Invalid value at 'local_post.call_to_action.action_type': \"{kind}\"")
    if (kind == "CALL") == bool(url) or (url and not url.startswith(("http://", "https://"))):
        raise refused(400, "callToAction.url: needed for all but CALL, and an address")


def fetch(url):
    """Why Google cannot use a picture; "" when it can. The address is really fetched: https, or this machine."""
    if not url.isascii() or not url.startswith(("https://", "http://127.0.0.1:")):
        return "the address is not https"
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            mime, content = answer.headers.get_content_type(), answer.read(6_000_000)
    except (urllib.error.URLError, OSError) as error:
        return f"cannot be fetched: {error}"
    if mime not in {"image/jpeg", "image/png"} or not 10_240 <= len(content) <= 5_000_000:
        return f"{mime} of {len(content)} bytes"
    try:
        with Image.open(BytesIO(content)) as picture:
            kind, (width, height) = picture.format, picture.size
    except OSError:
        return "is no picture"
    if kind not in {"JPEG", "PNG"} or width < 400 or height < 300:
        return f"{kind} of {width}x{height}"
    return ""
