"""What LinkedIn answers: pictures, posts, organisations, figures; each request's JSON judged key by key."""

import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from urllib.parse import unquote

from PIL import Image

from tests.servers.linkedin.little import Reader

ME, PAGE = "782bbtaQ9x", "2414183"
PERSON, ORGANIZATION = f"urn:li:person:{ME}", f"urn:li:organization:{PAGE}"
KEYS = {"author", "commentary", "visibility", "distribution", "content", "lifecycleState", "isReshareDisabledByAuthor"}
NEEDED = KEYS - {"content", "isReshareDisabledByAuthor"}
DISTRIBUTION = {"feedDistribution", "targetEntities", "thirdPartyDistributionChannels"}
FORMATS, PIXELS, ALT, TEXT = {"JPEG", "PNG", "GIF"}, 36_152_320, 4086, 3000


class Refused(Exception):
    """An answer that is no success, in LinkedIn's envelope."""

    def __init__(self, status, code="", message="", *, body=None, headers=None):
        self.status, self.headers = status, headers or {}
        self.body = {"status": status, "code": code, "message": message} if body is None else body


@dataclass
class Picture:
    urn: str
    owner: str
    expires: datetime
    content: bytes = b""
    looks: int = 0


@dataclass
class Post:
    """`text` is what readers see of the commentary."""

    urn: str
    author: str
    commentary: str
    text: str
    tags: list
    pictures: list
    alts: tuple
    at: datetime
    content: dict = field(default_factory=dict)
    deleted: bool = False


def utf16(text):
    return len(text.encode("utf-16-le")) // 2


def needs(token, *scopes):
    if not token.scopes & set(scopes):
        raise Refused(403, "ACCESS_DENIED", "Not enough permissions to access this resource")


def speaks_for(token, urn, violations):
    if not isinstance(urn, str) or not re.fullmatch(r"urn:li:(person|organization):\w+", urn):
        violations.append(f"{urn!r} is no author")
        raise Refused(400, "INVALID_URN_TYPE", f"{urn!r} is not of a type that is taken here")
    is_page = urn.startswith("urn:li:organization:")
    needs(token, "w_organization_social" if is_page else "w_member_social")
    if urn not in {PERSON, ORGANIZATION}:
        raise Refused(403, "ACCESS_DENIED", f"Data Processing Exception: you may not speak for {urn}")


def initialize(world, asked, token, violations):
    told = asked.json
    if asked.raw_query != "action=initializeUpload" or set(told) != {"initializeUploadRequest"}:
        violations.append(f"images?{asked.raw_query}: {sorted(told)}")
        raise Refused(400, "ILLEGAL_ARGUMENT", "No such action")
    if set(told["initializeUploadRequest"]) != {"owner"}:
        violations.append("initializeUpload wants an owner, and nothing else")
        raise Refused(400, "MISSING_FIELD", "owner is missing")
    owner = told["initializeUploadRequest"]["owner"]
    speaks_for(token, owner, violations)
    urn = f"urn:li:image:C4E10{secrets.token_hex(8)}"
    expires = world.time() + timedelta(days=1)
    world.images[urn] = Picture(urn, owner, expires)
    value = {"uploadUrlExpiresAt": int(expires.timestamp() * 1000), "image": urn}
    value["uploadUrl"] = f"{world.url}/dms-uploads/{urn.rpartition(':')[2]}/uploaded-image/0?ca=vector&cn=uploads"
    return 200, {}, {"value": value}


def upload(world, asked, token, violations, name):
    picture = world.images.get(f"urn:li:image:{name}")
    if asked.method != "PUT":
        violations.append(f"{asked.method}: pictures are PUT")
        raise Refused(405, "METHOD_NOT_ALLOWED", "PUT")
    if asked.headers.get("Content-Type") != "application/octet-stream" or asked.raw_query != "ca=vector&cn=uploads":
        violations.append(f"an upload is octets, at the very address: {asked.headers.get('Content-Type')}")
        raise Refused(400, body="<html>Bad Request</html>")
    if picture is None or picture.expires <= world.time():
        raise Refused(400, "EXPIRED_UPLOAD_URL", "The upload URL has expired")
    try:
        image = Image.open(BytesIO(asked.body))
        is_well = image.format in FORMATS and image.size[0] * image.size[1] < PIXELS
    except OSError:
        is_well = False
    picture.content = asked.body if is_well else b"broken"
    return 201, {}, None


def status_of(world, picture):
    if not picture.content:
        return "WAITING_UPLOAD"
    if picture.content == b"broken":
        return "PROCESSING_FAILED"
    return "AVAILABLE" if picture.looks >= world.working else "PROCESSING"


def image(world, asked, token, violations, urn):
    needs(token, "r_organization_social")
    picture = world.images.get(unquote(urn))
    if picture is None:
        raise Refused(404, "NOT_FOUND", "No such image")
    status = status_of(world, picture)
    picture.looks += 1
    return 200, {}, {"id": picture.urn, "owner": picture.owner, "status": status}


def create(world, asked, token, violations):
    told = asked.json
    unknown, missing = sorted(set(told) - KEYS), sorted(NEEDED - set(told))
    unknown += sorted(set(told.get("distribution") or {}) - DISTRIBUTION)
    if unknown or missing or told["visibility"] != "PUBLIC" or told["lifecycleState"] != "PUBLISHED":
        violations.append(f"a post with unknown {unknown}, missing {missing}")
        raise Refused(400, "MISSING_FIELD" if missing else "INVALID_VALUE_FOR_FIELD", f"{missing or unknown}")
    if told["distribution"].get("feedDistribution") != "MAIN_FEED":
        raise Refused(400, "INVALID_VALUE_FOR_FIELD", "feedDistribution")
    author = told["author"]
    speaks_for(token, author, violations)
    shown, pictures = Reader(told["commentary"]), _pictures(world, told.get("content"), author, violations)
    if utf16(shown.shown) > TEXT:
        raise Refused(400, "FIELD_LENGTH_TOO_LONG", "commentary is too long")
    if not shown.shown and not pictures:
        raise Refused(400, "MISSING_FIELD", "neither commentary nor content")
    if shown.cut:
        violations.append(f"the post was cut, silently, before {shown.cut[:20]!r}")
    _refuse_again(world, author, told["commentary"])
    kind = "ugcPost" if len(pictures) > 1 else "share"
    urn = f"urn:li:{kind}:{7_400_000_000_000_000_000 + len(world.written) * 1009 + secrets.randbelow(1000)}"
    alts, urns = tuple(one.get("altText", "") for one in pictures), [one["id"] for one in pictures]
    content = told.get("content") or {}
    made = Post(urn, author, told["commentary"], shown.shown, shown.tags, urns, alts, world.time(), content)
    world.written.append(made)
    return 201, {"x-restli-id": urn, "x-linkedin-id": urn}, None


def _pictures(world, content, author, violations):
    if content is None:
        return []
    several = (content.get("multiImage") or {}).get("images") if set(content) == {"multiImage"} else None
    listed = several if several is not None else [content.get("media")]
    odd = set(content) - {"media", "multiImage"} or (several is not None and not 2 <= len(several) <= 20)
    if odd or any(not isinstance(one, dict) or set(one) - {"id", "altText"} or "id" not in one for one in listed):
        violations.append(f"content as nobody takes it: {content}")
        raise Refused(400, "INVALID_VALUE_FOR_FIELD", "content")
    for one in listed:
        picture = world.images.get(one["id"])
        if picture is None or picture.owner != author:
            raise Refused(400, "INVALID_VALUE_FOR_FIELD", f"{one['id']} is not an image of the author")
        if (status := status_of(world, picture)) in {"WAITING_UPLOAD", "PROCESSING_FAILED"}:
            raise Refused(400, f"MEDIA_ASSET_{status}", f"{one['id']} is {status}")
        if utf16(one.get("altText", "x")) > ALT or not one.get("altText", "x"):
            raise Refused(400, "FIELD_LENGTH_TOO_LONG", "altText")
    return listed


def _refuse_again(world, author, commentary):
    same = [one for one in world.written if (one.author, one.commentary) == (author, commentary) and commentary]
    same = [one for one in same if not one.deleted or world.ghosts]
    if same and world.detects:
        words = f"Content is a duplicate of {same[-1].urn}"
        details = {"inputErrors": [{"code": "DUPLICATE_POST", "description": words}]}
        status = world.duplicate_status
        raise Refused(status, body={"status": status, "message": f"Error: {words}", "errorDetails": details})


def listing(world, asked, token, violations):
    needs(token, "r_organization_social")
    query = asked.query
    if set(query) - {"q", "author", "count", "start", "sortBy"} or query.get("q") != "author":
        violations.append(f"posts?{asked.raw_query}: no such finder")
        raise Refused(400, "ILLEGAL_ARGUMENT", "No such finder")
    start, count = int(query.get("start", 0)), int(query.get("count", 10))
    if count > 100 or query.get("sortBy", "CREATED") not in {"CREATED", "LAST_MODIFIED"}:
        violations.append(f"posts?{asked.raw_query}")
        raise Refused(400, "ILLEGAL_ARGUMENT", "count")
    every = [one for one in reversed(world.written) if one.author == query["author"]]
    every = [one for one in every[world.lag :] if not one.deleted]
    page = [shown_to(world, one) for one in every[start : start + count]]
    return 200, {}, {"elements": page, "paging": {"start": start, "count": count, "links": []}}


def shown_to(world, one):
    commentary = one.commentary.replace("{hashtag|\\#|", "#").replace("}", "") if world.rewrites else one.commentary
    at = int(one.at.timestamp() * 1000)
    more = {"content": one.content} if one.content else {}
    told = {"id": one.urn, "author": one.author, "commentary": commentary, "createdAt": at, "publishedAt": at}
    return {**told, "lifecycleState": "PUBLISHED", "visibility": "PUBLIC", **more}


def delete(world, asked, token, violations, urn):
    needs(token, "w_organization_social", "w_member_social")
    found = next((one for one in world.written if one.urn == unquote(urn) and not one.deleted), None)
    if found is None:
        raise Refused(404, "NOT_FOUND", "No such post")
    speaks_for(token, found.author, violations)
    found.deleted = True
    return 204, {}, None


def organization(world, asked, token, violations, number):
    needs(token, "rw_organization_admin")
    if number != PAGE:
        raise Refused(403, "ACCESS_DENIED", "Viewer doesn't have permission to see this organization")
    return 200, {}, {"id": int(PAGE), "localizedName": "Quiet Feet Studio", "vanityName": "quiet-feet"}


def userinfo(world, asked, token, violations):
    needs(token, "openid")
    return 200, {}, {"sub": ME, "name": "Ada Feet", "locale": {"country": "DE", "language": "de"}}


def statistics(world, asked, token, violations):
    needs(token, "rw_organization_admin")
    pattern = (
        r"q=organizationalEntity&organizationalEntity=urn%3Ali%3Aorganization%3A\d+&(shares|ugcPosts)=List\((.+)\)"
    )
    found = re.fullmatch(pattern, asked.raw_query)
    if not found or (found[1] == "ugcPosts") != ("ugcPost" in found[2]):
        violations.append(f"statistics?{asked.raw_query}")
        raise Refused(400, "ILLEGAL_ARGUMENT", "No such finder")
    total = {"impressionCount": 120, "uniqueImpressionsCount": 90, "clickCount": 7, "likeCount": 5, "commentCount": 2}
    elements = [{"totalShareStatistics": {**total, "shareCount": 1, "engagement": 0.1}}]
    known = any(one.urn == unquote(found[2]) for one in world.written)
    return 200, {}, {"elements": elements if known else [], "paging": {"start": 0, "count": 10, "links": []}}


ROUTES = (
    ("POST", r"/rest/images", initialize),
    ("GET", r"/rest/images/([^/]+)", image),
    *((method, r"/dms-uploads/(\w+)/uploaded-image/0", upload) for method in ("PUT", "POST")),
    ("POST", r"/rest/posts", create),
    ("GET", r"/rest/posts", listing),
    ("DELETE", r"/rest/posts/([^/]+)", delete),
    ("GET", r"/rest/organizations/(\d+)", organization),
    ("GET", r"/rest/organizationalEntityShareStatistics", statistics),
    ("GET", r"/v2/userinfo", userinfo),
)
