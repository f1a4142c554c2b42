"""A brand's colours stay readable, whatever they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FootnoteError
from bot.model import Brand
from bot.networks.site.palette import colour, contrast, schemes

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@given(COLOURS, COLOURS, COLOURS, COLOURS)
def test_every_brand_is_readable_in_both_schemes(first, second, ink, accent):
    for scheme in schemes(Brand("S", background=(first, second), ink=ink, accent=accent)).values():
        on = {name: colour(value) for name, value in scheme.items()}
        for ground in ("paper", "panel"):
            for words in ("text", "muted", "link"):
                assert contrast(on[words], on[ground]) >= 4.5, (words, ground)
            assert contrast(on["focus"], on[ground]) >= 3
        assert contrast(on["button-words"], on["button"]) >= 4.5
        assert contrast(on["button"], on["paper"]) >= 3


def test_the_house_brand_keeps_its_colours():
    light = schemes(Brand("S"))["light"]
    assert (light["button"], light["button-words"], light["accent"]) == ("#0d3b3e", "#fdf8ef", "#f2b965")


@pytest.mark.parametrize("value", ["red", "#fff", "#12345g", "#123456;}", ""])
def test_what_is_no_colour_is_refused(value):
    with pytest.raises(FootnoteError, match='write it as "#rrggbb"'):
        schemes(Brand("S", accent=value))
