"""What the desk says of a picture besides its words: the sizes it gets elsewhere, and what wants a person's eye."""

from __future__ import annotations

from collections.abc import Iterator

from bot.app import App
from bot.images import FORMATS, Drawing, drawing_hash
from bot.images.kept import USUAL, Wanted
from bot.model import Post
from bot.web.desk.views import Sized

FACE = "Somebody can be recognised in this photo. Write who agreed to be shown, or choose another photo."


def wanted(app: App, post: Post) -> dict[str, tuple[str, ...]]:
    """The sizes other than the usual one in which accounts get the post's pictures, with the accounts' names."""
    found: dict[str, tuple[str, ...]] = {}
    for name in post.accounts:
        account = app.config.account(name)
        size = app.pictures.wanted(post, app.limits(account), account.image_size).size
        if size != USUAL:
            found[size] = (*found.get(size, ()), name)
    return found


def sized(app: App, post: Post, number: int) -> Iterator[tuple[tuple[str, ...], Drawing]]:
    """A picture in each of those sizes."""
    for size, accounts in wanted(app, post).items():
        yield accounts, app.pictures.of_post(post, number, Wanted(size))


def notes(drawing: Drawing) -> tuple[str, ...]:
    """What a person should know of a picture that can be drawn."""
    return (FACE,) if drawing.photo and drawing.photo.faces and not drawing.image.consent else ()


def sizes_of(app: App, post: Post) -> tuple[Sized, ...]:
    """The first picture of a post as the accounts get it that want another size."""
    return tuple(
        resized(accounts, drawing, f"/pictures/{post.id}/", f"0-{drawing.size}.jpg?v={drawing_hash(drawing)[:16]}")
        for accounts, drawing in (sized(app, post, 0) if post.images else ())
    )


def resized(accounts: tuple[str, ...], drawing: Drawing, folder: str, name: str) -> Sized:
    """A picture in another size, at the addresses that it has in a folder."""
    size = FORMATS[drawing.size]
    return Sized(accounts, f"{folder}{name}", f"{folder}small-{name}", size.width, size.height)


def notes_of(app: App, post: Post) -> tuple[str, ...]:
    """What a person should know of the photos of a post that can be drawn."""
    with_photo = [n for n, image in enumerate(post.images) if image.photo]
    return tuple(dict.fromkeys(said for n in with_photo for said in notes(app.pictures.of_post(post, n))))
