"""What may be done, and what each deed answers."""

import base64
import hashlib
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

from PIL import Image

from bot.counting import count
from tests.servers.pinterest import answers
from tests.servers.pinterest.world import ACCESS, REFRESH, Pin

Answer = answers.Answer
LENGTHS = {"title": 100, "description": 800, "alt_text": 500, "link": 2048}
METRICS = {"IMPRESSION": 0, "OUTBOUND_CLICK": 0, "PIN_CLICK": 0, "SAVE": 0, "TOTAL_COMMENTS": 0, "TOTAL_REACTIONS": 0}


def token(world, app, request):
    """A code or a refresh token for new tokens; each is taken once."""
    form = dict(request.form)
    by_code = form["grant_type"] == "authorization_code"
    kept, word = (world.codes, form["code"]) if by_code else (world.refreshers, form["refresh_token"])
    held = world.holder(kept, word)
    if held is None or (by_code and form["redirect_uri"] != app.redirect):
        raise answers.refused(400, f"The {'authorization code' if by_code else 'refresh token'} is not valid.", 283)
    if not app.continuous and form.get("continuous_refresh") != "true":
        raise answers.refused(400, "continuous_refresh must be true for this app.", 1)
    world.spend(kept, word)
    body = {
        "access_token": world.issue(world.tokens, held.user, held.scopes, ACCESS),
        "refresh_token": world.issue(world.refreshers, held.user, held.scopes, REFRESH),
        "response_type": form["grant_type"],
        "token_type": "bearer",
        "expires_in": int(ACCESS.total_seconds()),
        "refresh_token_expires_in": int(REFRESH.total_seconds()),
        "refresh_token_expires_at": int((world.now() + REFRESH).timestamp()),
        "scope": " ".join(sorted(held.scopes)),
    }
    return Answer(200, body)


def me(world, user, request):
    pins = [pin for pin in world.live() if pin.user == user.username]
    body = {"id": user.id, "username": user.username, "account_type": user.account_type, "pin_count": len(pins)}
    return Answer(
        200, {**body, "profile_image": "https://i.pinimg.com/a.jpg", "website_url": "", "business_name": None}
    )


def boards(world, user, request):
    mine = [board for board in world.boards.values() if board.owner == user.username and board.privacy != "SECRET"]
    return _page(request, mine, lambda board: board_view(world, board))


def board(world, user, request):
    return Answer(200, board_view(world, _board(world, user, request.ids["board_id"])))


def board_pins(world, user, request):
    found = _board(world, user, request.ids["board_id"])
    return _page(request, world.board_of(found.id), lambda pin: pin_view(world, pin))


def pins(world, user, request):
    mine = [pin for pin in reversed(world.live()) if pin.user == user.username]
    return _page(request, mine, lambda pin: pin_view(world, pin))


def create(world, user, request):
    """A pin: its words within their lengths, its pictures real."""
    told = request.json
    if world.app.access == "sandbox":
        raise answers.refused(403, answers.ON_TRIAL, 29)
    if not told.get("board_id") or not told.get("media_source"):
        raise answers.refused(400, "Invalid request: board_id and media_source are required", 1)
    _board(world, user, told["board_id"])
    for name, most in LENGTHS.items():
        if (length := count(told.get(name) or "", world.text_unit)) > most:
            raise answers.refused(
                400, f"Invalid request: {name} has {length} characters, constraint: maxLength={most}", 1
            )
    if (link := told.get("link")) and not link.startswith(("http://", "https://")):
        raise answers.refused(400, "Invalid request: link is not a URL", 1)
    source = told["media_source"]
    pictures = tuple(_picture(world, one) for one in source.get("items", [source]))
    made = Pin(
        id=world.mint(),
        user=user.username,
        board_id=told["board_id"],
        pictures=pictures,
        created_at=world.now().replace(microsecond=0),
        is_public=world.app.access == "standard",
        **{name: told.get(name) or "" for name in LENGTHS},
    )
    world.publish(made)
    return Answer(201, pin_view(world, made))


def one_pin(world, user, request):
    pin = _pin(world, user, request)
    metrics = {"pin_metrics": pin.metrics or None} if request.first("pin_metrics") == "true" else {}
    return Answer(200, {**pin_view(world, pin), **metrics})


def delete(world, user, request):
    pin = _pin(world, user, request)
    world.pins[pin.id] = replace(pin, deleted=True)
    return Answer(204, None)


def analytics(world, user, request):
    """The sum of the asked days, and what Pinterest tells of the whole life only."""
    pin, today = _pin(world, user, request), world.now().date()
    start, end = (date.fromisoformat(request.first(name)) for name in ("start_date", "end_date"))
    if start < today - timedelta(days=90) or not start <= end <= start + timedelta(days=90):
        raise answers.refused(400, "Invalid pins analytics parameters.", 1)
    asked = {**METRICS, **pin.metrics}
    wanted = {name: asked[name] for name in request.first("metric_types").split(",")}
    totals = {name: wanted.pop(name) for name in ("TOTAL_COMMENTS", "TOTAL_REACTIONS") if name in wanted}
    return Answer(200, {"all": {"summary_metrics": wanted, "lifetime_metrics": totals, "daily_metrics": []}})


def board_view(world, board):
    shown = {"id": board.id, "name": board.name, "privacy": board.privacy, "owner": {"username": board.owner}}
    return {**shown, "description": "", "pin_count": len([p for p in world.live() if p.board_id == board.id])}


def pin_view(world, pin):
    sizes = [
        {"600x": {"width": w, "height": h, "url": f"https://i.pinimg.com/600x/{d}.jpg"}} for d, w, h in pin.pictures
    ]
    media = {"media_type": "image", "images": sizes[0]}
    if len(sizes) > 1:
        media = {"media_type": "multiple_images", "items": [{"images": one} for one in sizes]}
    return {
        **{name: getattr(pin, name) or None for name in ("title", "description", "alt_text")},
        "link": world.shown_link(pin.link) if pin.link else None,
        "id": pin.id,
        "board_id": pin.board_id,
        "board_section_id": None,
        "board_owner": {"username": pin.user},
        "created_at": pin.created_at.strftime("%Y-%m-%dT%H:%M:%S") + ("+00:00" if world.zoned else ""),
        "creative_type": "REGULAR",
        "dominant_color": "#0d3b3e",
        "has_been_promoted": False,
        "is_owner": True,
        "is_standard": True,
        "media": media,
        "parent_pin_id": None,
    }


def _board(world, user, board_id):
    found = world.boards.get(board_id)
    if found is None:
        raise answers.refused(404, "Board not found.", 40)
    if found.owner != user.username or found.privacy == "SECRET":
        raise answers.refused(403)
    return found


def _pin(world, user, request):
    pin = world.pins.get(request.ids["pin_id"])
    if pin is None or pin.deleted:
        raise answers.refused(404)
    if pin.user != user.username:
        raise answers.refused(403)
    return pin


def _picture(world, told):
    """The charset of the words was judged by the specification; here they must be the picture they say they are."""
    try:
        content = base64.b64decode(told["data"], validate=True)
        picture = Image.open(BytesIO(content))
        picture.load()
    except (ValueError, OSError) as error:
        raise answers.refused(400, "Sorry! We could not read this image.", 1) from error
    if picture.get_format_mimetype() != told["content_type"] or len(content) > world.image_bytes_max:
        raise answers.refused(400, "Sorry! This image is not what it says, or too large.", 1)
    return hashlib.sha256(content).hexdigest(), *picture.size


def _page(request, rows, view):
    """A page and the bookmark of the next one, which is a position that nobody else may invent."""
    start = request.first("bookmark")
    if start and not start.startswith("after-"):
        raise answers.refused(400, "Invalid bookmark.", 1)
    first, size = int(start.removeprefix("after-") or 0), int(request.first("page_size") or 25)
    more = first + size < len(rows)
    items = [view(one) for one in rows[first : first + size]]
    return Answer(200, {"items": items, "bookmark": f"after-{first + size}" if more else None})
