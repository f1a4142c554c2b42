"""What a post costs where posting costs."""

from decimal import Decimal

import pytest

from bot.model import Media, Message, Part
from bot.networks.facts import limits_from_facts
from bot.prices import cost_of

PICTURE = Media("aa", "image/jpeg", "Words.", 10, 10, 100)
SILENT = Media("bb", "image/jpeg", "", 10, 10, 100)


def message(*texts, media=()):
    parts = tuple(Part(n, text, media if n == 0 else ()) for n, text in enumerate(texts))
    return Message("p", "studio-x", "x", "", parts)


@pytest.mark.parametrize(
    ("texts", "media", "total", "said"),
    [
        (["Calm feet."], (), "0.015", "$0.015 (post $0.015)"),
        (["Calm feet."], (PICTURE,), "0.020", "$0.020 (post $0.015 + alt text $0.005)"),
        (["Calm feet. https://example.com/book"], (PICTURE,), "0.205", "$0.205 (with a link $0.200 + alt text $0.005)"),
        (["Calm feet. example.com"], (SILENT,), "0.200", "$0.200 (with a link $0.200)"),
        (["One.", "Two https://example.com"], (), "0.215", "$0.215 (post $0.015 + with a link $0.200)"),
    ],
)
def test_a_post_on_x_costs_what_its_price_list_says(texts, media, total, said):
    cost = cost_of(message(*texts, media=media), limits_from_facts("x"))
    assert cost.total == Decimal(total)
    assert str(cost) == said


@pytest.mark.parametrize("network", ["site", "mastodon", "bluesky"])
def test_posting_elsewhere_is_free(network):
    assert cost_of(message("Calm feet."), limits_from_facts(network)) is None
