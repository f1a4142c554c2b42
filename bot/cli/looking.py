"""Looking before anybody else does: one picture in a file, or all that is coming on one page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import show
from bot.cli.waiting import bar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.images import Drawing
    from bot.images.photos import Photo
    from bot.model import Brand, Image

ALL = "all"
FLAGS = {"items": "--item", "number": "--number", "photo": "--photo", "support": "--support"}
"""How the fields that a template may need are said here."""


@click.command()
@click.option("--headline", required=True, help="The large words.")
@click.option("--support", default="", help="The small words below them.")
@click.option("--item", "items", multiple=True, help="A line of a list; say it again for the next.")
@click.option("--number", default="", help="The figure that stands large.")
@click.option("--template", default="", metavar="NAME", help="How the words are set (default: what suits them).")
@click.option(
    "--format", "size", default="", metavar="WxH", help="Its size (default 1080x1350), or `all`: one of each."
)
@click.option("--photo", default=None, type=click.Path(path_type=Path), help="A photo, wherever it is.")
@click.option("--focus", default="", metavar='"X% Y%"', help="The point of the photo to keep in view.")
@click.option("--colours", default="", metavar="NAME", help="A palette of the brand, such as `reversed` or `bold`.")
@click.option("--credit", default="", help="Who took the photo; the file says it.")
@click.option("--studio", default="", metavar="NAME", help="The name on the picture (default: the workspace's).")
@click.option("--handle", default="", help="The handle on the picture (default: the workspace's).")
@click.option("--force", is_flag=True, help="Also over a file that is not one of our pictures.")
@click.option("-o", "--output", "file", required=True, type=click.Path(path_type=Path), help="A .jpg, .png or .webp.")
@click.pass_obj
def render(
    folder: Path,
    /,
    *,
    items: Sequence[str],
    size: str,
    photo: Path | None,
    studio: str,
    handle: str,
    force: bool,
    file: Path,
    **words: str,
) -> None:
    """Draw one picture to FILE, in the workspace's brand (or a plain one, outside of a workspace).

    With --format all it draws one of each size beside each other: FILE-1080x1350.jpg and so on.
    """
    from dataclasses import replace
    from tempfile import TemporaryDirectory

    from bot.images import Drawing, alt_text

    image, mime = _image(words, tuple(items), str(photo or "")), _mime(file)
    places = _places(file, size)
    for path in places.values():
        _may_be_written(path, force=force)
    brand = _brand(folder, studio, handle)
    with TemporaryDirectory() as scratch:
        plain = Drawing(image, brand, mime=mime, photo=_photo(folder, photo, Path(scratch)), logo=_logo(folder, brand))
        drawings = [_suited(replace(plain, size=name)) for name in places]
        _write(drawings, list(places.values()))
    click.echo(f"alt: {alt_text(drawings[0].image)}")


@click.command()
@click.option(
    "-o", "--output", "file", default="preview.html", type=click.Path(path_type=Path), help="Where (preview.html)."
)
@click.option(
    "--days", type=click.IntRange(min=1), default=None, help="Only what is planned for the next so many days."
)
@click.option("--force", is_flag=True, help="Also over a file that is not one of our previews.")
@click.pass_obj
def preview(folder: Path, file: Path, days: int | None, force: bool) -> None:
    """Write one page that shows every coming post as each network will show it, to read or to send by e-mail.

    It opens anywhere, without the bot and without the internet; nothing else is written or changed.
    """
    from datetime import timedelta

    from bot.io.files import write_atomic
    from bot.previews import is_preview, preview_page

    if file.exists() and not force and not is_preview(file):
        raise click.BadParameter(f"{file} is there, and is no preview: name another file, or say --force")
    _folder_of(file)
    app = show.workspace(folder)
    with bar("drawing") as told:
        page, posts = preview_page(app, timedelta(days=days) if days else None, told)
    content = page.encode("utf-8", "replace")
    write_atomic(file, content)
    click.echo(f"{file}  {show.count(posts, 'post')}  {len(content) / 1_000_000:.1f} MB")


COMMANDS = (render, preview)


def _write(drawings: Sequence[Drawing], paths: Sequence[Path]) -> None:
    """All of them, or, where one cannot be drawn, none."""
    from bot.images.many import draw_all
    from bot.io.files import write_atomic

    with bar("drawing") as told:
        made = draw_all(drawings, told)
    contents = []
    for one in made:
        if not isinstance(one, bytes):
            raise one
        contents.append(one)
    for path, drawing, content in zip(paths, drawings, contents, strict=True):
        write_atomic(path, content)
        click.echo(f"{path}  {drawing.size}  {len(content):,} bytes  template {drawing.image.template}")


def _image(words: Mapping[str, str], items: tuple[str, ...], photo: str) -> Image:
    """What was asked for; what no template can show is wrong use."""
    from bot.errors import ImageError
    from bot.images.photos.framing import focus_point
    from bot.images.templates import ALL as TEMPLATES
    from bot.model import Image

    image = Image(**words, items=items, photo=photo)
    if not image.headline.strip():
        raise click.BadParameter("the picture needs words", param_hint="--headline")
    if image.template:
        if image.template not in TEMPLATES:
            known = ", ".join(TEMPLATES)
            raise click.BadParameter(f'"{image.template}" is no template (known: {known})', param_hint="--template")
        _matches(image)
    if image.focus:
        try:
            focus_point(image.focus)
        except ImageError as error:
            raise click.BadParameter(str(error), param_hint="--focus") from None
    return image


def _matches(image: Image) -> None:
    """A template gets what it needs, and nothing that it would not show."""
    from bot.images.templates import ALL as TEMPLATES

    template = TEMPLATES[image.template]
    for field, flag in FLAGS.items():
        said = getattr(image, field)
        if not said and field in template.NEEDS:
            raise click.BadParameter(f'"{image.template}" needs {flag}', param_hint="--template")
        if said and field not in {*template.NEEDS, *template.TAKES}:
            raise click.BadParameter(f'"{image.template}" shows no {flag}: leave one out', param_hint="--template")


def _mime(file: Path) -> str:
    from bot.images.encode import ENDINGS

    ending = file.suffix.lower().replace(".jpeg", ".jpg")
    found = next((mime for mime, known in ENDINGS.items() if known == ending), "")
    if not found:
        raise click.BadParameter(f'"{file.name}" is to end in {", ".join(ENDINGS.values())}', param_hint="-o")
    return found


def _places(file: Path, size: str) -> Mapping[str, Path]:
    """Each size with its file."""
    from bot.images import FORMATS

    if size == ALL:
        return {name: file.with_name(f"{file.stem}-{name}{file.suffix}") for name in FORMATS}
    name = (size or next(iter(FORMATS))).replace("×", "x").lower()
    if name not in FORMATS:
        raise click.BadParameter(f'"{size}" is no format (known: {", ".join(FORMATS)}, all)', param_hint="--format")
    return {name: file}


def _may_be_written(path: Path, *, force: bool) -> None:
    from bot.images import read_hash

    _folder_of(path)
    if path.is_dir():
        raise click.BadParameter(f"{path} is a folder: name a file in it", param_hint="-o")
    if path.exists() and not force and not (path.is_file() and read_hash(path.read_bytes())):
        raise click.BadParameter(f"{path} is there, and we did not draw it: name another file, or say --force")


def _folder_of(path: Path) -> None:
    if not path.parent.is_dir():
        raise click.BadParameter(f"there is no folder {path.parent}: make it, or name another", param_hint="-o")


def _brand(folder: Path, studio: str, handle: str) -> Brand:
    """The workspace's look, or the plain one; with another name where one is given."""
    from dataclasses import replace

    from bot.config import FILE, read_config
    from bot.model import Brand
    from bot.networks import known_networks

    is_here = (folder / FILE).is_file()
    brand = read_config(folder.resolve(), networks=known_networks()).brand if is_here else Brand("")
    return replace(brand, studio=studio or brand.studio, handle=handle or brand.handle)


def _photo(folder: Path, path: Path | None, scratch: Path) -> Photo | None:
    """The clean copy of a photo: kept in the workspace for one that lies there, else in `scratch`."""
    from bot.config import FILE
    from bot.errors import ImageError
    from bot.images.photos import BYTES_MAX, Photos

    if path is None:
        return None
    images = (folder / "images").resolve()
    if (folder / FILE).is_file() and path.resolve().is_relative_to(images):
        return Photos(folder).find(f"images/{path.resolve().relative_to(images).as_posix()}")
    if not path.is_file():
        raise click.BadParameter(f"{path}: there is no such file", param_hint="--photo")
    with path.open("rb") as opened:
        content = opened.read(BYTES_MAX + 1)
    (scratch / "images").mkdir()
    (scratch / "images" / "photo").write_bytes(content)
    try:
        return Photos(scratch).find("images/photo")
    except ImageError as error:
        raise ImageError(str(error).replace("images/photo", str(path))) from None


def _logo(folder: Path, brand: Brand) -> Path | None:
    from bot.images.photos import Photos

    return Photos(folder).logo(brand.logo) if brand.logo else None


def _suited(drawing: Drawing) -> Drawing:
    """With the template that suits it, where none was named; a photo on which no words can stand gets a panel."""
    from dataclasses import replace

    from bot.errors import ImageError
    from bot.images import suited
    from bot.images.paint import planned
    from bot.images.photos.framing import suits

    if drawing.image.template:
        return drawing
    found = replace(drawing, image=replace(drawing.image, template=suited(drawing.image)))
    if found.photo is None or found.image.template != "photo":
        return found
    beside = replace(found, image=replace(found.image, template="split"))
    try:
        framing = planned(found).framing
    except ImageError:  # too many words for the one may be few enough for the other
        return beside
    return found if framing and suits(framing) else beside
