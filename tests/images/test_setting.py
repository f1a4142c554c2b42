"""How lines break and where they stand: facts about the typesetting, told without a pixel."""

import pytest

from bot.images import compose, fonts, layout
from bot.images.breaks import Paragraph, broken
from bot.images.words import BINDS, clean, hanging, pieces, shown
from bot.model import Brand
from tests.images.headlines import HEADLINES

BRANDS = [
    Brand("Quiet Feet Studio", "@quietfeet", headline_font=head, text_font=text)
    for head, text in (("DM Serif Display", "DM Sans"), ("Fraunces", "Figtree"))
]
CASES = [(headline, support, brand) for brand in BRANDS for headline, support in HEADLINES]


def page(headline, support, brand):
    voices = compose.voices(brand)
    return compose.compose(headline, support, compose.footer(brand, voices.footer), voices)


def widths(setting, stack):
    return [fonts.em(shown(line), stack) for line in setting.lines]


def lines(text, k, width=1.0):
    words = pieces(clean(text))
    return broken(Paragraph(words, tuple(width * len(w.text) for w in words), 1.0, True), k).lines


@pytest.mark.parametrize(("headline", "support", "brand"), CASES)
def test_every_word_is_set_once_and_in_order(headline, support, brand):
    found = page(headline, support, brand)
    assert "".join(found.headline.lines).replace(" ", "") == clean(headline).replace(" ", "")
    assert "".join(found.support.lines if found.support else ()).replace(" ", "") == clean(support).replace(" ", "")


@pytest.mark.parametrize(("headline", "support", "brand"), CASES)
def test_no_headline_has_a_widow_or_an_uneven_line(headline, support, brand):
    found = page(headline, support, brand).headline
    wide = widths(found, compose.voices(brand).headline)
    assert len(found.lines[-1].split()) > 1 or wide[-1] >= 0.4 * max(wide)
    assert min(wide[:-1], default=max(wide)) >= 0.5 * max(wide)
    assert wide[-1] >= 0.4 * max(wide)


@pytest.mark.parametrize(("headline", "support", "brand"), CASES)
def test_no_headline_begins_with_a_lone_word(headline, support, brand):
    found = page(headline, support, brand).headline
    assert len(found.lines) == 1 or len(found.lines[0].replace("-", " ").split()) > 1


@pytest.mark.parametrize(("headline", "support", "brand"), CASES)
def test_no_line_ends_with_an_article_a_preposition_or_a_number_torn_from_its_noun(headline, support, brand):
    found = page(headline, support, brand)
    for setting in (found.headline, found.support):
        for line in setting.lines[:-1] if setting else ():
            last = line.split(" ")[-1].lower()
            assert last not in BINDS
            assert not last.isdigit()


@pytest.mark.parametrize(("headline", "support", "brand"), CASES)
def test_sizes_keep_their_scale_and_their_room(headline, support, brand):
    found = page(headline, support, brand)
    assert found.headline.size in layout.HEADLINE_SIZES
    assert max(widths(found.headline, compose.voices(brand).headline)) * found.headline.size <= layout.MEASURE + 0.01
    bottom = found.headline_at + found.headline.leading * (len(found.headline.lines) - 1)
    assert bottom + layout.DEPTH * found.headline.size < found.rule_at - 60
    if found.support:
        assert found.headline.size >= 2 * found.support.size
        assert found.support.size >= 0.031 * layout.WIDTH
    assert min(layout.FOOTER_SIZES) >= 0.026 * layout.WIDTH


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


def test_long_names_stand_under_one_another_at_the_foot():
    brand = Brand("The Quiet Feet Ashiatsu & Deep Tissue Studio", "@quietfeetashiatsustudio")
    assert compose.footer(brand, compose.voices(brand).footer).rows == 2
    assert compose.footer(BRANDS[0], compose.voices(BRANDS[0]).footer).rows == 1
