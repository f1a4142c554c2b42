"""A new account in the text of config.toml."""

import tomllib

import pytest

from bot.config.accounts import with_account
from bot.model import Account

HILL = Account("hill", "mastodon", {"server": "https://hill.example"})
TEXT = """# mine
[studio]
name = "Quiet Feet"

# where I post
[accounts.feed]
network = "site"   # the pages
# no spacing

# when I post
[[slots]]
account = "feed"
days = ["mon"]
time = "09:00"

[[slots]]
accounts = ["other"]
days = ["tue"]
time = "10:00"
"""


def test_it_stands_after_the_last_account_and_every_comment_stays_with_its_table():
    told = with_account(TEXT, HILL, beside="feed")
    assert told.startswith(TEXT.partition("# no spacing")[0].rstrip())
    assert 'pages\n\n[accounts.hill]\nnetwork = "mastodon"\nserver = "https://hill.example"\n# no spacing\n' in told
    assert "\n\n# when I post\n[[slots]]\n" in told


def test_it_gets_the_moments_of_another_account_and_no_others():
    slots = tomllib.loads(with_account(TEXT, HILL, beside="feed"))["slots"]
    assert [slot["accounts"] for slot in slots] == [["feed", "hill"], ["other"]]
    assert tomllib.loads(with_account(TEXT, HILL))["slots"] == tomllib.loads(TEXT)["slots"]


def test_what_looks_like_a_table_inside_a_text_is_none():
    text = '[accounts.feed]\nnetwork = "site"\ndescription = """\nWords\n[in brackets]\n"""\n'
    told = tomllib.loads(with_account(text, HILL))["accounts"]
    assert told["feed"]["description"] == "Words\n[in brackets]\n"
    assert told["hill"]["server"] == "https://hill.example"


def test_line_ends_of_windows_stay():
    told = with_account(TEXT.replace("\n", "\r\n"), HILL, beside="feed")
    assert told.count("\r\n") >= TEXT.count("\n") - 1
    assert tomllib.loads(told)["accounts"]["hill"]["network"] == "mastodon"


@pytest.mark.parametrize("text", ["", "[accounts]\nfeed = {network = 'site'}", "[accounts.feed]\nnetwork = 'site'"])
def test_it_is_there_however_the_others_are_written(text):
    assert tomllib.loads(with_account(text, HILL))["accounts"]["hill"] == {"network": "mastodon", **HILL.settings}
