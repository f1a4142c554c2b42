"""What may be written: uploads, alt texts, posts; and what X refuses."""

import base64
import binascii
import hashlib
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

from PIL import Image

from tests.servers.x import answers
from tests.servers.x.text import MAX_WEIGHT, cashtags, has_invalid_characters, links, shown, weight
from tests.servers.x.world import MEDIA_LIFE, Media, Post

MAX_IMAGE = 5 * 1024 * 1024
MIMES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif", "WEBP": "image/webp"}
# Keys of the specification that this server gives a meaning; the others would be dropped in silence.
MODELLED = {"text", "media", "reply", "made_with_ai", "paid_partnership", "reply_settings", "nullcast"}


def upload(world, user, request):
    content = request.fields["media"]
    if isinstance(content, str):
        content = _decoded(content)
    if request.fields["media_category"] != "tweet_image":
        raise answers.invalid("media_category: this server takes tweet_image only")
    if len(content) > MAX_IMAGE:
        raise answers.invalid(f"media: {len(content)} bytes are more than {MAX_IMAGE}")
    width, height, mime = _picture(content)
    media = Media(
        id=world.mint(),
        owner=user.username,
        digest=hashlib.sha256(content).hexdigest(),
        width=width,
        height=height,
        mime=mime,
        expires=world.now() + timedelta(seconds=MEDIA_LIFE),
    )
    world.media[media.id] = media
    data = {
        "id": media.id,
        "media_key": media.key,
        "expires_after_secs": MEDIA_LIFE,
        "size": len(content),
        "image": {"w": width, "h": height, "image_type": mime},
    }
    return answers.Answer(200, {"data": data})


def _decoded(text):
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise answers.invalid("media: not base64") from error


def _picture(content):
    try:
        with Image.open(BytesIO(content)) as image:
            image.load()
            mime = MIMES[image.format]
            return *image.size, mime
    except (OSError, KeyError, SyntaxError) as error:
        raise answers.invalid("media: not a JPEG, PNG, GIF or WEBP picture") from error


def describe(world, user, request):
    """Alt text; it must come before the post."""
    body = request.json
    _only(body, {"id", "metadata"}, "")
    if "metadata" not in body:
        raise answers.invalid("metadata: the wrapper is missing")
    _only(body["metadata"], {"alt_text"}, "metadata.")
    _usable(world, user, [body["id"]])
    if world.is_shown(body["id"]):
        raise answers.invalid(f"id: media {body['id']} is already published")
    alt = body["metadata"].get("alt_text", {}).get("text", "")
    if not alt.strip():
        raise answers.invalid("metadata.alt_text.text: empty")
    world.media[body["id"]] = replace(world.media[body["id"]], alt=alt)
    return answers.Answer(200, {"data": {"id": body["id"], "associated_metadata": body["metadata"]}})


def _only(body, known, where):
    if unknown := sorted(set(body) - known):
        raise answers.invalid(*(f"{where}{key}: unknown to this server" for key in unknown))


def _usable(world, user, ids):
    for media_id in ids:
        media = world.media.get(media_id)
        if media is None or media.owner != user.username or media.expires <= world.now():
            raise answers.invalid("Your media IDs are invalid.", **{"media.media_ids": list(ids)})


def create(world, user, request):
    body = request.json
    _only(body, MODELLED, "")
    text, ids = body.get("text", ""), body.get("media", {}).get("media_ids", [])
    _only(body.get("media", {}), {"media_ids"}, "media.")
    if len(set(ids)) < len(ids):
        raise answers.invalid("media.media_ids: the same picture twice", **{"media.media_ids": ids})
    _usable(world, user, ids)
    _readable(world, text, ids)
    reply_to = body.get("reply", {}).get("in_reply_to_tweet_id", "")
    _answerable(world, user, reply_to)
    if len(cashtags(text)) > 1:
        raise answers.forbidden("A post may carry one cashtag at most.")
    if world.refuse_duplicates and text and world.says(user.username, text):
        raise answers.duplicate()
    post = _made(world, user, body, reply_to)
    world.publish(post)
    data = {"id": post.id, "text": post.shown}
    return answers.Answer(201, {"data": {**data, "edit_history_post_ids": [post.id]}})


def _made(world, user, body, reply_to):
    text, ids = body.get("text", ""), body.get("media", {}).get("media_ids", [])
    post_id, media = world.mint(), tuple(world.media[i] for i in ids)
    seen, urls = shown(text, post_id, user.username, media)
    return Post(
        id=post_id,
        user=user.username,
        text=text,
        shown=seen,
        urls=tuple(urls),
        media=media,
        reply_to=reply_to,
        created_at=world.now(),
        made_with_ai=body.get("made_with_ai", False),
    )


def _readable(world, text, ids):
    if not text.strip() and not ids:
        raise answers.invalid("text: a post needs words or a picture")
    if has_invalid_characters(text):
        raise answers.invalid("text: characters that X does not take")
    if (length := weight(text)) > MAX_WEIGHT:
        told = "Your Tweet text is too long."
        raise answers.forbidden(told) if world.too_long_status == 403 else answers.invalid(f"{told} ({length})")


def _answerable(world, user, reply_to):
    if not reply_to:
        return
    parent = world.posts.get(reply_to)
    if parent is None or parent.deleted:
        raise answers.forbidden("You attempted to reply to a Tweet that is deleted or not visible to you.")
    if parent.user != user.username or not world.self_replies:
        raise answers.forbidden("Reply to this conversation is not allowed because you have not been mentioned.")


def delete(world, user, request):
    post = world.posts.get(request.ids["id"])
    if post is None or post.deleted:
        raise answers.not_found("tweet", request.ids["id"])
    if post.user != user.username:
        raise answers.forbidden("You are not authorized to delete this Tweet.")
    world.remove(post.id)
    return answers.Answer(200, {"data": {"deleted": True}})


def price(operation, answer, request):
    """Dollars (X's price list of 2026-04-16); uploads are not in the list."""
    if operation == "createPosts":
        return 0.2 if links(request.json.get("text", "")) else 0.015
    if operation.startswith("get"):
        data = answer.body.get("data", [])
        return 0.001 * (len(data) if isinstance(data, list) else 1)
    return {"createMediaMetadata": 0.005, "deletePosts": 0.01}.get(operation, 0)
