"""How X shows what it remembers."""

from tests.servers.x import answers

DEFAULT_POST = {"id", "text", "edit_history_post_ids", "edit_history_tweet_ids"}
DEFAULT_MEDIA = {"media_key", "type"}


def moment(when):
    return when.strftime("%Y-%m-%dT%H:%M:%S.") + f"{when.microsecond // 1000:03d}Z"


def wanted(query, *names):
    """The comma-separated values of the parameters called `names`."""
    return {value for name, values in query if name in names for value in values.split(",") if value}


def user_view(user, query=()):
    shown = {"id": user.id, "name": user.name, "username": user.username}
    if "protected" in wanted(query, "user.fields"):
        shown["protected"] = False
    return shown


def _whole(world, post):
    """Every field, under the names of the specification and under those of the documentation."""
    author = world.users[post.user]
    whole = {
        "id": post.id,
        "text": post.shown,
        "edit_history_post_ids": [post.id],
        "edit_history_tweet_ids": [post.id],
        "created_at": moment(post.created_at),
        "author_id": author.id,
        "conversation_id": _root(world, post).id,
        "lang": "en",
        "public_metrics": {**post.metrics, "retweet_count": post.metrics["repost_count"]},
    }
    if post.urls:
        whole["entities"] = {"urls": list(post.urls)}
    if post.media:
        whole["attachments"] = {"media_keys": [media.key for media in post.media]}
    if post.reply_to:
        reply = [{"type": "replied_to", "id": post.reply_to}]
        replied = world.users[world.posts[post.reply_to].user].id
        whole |= {"referenced_posts": reply, "referenced_tweets": reply, "in_reply_to_user_id": replied}
    return whole


def _root(world, post):
    while post.reply_to:
        post = world.posts[post.reply_to]
    return post


def post_view(world, post, query):
    """The fields asked for; an expansion brings its own field."""
    fields = DEFAULT_POST | wanted(query, "post.fields", "tweet.fields")
    expansions = wanted(query, "expansions")
    fields |= {"attachments"} if "attachments.media_keys" in expansions else set()
    fields |= {"author_id"} & expansions | {"in_reply_to_user_id"} & expansions
    if expansions & {"referenced_posts", "referenced_tweets.id"}:
        fields |= {"referenced_posts", "referenced_tweets"}
    return {name: value for name, value in _whole(world, post).items() if name in fields}


def media_view(media, query):
    whole = {
        "media_key": media.key,
        "type": "photo",
        "width": media.width,
        "height": media.height,
        "url": f"https://pbs.twimg.com/media/{media.digest[:15]}.jpg",
        **({"alt_text": media.alt} if media.alt else {}),
    }
    fields = DEFAULT_MEDIA | wanted(query, "media.fields")
    return {name: value for name, value in whole.items() if name in fields}


def includes(world, posts, query):
    """What the expansions add beside the posts."""
    expansions, added = wanted(query, "expansions"), {}
    if "attachments.media_keys" in expansions:
        media = {one.key: one for post in posts for one in post.media}
        added["media"] = [media_view(one, query) for one in media.values()]
    if "author_id" in expansions:
        authors = {post.user: world.users[post.user] for post in posts}
        added["users"] = [user_view(author, query) for author in authors.values()]
    return {"includes": {name: seen for name, seen in added.items() if seen}} if any(added.values()) else {}


def posts_answer(world, posts, query, **beside):
    data = {"data": [post_view(world, post, query) for post in posts]} if posts else {}
    return answers.Answer(200, {**data, **includes(world, posts, query), **beside})
