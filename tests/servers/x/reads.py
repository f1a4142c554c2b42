"""What may be read, and what each read answers."""

import base64
from datetime import datetime

from tests.servers.x import answers, views

REACH, REACH_WITHOUT_REPLIES = 3200, 800


def me(world, user, request):
    return answers.Answer(200, {"data": views.user_view(user, request.query)})


def one_post(world, user, request):
    post = world.posts.get(request.ids["id"])
    if post is None or post.deleted:
        return answers.Answer(200, {"errors": [answers.missing("tweet", request.ids["id"])]})
    shown = views.posts_answer(world, [post], request.query)
    return answers.Answer(200, {**shown.body, "data": shown.body["data"][0]})


def some_posts(world, user, request):
    ids = request.first("ids").split(",")
    found = [world.posts[i] for i in ids if i in world.posts and not world.posts[i].deleted]
    absent = [answers.missing("tweet", i, "ids") for i in ids if i not in {post.id for post in found}]
    return views.posts_answer(world, found, request.query, **({"errors": absent} if absent else {}))


def timeline(world, user, request):
    """One page, newest first; a `next_token` where there is more."""
    owner = next((u for u in world.users.values() if u.id == request.ids["id"]), None)
    if owner is None:
        return answers.Answer(200, {"errors": [answers.missing("user", request.ids["id"])]})
    keep = _filters(request)
    excluded = views.wanted(request.query, "exclude")
    reach = REACH_WITHOUT_REPLIES if "replies" in excluded else REACH
    posts = [post for post in world.timeline(owner.username)[:reach] if all(rule(post) for rule in keep)]
    size = int(request.first("max_results") or 10)
    page, more = posts[:size], posts[size:]
    meta = {"result_count": len(page)}
    if page:
        meta |= {"newest_id": page[0].id, "oldest_id": page[-1].id}
    if more:
        meta["next_token"] = _token(page[-1].id)
    return views.posts_answer(world, page, request.query, meta=meta)


def _filters(request):
    """A test for each parameter that narrows a timeline."""
    tests = []
    if "replies" in views.wanted(request.query, "exclude"):
        tests.append(lambda post: not post.reply_to)
    if start := _moment(request, "start_time"):
        tests.append(lambda post: post.created_at >= start)
    if end := _moment(request, "end_time"):
        tests.append(lambda post: post.created_at < end)
    if start and end and start >= end:
        raise answers.invalid("start_time must be before end_time")
    if since := request.first("since_id"):
        tests.append(lambda post: int(post.id) > int(since))
    if until := request.first("until_id") or _id_of(request.first("pagination_token")):
        tests.append(lambda post: int(post.id) < int(until))
    return tests


def _moment(request, name):
    told = request.first(name)
    if not told:
        return None
    try:
        when = datetime.fromisoformat(told)
    except ValueError as error:
        raise answers.invalid(f"{name} [{told}] is not a valid datetime", **{name: [told]}) from error
    if when.tzinfo is None:
        raise answers.invalid(f"{name} [{told}] has no time zone", **{name: [told]})
    return when


def _token(post_id):
    return base64.b32hexencode(post_id.encode()).decode().rstrip("=").lower()


def _id_of(token):
    """The post a page ended with; a token X did not give is refused."""
    if not token:
        return ""
    try:
        found = base64.b32hexdecode(token.upper() + "=" * (-len(token) % 8)).decode()
    except ValueError as error:
        raise answers.invalid("Invalid pagination token", pagination_token=[token]) from error
    if not found.isdigit():
        raise answers.invalid("Invalid pagination token", pagination_token=[token])
    return found
