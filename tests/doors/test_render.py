"""`bot render`: one picture to a file, inside of a workspace and outside of one."""

import io

import pytest
from click.testing import CliRunner
from PIL import Image as Pillow

from bot.cli import main
from bot.images import FORMATS, Drawing, draw, read_hash
from bot.images.many import draw_all
from bot.model import Brand, Image
from tests.images.photos_made import scene

WORDS = ("--headline", "Ashiatsu massage reduces chronic tension.")


@pytest.fixture
def render(tmp_path):
    """Runs `bot render`, no workspace around it."""

    def run(*words):
        return CliRunner().invoke(main, ["-C", str(tmp_path), "render", *map(str, words)])

    return run


def opened(path):
    return Pillow.open(io.BytesIO(path.read_bytes()))


@pytest.mark.parametrize(("ending", "kind"), [("jpg", "JPEG"), ("jpeg", "JPEG"), ("png", "PNG"), ("webp", "WEBP")])
def test_the_ending_says_the_type(render, tmp_path, ending, kind):
    file = tmp_path / f"one.{ending}"
    said = render(*WORDS, "-o", file)
    assert said.exit_code == 0, said.output
    assert opened(file).format == kind
    assert opened(file).size == (1080, 1350)
    assert f"{file}  1080x1350  {file.stat().st_size:,} bytes" in said.output
    assert "alt: Ashiatsu massage reduces chronic tension." in said.output


def test_outside_of_a_workspace_the_names_are_said(render, tmp_path):
    render(*WORDS, "-o", tmp_path / "plain.jpg")
    render(*WORDS, "--studio", "Quiet Feet", "--handle", "@quietfeet", "-o", tmp_path / "named.jpg")
    expected = draw(Drawing(Image(WORDS[1]), Brand("Quiet Feet", "@quietfeet")))
    assert (tmp_path / "named.jpg").read_bytes() == expected != (tmp_path / "plain.jpg").read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"plain.jpg", "named.jpg"}


def test_a_workspace_gives_its_brand_and_keeps_no_ledger_for_it(workspace, bot):
    assert bot("render", *WORDS, "-o", workspace / "one.jpg").exit_code == 0
    assert (workspace / "one.jpg").read_bytes() == draw(
        Drawing(Image(WORDS[1]), Brand("Quiet Feet Studio", "@quietfeet"))
    )
    assert not (workspace / ".footnote").exists()


def test_all_formats_lie_beside_each_other(render, tmp_path):
    said = render(*WORDS, "--format", "all", "-o", tmp_path / "one.jpg")
    assert said.exit_code == 0, said.output
    assert {path.name for path in tmp_path.iterdir()} == {f"one-{name}.jpg" for name in FORMATS}
    for name, format_ in FORMATS.items():
        assert opened(tmp_path / f"one-{name}.jpg").size == (format_.width, format_.height)


@pytest.mark.parametrize(
    ("words", "template"),
    [
        ((), "quote"),
        (("--item", "Reaches deep muscles", "--item", "Eases tight hips"), "list"),
        (("--number", "20 min"), "number"),
        (("--template", "closing"), "closing"),
    ],
)
def test_what_suits_the_words_is_chosen(render, tmp_path, words, template):
    assert f"template {template}" in render(*WORDS, *words, "-o", tmp_path / "one.jpg").output


def test_a_photo_from_anywhere_goes_in_clean_and_leaves_no_trace(render, tmp_path):
    photo = tmp_path / "outside.png"
    scene((1600, 1200), (0.5, 0.15)).save(photo)
    said = render(*WORDS, "--photo", photo, "--focus", "50% 15%", "--credit", "Anna Berg", "-o", tmp_path / "one.jpg")
    assert said.exit_code == 0, said.output
    assert "template photo" in said.output or "template split" in said.output
    assert {path.name for path in tmp_path.iterdir()} == {"outside.png", "one.jpg"}
    assert b"Anna Berg" in (tmp_path / "one.jpg").read_bytes()


def test_a_file_that_lies_about_being_a_photo_is_refused_by_its_own_name(render, tmp_path):
    (tmp_path / "lie.jpg").write_bytes(b"GIF89a, or not")
    said = render(*WORDS, "--photo", tmp_path / "lie.jpg", "-o", tmp_path / "one.jpg")
    assert said.exit_code == 1
    assert str(tmp_path / "lie.jpg") in said.output
    assert not (tmp_path / "one.jpg").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--headline", "Hi", "-o", "a.gif"), ".jpg, .png, .webp"),
        (("--headline", "Hi", "-o", "none/a.jpg"), "there is no folder none"),
        (("--headline", " ", "-o", "a.jpg"), "needs words"),
        (("--headline", "Hi", "-o", "a.jpg", "--template", "poster"), "known: quote"),
        (("--headline", "Hi", "-o", "a.jpg", "--template", "list"), "needs --item"),
        (("--headline", "Hi", "-o", "a.jpg", "--template", "quote", "--number", "3"), "shows no --number"),
        (("--headline", "Hi", "-o", "a.jpg", "--format", "10x10"), "1080x1350"),
        (("--headline", "Hi", "-o", "a.jpg", "--photo", "nothing.jpg"), "no such file"),
        (("--headline", "Hi", "-o", "a.jpg", "--focus", "left"), "is no point"),
    ],
)
def test_wrong_use_is_told_in_a_sentence(render, words, told):
    said = render(*words)
    assert said.exit_code == 2
    assert told in " ".join(said.output.split())


def test_what_cannot_be_drawn_is_told_in_a_sentence(render, tmp_path):
    said = render("--headline", "word " * 200, "-o", tmp_path / "a.jpg")
    assert said.exit_code == 1
    assert said.output.startswith("bot: ")
    assert "Traceback" not in said.output
    assert not list(tmp_path.iterdir())


def test_only_our_own_pictures_are_drawn_over(render, tmp_path):
    file = tmp_path / "one.jpg"
    file.write_bytes(b"somebody's holiday")
    assert render(*WORDS, "-o", file).exit_code == 2
    assert file.read_bytes() == b"somebody's holiday"
    assert render(*WORDS, "-o", file, "--force").exit_code == 0
    first = read_hash(file.read_bytes())
    assert render(*WORDS, "--colours", "bold", "-o", file).exit_code == 0
    assert read_hash(file.read_bytes()) != first


def test_many_are_drawn_as_one_is_in_their_order():
    brand, told = Brand("Quiet Feet"), []
    drawings = [Drawing(Image(f"Reason number {n} to lie down."), brand, size="1200x675") for n in range(12)]
    drawings.insert(5, Drawing(Image("A", template="poster"), brand))
    made = draw_all(drawings, lambda done, total: told.append((done, total)))
    assert [one for one in made if isinstance(one, bytes)] == [
        draw(one) for one in drawings if one.image.headline != "A"
    ]
    assert "poster" in str(made[5])
    assert told == [(n + 1, 13) for n in range(13)]
