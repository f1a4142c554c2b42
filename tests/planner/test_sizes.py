"""Each account gets the picture in its own size, and never none because of it."""

from dataclasses import replace

import pytest

from bot.errors import ConfigProblems, ImageError
from bot.model import Limits

PICTURE = '[[image]]\nheadline = "Calm feet carry you far"'
WORDS = "Calm feet carry you far " * 5, "All day long, " * 14
LONG = f'[[image]]\nheadline = "{WORDS[0]}"\nsupport = "{WORDS[1]}"'


def sizes(studio, post="a", **settings):
    app = studio.open()
    press = replace(app.planner.press, limits=lambda _: Limits(image_size="1200x675"))
    account = replace(app.config.account("feed"), **settings)
    return [(media.width, media.height) for media in press.pictures(app.post(post).post, account)]


def test_an_account_gets_what_its_network_shows_best(studio):
    studio.write("a", front=PICTURE)
    assert sizes(studio) == [(1200, 675)]
    assert {path.name for path in (studio.root / "images").iterdir()} == {"a--1200x675.jpg"}


def test_words_that_fit_the_usual_size_only_get_that(studio):
    studio.write("a", front=LONG)
    assert sizes(studio) == [(1080, 1350)]


def test_a_size_that_a_person_chose_is_kept_or_refused(studio):
    studio.write("a", front=PICTURE)
    studio.write("b", front=LONG)
    assert sizes(studio, image_size="1080x1080") == [(1080, 1080)]
    with pytest.raises(ImageError, match="at 1200x675"):
        sizes(studio, "b", image_size="1200x675")


def test_an_unknown_size_in_the_config_is_a_mistake_with_the_sizes_there_are(studio):
    path = studio.root / "config.toml"
    path.write_text(path.read_text().replace('network = "site"', 'network = "site"\nimage_size = "100x100"'))
    studio.close()
    with pytest.raises(ConfigProblems, match=r'"100x100" is no size of a picture .known: 1080x1350, 1080x1080,'):
        studio.open()


def test_accounts_that_allow_different_bytes_share_one_picture(studio):
    studio.write("a", front=PICTURE)
    app = studio.open()
    post, feed = app.post("a").post, app.config.account("feed")
    drawn = []
    for most in (0, 2_000_000, 16_000_000, 0):
        press = replace(app.planner.press, limits=lambda _, most=most: Limits(image_bytes_max=most))
        drawn += [media.sha256 for media in press.pictures(post, feed)]
    assert len(set(drawn)) == 1
