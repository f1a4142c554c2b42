"""[media]: where networks fetch pictures."""

import pytest

from bot.config import config_of
from bot.config.media import Pictures
from bot.errors import ConfigProblems

HEAD = """workspace = "w"
[studio]
name = "Quiet Feet"
timezone = "America/Denver"
[accounts.feed]
network = "site"
"""


def read(tmp_path, media, head=HEAD):
    return config_of(tmp_path, head + media).media


def wrong(tmp_path, media, head=HEAD):
    with pytest.raises(ConfigProblems) as found:
        read(tmp_path, media, head)
    return [str(problem) for problem in found.value.problems]


def test_without_the_table_pictures_have_no_public_address(tmp_path):
    assert read(tmp_path, "") == Pictures()


def test_each_way_is_read(tmp_path):
    feed = read(tmp_path, '[media]\nat = "feed"\nurl = "https://media.example.com"\n')
    assert (feed.at, feed.url) == ("feed", "https://media.example.com/")
    store = read(
        tmp_path,
        '[media]\nat = "store"\nurl = "https://x.example.com/a/"\nendpoint = "https://s3.example.com"\n'
        'bucket = "feet"\nregion = "eu-central-1"\n',
    )
    assert (store.url, store.endpoint, store.region) == (
        "https://x.example.com/a/",
        "https://s3.example.com",
        "eu-central-1",
    )
    site = read(tmp_path, '[media]\nat = "site"\n', HEAD + 'url = "https://example.com/notes"\n')
    assert site.at == "site"


def test_what_is_missing_is_said_at_once_with_the_line(tmp_path):
    assert wrong(tmp_path, '[media]\nat = "store"\n') == [
        f'config.toml:7: media.{key}: is missing: pictures at a "store" need it (docs/connect/media.md)'
        for key in ("endpoint", "bucket", "url")
    ]


def test_what_is_of_no_use_is_said(tmp_path):
    said = wrong(tmp_path, '[media]\nat = "feed"\nurl = "https://a.example.com/"\nbucket = "feet"\naccount = "feed"\n')
    assert said == [
        'config.toml:10: media.bucket: not used with at = "feed": delete this line',
        'config.toml:11: media.account: not used with at = "feed": delete this line',
    ]
    assert wrong(tmp_path, '[media]\nurl = "https://a.example.com/"\n') == [
        'config.toml:8: media.url: say first where pictures are: at = "feed"'
    ]


@pytest.mark.parametrize(
    "url",
    ["http://media.example.com/", "https://", "https://füße.de/", "https://a@b.example.com/", "https://x.de/?a=1"],
)
def test_an_address_that_networks_do_not_take_is_refused(tmp_path, url):
    assert "media.url" in wrong(tmp_path, f'[media]\nat = "feed"\nurl = "{url}"\n')[0]


def test_every_mistake_of_the_table_at_once(tmp_path):
    said = wrong(tmp_path, '[media]\nat = "cloud"\nurl = "ftp://x"\nbukket = "b"\naccount = "feeed"\n')
    assert [line.split(":")[1] for line in said] == ["8", "9", "10", "11"]


def test_the_site_needs_its_public_address(tmp_path):
    assert "its pages need a public address" in wrong(tmp_path, '[media]\nat = "site"\n')[0]
    two = HEAD + '[accounts.second]\nnetwork = "site"\nfolder = "other"\nurl = "https://b.example.com/"\n'
    assert "say which: account = one of feed, second" in wrong(tmp_path, '[media]\nat = "site"\n', two)[0]
    assert read(tmp_path, '[media]\nat = "site"\naccount = "second"\n', two).account == "second"
    none = HEAD.replace('"site"', '"x"')
    assert "there is no account of the network site" in wrong(tmp_path, '[media]\nat = "site"\n', none)[0]


def test_a_store_is_asked_by_https(tmp_path):
    table = '[media]\nat = "store"\nurl = "https://x.example.com/"\nbucket = "feet"\nendpoint = "{}"\n'
    assert "must begin with https://" in wrong(tmp_path, table.format("http://s3.example.com"))[0]
    assert read(tmp_path, table.format("http://127.0.0.1:8333")).bucket == "feet"
