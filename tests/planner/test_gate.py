"""Nothing is approved, by a person or by a rule, whose picture does not pass the quality gate."""

from bot.images.gate import faults
from bot.images.kept import Pictures

PICTURE = '[[image]]\nheadline = "Calm feet carry you far"'


def test_a_picture_that_somebody_changed_is_held_with_the_reason(studio):
    """Its file still says that it is ours, and shows something else."""
    studio.write("a", status="draft", front=PICTURE)
    studio.plan()
    path = studio.root / "images" / "a.jpg"
    path.write_bytes(blurred(path.read_bytes()))
    studio.write("a", front=PICTURE)
    (problem,) = map(str, studio.plan().problems)
    assert "changed since" in problem
    assert studio.rows() == []


def test_a_picture_is_measured_once(studio):
    studio.write("a", front=PICTURE)
    app = studio.open()
    post, pictures = app.post("a").post, Pictures(app.root, app.config.brand)
    picture = pictures.passed(post, 0)
    assert faults(pictures.of_post(post, 0), picture) == []
    assert pictures.passed(post, 0) == picture
    assert pictures.why_not(post, 0) == ""


def blurred(jpeg):
    """The same file with its pixels washed out."""
    import io

    from PIL import Image, ImageEnhance

    with Image.open(io.BytesIO(jpeg)) as opened:
        xmp, faint = opened.info["xmp"], ImageEnhance.Contrast(opened).enhance(0.3)
    out = io.BytesIO()
    faint.save(out, "JPEG", quality=88, xmp=xmp)
    return out.getvalue()
