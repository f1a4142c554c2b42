"""Every picture of the suite passes the gate, a second judge that shares none of its code, and a reader."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image as Pillow
from PIL import ImageChops

from bot.errors import ImageError
from bot.images import FORMATS, draw, gate
from bot.images.paint import lettered, planned
from bot.model import Image
from tests.images.drawn import BRAND, CREAM, bare, lines_of, measured_contrast, opened, quote
from tests.images.reading import missed, need_tesseract, plain
from tests.images.suite import OPTIONAL, drawings, photographs, with_photo

SUITE = dict(drawings())
LATIN = [name for name in SUITE if not name.startswith(("script", "photo", "split"))]
GROUPS = 2
CARD = quote("Ashiatsu massage reduces chronic tension.", "Using the feet, the therapist can go deeper.")


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    return photographs(tmp_path_factory.mktemp("workspace"))


def test_the_suite_is_large():
    assert len(SUITE) >= 120
    assert {drawing.size for drawing in SUITE.values()} == set(FORMATS)


@pytest.mark.parametrize("name", SUITE)
def test_a_picture_passes_the_gate_and_a_judge_of_its_own(name, pictures):
    drawing = with_photo(SUITE[name], pictures)
    encoded = draw(drawing)
    assert gate.faults(drawing, encoded) == []
    assert judged(drawing, opened(encoded)) == []


@pytest.mark.parametrize("image", OPTIONAL)
def test_scripts_of_other_fonts_pass_too_where_there_are_such_fonts(image):
    drawing = replace(CARD, image=image)
    try:
        encoded = draw(drawing)
    except ImageError as error:
        assert "no font has" in str(error)  # noqa: PT017 -- where fonts are missing, that is what is said
        pytest.skip("no font for this script here")
    assert gate.faults(drawing, encoded) == []
    assert judged(drawing, opened(encoded)) == []


def judged(drawing, drawn):
    """What is wrong, found by comparing with the same picture without its words."""
    page, ground = planned(drawing).page, bare(drawing, bars=True)
    wrong = [
        f"{line}: {ratio:.1f}"
        for _, line, box in lines_of(page)
        if (ratio := measured_contrast(drawn.crop(box), ground.crop(box), step=3)) < 4.5
    ]
    changed = ImageChops.difference(drawn, bare(drawing)).convert("L")
    left, top, right, bottom = (inset // 8 * 8 for inset in page.format.safe)
    changed.paste(0, (left, top, drawn.width - right, drawn.height - bottom))
    if changed.getbbox():
        wrong.append(f"ink in the margin at {changed.getbbox()}")
    for block in page.blocks:
        *others, last = zip(block.lines, block.widths, strict=True)
        if others and " " in "".join(block.lines) and " " not in last[0] and last[1] < 0.4 * max(block.widths):
            wrong.append(f"{last[0]} is a widow")
    return wrong


@pytest.mark.parametrize("group", range(GROUPS))
def test_a_machine_reads_the_words(group):
    """A word counts as read where tesseract finds it in its block; blocks are read one by one (see `reading`)."""
    need_tesseract()
    wanted, lost = 0, []
    for name in LATIN[group :: 2 * GROUPS]:
        drawn = opened(draw(SUITE[name]))
        for block in planned(SUITE[name]).page.blocks:
            wanted += len(plain(" ".join(block.lines)))
            lost += [f"{name}: {word}" for word in missed(drawn, block)]
    assert len(lost) <= 0.005 * wanted, (wanted, lost)


def moved(lines, by):
    return [replace(line, at=(line.at[0] + by[0], line.at[1] + by[1])) for line in lines]


def found(drawing, encoded=None, lines=None, plan=None):
    known, set_lines = lettered(drawing)
    return gate.judged(drawing, plan or known, lines or set_lines, encoded or draw(drawing))


def with_blocks(drawing, **change):
    """The plan, the headline of which is not as it was drawn."""
    plan, _ = lettered(drawing)
    first, *others = plan.page.blocks
    return replace(plan, page=replace(plan.page, blocks=(replace(first, **change), *others)))


def filed(picture, quality=88):
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality, subsampling=0)
    return out.getvalue()


def test_the_gate_passes_what_is_well():
    assert found(CARD) == []


def test_the_gate_notices_words_that_are_hard_to_read_and_names_a_colour():
    faint = Pillow.blend(bare(CARD), opened(draw(CARD)), 0.45)
    said = found(CARD, filed(faint))
    assert said
    assert all("contrast" in one and "#" in one and "would pass" in one for one in said)


def test_the_gate_notices_one_dim_word_among_many():
    picture = opened(draw(CARD))
    dim = Pillow.blend(bare(CARD), picture, 0.4)
    left, _, right, bottom = planned(CARD).page.blocks[0].box
    box = (left, bottom - 120, right, bottom)
    picture.paste(dim.crop(box), box)
    (said,) = found(CARD, filed(picture))
    assert said.startswith('"tension." has contrast')


def test_the_gate_notices_words_that_are_not_where_they_should_be():
    shifted = ImageChops.offset(opened(draw(CARD)), 0, 90)
    assert any("contrast" in said for said in found(CARD, filed(shifted)))


def test_the_gate_notices_words_outside_the_safe_area():
    _, lines = lettered(CARD)
    said = found(CARD, lines=moved(lines, (-40, 0)))
    assert any("12 px outside the safe area of 1080x1350: use fewer words" in one for one in said)


def test_the_gate_notices_ink_in_the_margin():
    picture = opened(draw(CARD))
    picture.paste((255, 255, 255), (400, 1300, 420, 1320))
    assert found(CARD, filed(picture)) == [
        "something stands in the bottom margin, which networks crop or cover: use fewer words"
    ]


def test_the_gate_notices_a_widow():
    plan = with_blocks(CARD, lines=("Ashiatsu massage reduces", "it."), widths=(11.0, 1.0))
    assert any('"it." is left alone on the last line: add a word' in said for said in found(CARD, plan=plan))


def test_the_gate_notices_a_lone_first_word():
    plan = with_blocks(CARD, lines=("Massage", "in the chronic tension"), widths=(4.0, 11.0))
    assert any('"Massage" has the first line to itself' in said for said in found(CARD, plan=plan))


def test_the_gate_notices_tiny_type():
    said = found(CARD, plan=with_blocks(CARD, size=30))
    assert any("is set at 30 px, 33 px is the least at 1080x1350: use fewer words" in one for one in said)


def test_the_gate_notices_too_many_bytes_and_a_wrong_size():
    encoded = draw(CARD)
    assert any("500 are allowed" in said for said in found(replace(CARD, bytes_max=500), encoded))
    small = filed(opened(encoded).resize((540, 675)))
    assert found(CARD, small) == ["the picture has 540x675 pixels, not 1080x1350: draw it again"]
    assert found(CARD, encoded[:5000]) == ["the file is no whole JPEG: draw it again"]
    assert found(replace(CARD, mime="image/png"), encoded) == ["the file is no whole PNG: draw it again"]


def test_the_gate_says_what_cannot_be_drawn_at_all():
    assert gate.faults(replace(CARD, image=Image("Words 𓀀.")), b"") == [
        said for said in gate.faults(replace(CARD, image=Image("Words 𓀀.")), b"x") if "U+13000" in said
    ]


def test_the_gate_notices_words_over_a_face(pictures):
    image = Image("Feet, not elbows.", template="photo", photo="images/above.jpg")
    drawing = with_photo(replace(CARD, image=image, brand=CREAM), pictures)
    shown = replace(drawing.photo, faces=((0.0, 0.0, 1.0, 1.0),))
    drawing = replace(drawing, photo=shown)
    assert any("cover a face: choose the split template" in said for said in gate.faults(drawing, draw(drawing)))


def test_three_file_types_are_judged_alike():
    for mime in ("image/jpeg", "image/png", "image/webp"):
        drawing = replace(CARD, mime=mime, brand=BRAND)
        assert gate.faults(drawing, draw(drawing)) == []
