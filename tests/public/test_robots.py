"""robots.txt, as RFC 9309 reads it."""

import pytest

from bot.public.robots import forbids


@pytest.mark.parametrize(
    ("text", "is_forbidden"),
    [
        ("", False),
        ("User-agent: *\nDisallow:", False),
        ("User-agent: *\nDisallow: /", True),
        ("user-agent: *\ndisallow: /m # our pictures", True),
        ("User-agent: *\nDisallow: /x", False),
        ("User-agent: *\nDisallow: /\nAllow: /m/", False),
        ("User-agent: *\nAllow: /\nDisallow: /m/", True),
        ("User-agent: *\nDisallow: /m/\nAllow: /m/", False),
        ("User-agent: *\nDisallow: /*.jpg$", True),
        ("User-agent: *\nDisallow: /*.jp$", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Googlebot\nAllow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Googlebot", False),
        ("User-agent: a\nUser-agent: googlebot\nDisallow: /m", True),
        ("User-agent: a\nDisallow: /\nUser-agent: b\nDisallow: /m", False),
        ("User-agent: Googlebot\nDisallow: /x\nUser-agent: Googlebot\nDisallow: /m", True),
        ("Sitemap: https://example.com/\nDisallow: /", False),
        ("\ufeffUser-agent: *\nDisallow: /", True),
    ],
)
def test_the_longest_rule_of_the_robots_own_group_counts(text, is_forbidden):
    assert forbids(text, "Googlebot", "/m/abc.jpg") is is_forbidden
