"""How lines break and where they stand: facts about the typesetting, told without a pixel."""

from dataclasses import replace

import pytest

from bot.images import FORMATS, layout
from bot.images.compose import voices
from bot.images.foot import foot_of, stood
from bot.images.formats import format_of
from bot.images.paint import planned
from bot.images.typesetting import fonts
from bot.images.typesetting.breaks import Paragraph, broken
from bot.images.typesetting.words import BINDS, clean, hanging, pieces, shown
from tests.images.drawn import BRAND, CREAM, LONG, quote
from tests.images.headlines import HEADLINES

DRAWINGS = [quote(headline, support, brand=brand) for brand in (BRAND, CREAM) for headline, support in HEADLINES]


def said(drawing):
    """The plan, the headline's block, and the support's or None."""
    plan = planned(drawing)
    voiced = {block.voice: block for block in plan.page.blocks}
    return plan, voiced["headline"], voiced.get("support")


def lines(text, k, width=1.0):
    words = pieces(clean(text))
    return broken(Paragraph(words, tuple(width * len(w.text) for w in words), 1.0, True), k).lines


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_every_word_is_set_once_and_in_order(drawing):
    _, headline, support = said(drawing)
    image = drawing.image
    assert "".join(headline.lines).replace(" ", "") == clean(image.headline).replace(" ", "")
    assert "".join(support.lines if support else ()).replace(" ", "") == clean(image.support).replace(" ", "")


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_no_headline_has_a_widow_or_an_uneven_line(drawing):
    plan, headline, _ = said(drawing)
    wide = [fonts.em(shown(line), plan.faces.headline) for line in headline.lines]
    assert len(headline.lines[-1].split()) > 1 or wide[-1] >= 0.4 * max(wide)
    assert min(wide[:-1], default=max(wide)) >= 0.5 * max(wide)
    assert wide[-1] >= 0.4 * max(wide)


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_no_headline_begins_with_a_lone_word(drawing):
    _, headline, _ = said(drawing)
    assert len(headline.lines) == 1 or len(headline.lines[0].replace("-", " ").split()) > 1


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_no_line_ends_with_an_article_a_preposition_or_a_number_torn_from_its_noun(drawing):
    _, headline, support = said(drawing)
    for block in (headline, support):
        for line in block.lines[:-1] if block else ():
            last = line.split(" ")[-1].lower()
            assert last not in BINDS
            assert not last.isdigit()


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_sizes_keep_their_scale_and_their_room(drawing):
    plan, headline, support = said(drawing)
    page, faces = plan.page.format, plan.faces.headline
    assert headline.size in layout.HEADLINE_SIZES
    assert max(fonts.em(shown(line), faces) for line in headline.lines) * headline.size <= page.right - page.left + 0.01
    assert headline.box[3] < plan.page.bars[0].box[1] - 60
    if support:
        assert headline.size >= 2 * support.size


def test_the_quote_of_old_stands_where_it_always_did():
    """Its look at 1080x1350 is what owners approved."""
    plan, headline, support = said(DRAWINGS[0])
    assert (headline.lines, headline.size, headline.y) == (
        ("Ashiatsu massage", "reduces chronic", "tension."),
        110,
        191,
    )
    assert (support.size, support.y, plan.page.bars[0].box) == (42, 956, (96, 874, 192, 880))
    assert [(block.x, block.y, block.align) for block in plan.page.blocks[2:]] == [
        (96, 1246, "left"),
        (984, 1246, "right"),
    ]


@pytest.mark.parametrize("page", FORMATS.values(), ids=FORMATS)
def test_small_type_is_never_too_small_for_a_telephone(page):
    assert min(page.supports) >= 0.031 * page.width
    assert min(page.foots) >= 0.026 * page.width


def test_a_no_break_space_holds_its_words_together():
    assert lines("one two three\u00a0four", 2) == ("one two", "three\u00a0four")
    assert all("three\u00a0four" in " ".join(lines("one two three\u00a0four", k)) for k in (1, 2, 3))


def test_a_number_keeps_its_noun():
    assert not any(line.endswith("20") for k in (2, 3) for line in lines("Rest for about 20 minutes after the run", k))


def test_a_long_compound_may_break_after_its_hyphen_and_a_short_one_may_not():
    assert [piece.text for piece in pieces("post-operative X-ray re-do")] == ["post-", "operative", "X-ray", "re-do"]


def test_typewriter_quotes_are_set_as_typographic_ones():
    assert (
        clean("""The  therapist's "deep" work isn't (\"light\").""") == "The therapist’s “deep” work isn’t (“light”)."
    )
    assert clean("so\u00adft\u200b") == "soft"


def test_opening_quotes_hang():
    assert hanging("“Fight back”") == "“"
    assert hanging("Fight") == ""


def feet(brand, size="1080x1350"):
    page = format_of(size)
    return stood(foot_of(brand, voices(brand).footer), page, page.left, page.right)


def test_long_names_stand_under_one_another_at_the_foot():
    assert len({block.y for block in feet(BRAND).blocks}) == 1
    assert len({block.y for block in feet(LONG).blocks}) == 2
    assert len(feet(replace(BRAND, handle="")).blocks) == 1
