"""Addresses that a secret may be sent to, and refusals that repeat no password."""

import pytest

from bot.networks.settings import wrong_with, wrong_with_address


@pytest.mark.parametrize("url", ["https://social.example", "https://social.example:8443/", "http://127.0.0.1:3000"])
def test_a_servers_address_is_its_name(url):
    assert wrong_with_address(url) == ""


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://:hunter2@social.example", "https://…@social.example"),
        ("https://me:hunter2@social.example", "https://…@social.example"),
        ("https://hunter2@social.example", "https://…@social.example"),
        ("https://me:hunter2/x@social.example", "https://…@social.example"),
        ("https://me:hunter2/@social.example", "https://…@social.example"),
        ("https://me:hunter2@x@social.example", "https://…@social.example"),
        ("https://me:hunter2#@social.example", "https://…@social.example"),
        ("https://me:hunter2://@social.example", "https://…@social.example"),
        ("https://me:hunter2@", "https://…@"),
        ("https://@social.example", "https://…@social.example"),
        ("http://me:hunter2@127.0.0.1", "http://…@127.0.0.1"),
        ("me:hunter2@social.example", "…@social.example"),
        ("https://social.example/@name", "https://social.example/@name"),
        ("me@social.example", "me@social.example"),
    ],
)
def test_an_address_with_a_name_before_it_is_refused_without_its_password(url, shown):
    (said,) = wrong_with("mastodon", {"server": url}, {"server": wrong_with_address})
    assert said.startswith(f'server "{shown}": ')
    assert "hunter2" not in said


def test_the_refusal_says_where_a_password_goes():
    assert "bot connect" in wrong_with_address("https://:hunter2@social.example")
