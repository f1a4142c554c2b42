"""config.toml -> Config, and every mistake of it."""

from datetime import date, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import read_config
from bot.errors import ConfigProblems
from bot.model import Account, Brand, Slot

FULL = """\
workspace = "quiet-feet"
closed = ["2026-12-25", 2027-01-01]

[studio]
name = "Quiet Feet Studio"
handle = "@quietfeet"
language = "en"
timezone = "America/Denver"
link = "https://example.com/book"

[words]
subject = "Ashiatsu massage"
hashtags = ["#ashiatsu", "massage"]
posts_per_document = 5

[words.subjects]
"documents/price list.md" = "A visit"

[brand]
background = ["#000000", "#111111"]
ink = "#ffffff"

[accounts.feed]
network = "site"

[accounts.second]
network = "site"
spacing = "1h30m"
folder = "public"
pages = 20
quiet = true

[[slots]]
accounts = ["feed", "second"]
days = ["mon", "Wednesday"]
time = "09:00"

[[slots]]
account = "feed"
days = ["mon"]
time = 09:00:00

[review]
auto_approve = "unflagged"

[delivery]
grace = "6h"

[ledger]
folder = ".footnote"
start_fresh = true

[feed]
host = "0.0.0.0"
port = 9000

[desk]
host = "::"
port = 9001
url = "https://desk.example.com/"
"""
LEAST = """\
workspace = "a"
[studio]
name = "A"
timezone = "UTC"
[accounts.feed]
network = "site"
"""


def config(folder, text, **more):
    (folder / "config.toml").write_text(text, encoding="utf-8")
    return read_config(folder, **more)


def problems(folder, text, **more):
    with pytest.raises(ConfigProblems) as caught:
        config(folder, text, **more)
    return [str(problem) for problem in caught.value.problems]


def test_everything_that_can_be_said_is_read(tmp_path):
    read = config(tmp_path, FULL)
    assert (read.root, read.workspace, read.zone, read.language) == (
        str(tmp_path),
        "quiet-feet",
        "America/Denver",
        "en",
    )
    assert read.closed == (date(2026, 12, 25), date(2027, 1, 1))
    assert (read.subject, read.hashtags, read.posts_per_document) == ("Ashiatsu massage", ("ashiatsu", "massage"), 5)
    assert read.subjects == {"documents/price list.md": "A visit"}
    assert read.brand == Brand("Quiet Feet Studio", "@quietfeet", ("#000000", "#111111"), "#ffffff")
    assert read.account("second") == Account(
        "second", "site", {"folder": "public", "pages": "20", "quiet": "true"}, timedelta(minutes=90)
    )
    assert read.slots == (
        Slot("feed", 0, time(9)),
        Slot("feed", 2, time(9)),
        Slot("second", 0, time(9)),
        Slot("second", 2, time(9)),
    )
    assert (read.auto_approve, read.grace) == ("unflagged", timedelta(hours=6))
    assert (read.ledger, read.start_fresh) == (".footnote", True)
    assert (read.feed_host, read.feed_port) == ("0.0.0.0", 9000)
    assert (read.desk_host, read.desk_port, read.desk_url) == ("::", 9001, "https://desk.example.com/")
    assert read.link == "https://example.com/book"


def test_little_is_enough_and_nothing_is_approved_by_itself(tmp_path):
    read = config(tmp_path, LEAST)
    assert (read.subject, read.auto_approve, read.start_fresh, read.grace) == ("", "", False, timedelta(hours=2))
    assert read.brand == Brand("A")
    assert (read.desk_host, read.desk_port, read.desk_url) == ("127.0.0.1", 8030, "")
    assert read.account("feed").spacing == timedelta(minutes=10)


def test_a_file_from_windows_is_fine(tmp_path):
    (tmp_path / "config.toml").write_bytes(b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode())
    assert read_config(tmp_path).workspace == "quiet-feet"


def test_every_mistake_is_told_at_once(tmp_path):
    text = """\
workspace = "Quiet Feet"
closed = ["25.12.2026"]
[studio]
nmae = "Quiet Feet"
timezone = "Denver"
link = "example.com"
language = "english"
[words]
hashtags = ["foot massage"]
posts_per_document = 0
[brand]
background = ["#000"]
[accounts.feed]
network = "stie"
spacing = "soon"
[accounts.tooter]
network = "mastodon"
[[slots]]
account = "fede"
days = ["mnoday"]
time = "9 am"
[[slots]]
account = "feed"
time = "25:00"
[review]
auto_approve = "all"
[ledger]
start_fresh = true
[feed]
port = "8040"
[desk]
port = 80300
url = "desk.example.com"
[dekc]
"""
    assert problems(tmp_path, text, networks=("site", "mastodon")) == [
        'config.toml:1: workspace: "Quiet Feet" is not a short name: use a-z, 0-9 and hyphens',
        'config.toml:2: closed: "25.12.2026" is not a day: write "2026-12-25"',
        "config.toml:3: studio.name is missing: what your business is called; stands on every picture",
        'config.toml:4: "nmae" is not known in [studio] (did you mean "name"?)',
        'config.toml:5: studio.timezone: "Denver" is not a time zone (did you mean "America/Denver"?)',
        'config.toml:6: studio.link: "example.com" is not a web address: it starts with https://',
        'config.toml:7: studio.language: "english" is not a language: write "en" or "de"',
        'config.toml:9: words.hashtags: "foot massage" is not a hashtag: one word',
        "config.toml:10: words.posts_per_document must be greater than or equal to 1, not 0",
        'config.toml:12: brand.background: "#000" is not a colour: write it as "#15534a"',
        'config.toml:14: accounts.feed.network: there is no network "stie" (did you mean "site"?)',
        'config.toml:15: accounts.feed.spacing: "soon" is not a length of time: write 90s, 10m, 2h or 1d',
        'config.toml:18: slots.accounts: there is no account "fede" (did you mean "feed"?)',
        'config.toml:20: slots.days: "mnoday" is not a day of the week (known: mon, tue, wed, thu, fri, sat, sun)',
        'config.toml:21: slots.time: "9 am" is not a time of day: write "09:00" or "17:30"',
        "config.toml:22: slots.days is missing: mon, tue, wed, thu, fri, sat, sun",
        'config.toml:24: slots.time: "25:00" is not a time of day: write "09:00" or "17:30"',
        'config.toml:26: review.auto_approve: "all" is not a rule (known: "unflagged")',
        (
            "config.toml:28: ledger.start_fresh: allowed only when every account is on the network site, "
            "and these are not: feed, tooter. Delete this line"
        ),
        'config.toml:30: feed.port must be a whole number, not "8040"',
        "config.toml:32: desk.port must be less than or equal to 65535, not 80300",
        'config.toml:33: desk.url: "desk.example.com" is not a web address: it starts with https://',
        'config.toml:34: "dekc" is not known (did you mean "desk"?)',
    ]


@pytest.mark.parametrize(
    "url",
    ["https://a.org/desk", "https://a.org/?desk", "https://ann:secret@a.org/", "https://a.org:99999", "http://:80"],
)
def test_the_desk_wants_a_site_of_its_own(tmp_path, url):
    assert problems(tmp_path, f'{LEAST}[desk]\nurl = "{url}"\n') == [
        f'config.toml:8: desk.url: "{url}" is not the address of a whole site: write it as "https://desk.example.com/"'
    ]


@pytest.mark.parametrize("url", ["https://desk.example.com", "http://192.168.1.5:8030/", "http://[fd00::1]:8030"])
def test_the_desk_may_be_reached_by_any_name(tmp_path, url):
    assert config(tmp_path, f'{LEAST}[desk]\nurl = "{url}"\n').desk_url == url


@pytest.mark.parametrize(
    ("zone", "hint"),
    [
        ("america/denver", '(did you mean "America/Denver"?)'),
        ("America/Denvr", '(did you mean "America/Denver"?)'),
        ("New York", '(did you mean "America/New_York"?)'),
        ("Middle Earth", ': write it as "America/Denver"'),
        ("../../etc/passwd", ': write it as "America/Denver"'),
        ("", ': write it as "America/Denver"'),
        ("America", ': write it as "America/Denver"'),
        ("MST", 'never has summer time: name a city, such as "America/Denver"'),
    ],
)
def test_an_unknown_time_zone_names_the_ones_that_were_meant(tmp_path, zone, hint):
    (told,) = problems(tmp_path, LEAST.replace('"UTC"', f'"{zone}"'))
    assert told.endswith(hint)


def test_a_rule_approves_on_our_own_pages_only(tmp_path):
    text = LEAST + '[accounts.x]\nnetwork = "x"\n[review]\nauto_approve = "unflagged"\n'
    assert problems(tmp_path, text) == [
        (
            "config.toml:10: review.auto_approve: allowed only when every account is on the network site, "
            "and these are not: x. Delete this line"
        )
    ]


@pytest.mark.parametrize("folder", ["", 'folder = "site"\n', 'folder = "a/../site/"\n', 'folder = "./site"\n'])
def test_two_site_accounts_in_one_folder_are_refused_with_both_names(tmp_path, folder):
    (told,) = problems(tmp_path, LEAST + f'[accounts.second]\nnetwork = "site"\n{folder}')
    assert told.startswith(f"config.toml:{9 if folder else 7}: accounts.second.folder: ")
    assert told.endswith(": give one of them another folder")
    assert '"feed" and "second" share the folder' in told


def test_a_full_path_to_the_folder_of_another_account_is_the_same_folder(tmp_path):
    (told,) = problems(tmp_path, LEAST + f'[accounts.second]\nnetwork = "site"\nfolder = "{tmp_path}/site"\n')
    assert "share the folder" in told


@pytest.mark.parametrize("folder", ["a\\u0000b", "~nobody-at-all/site", "~", "a" * 5000])
def test_a_folder_that_cannot_be_is_left_to_its_network(tmp_path, folder):
    assert config(tmp_path, LEAST + f'folder = "{folder}"\n').account("feed").settings["folder"]


def test_accounts_with_folders_of_their_own_or_on_other_networks_are_fine(tmp_path):
    more = '[accounts.b]\nnetwork = "site"\nfolder = "b"\n[accounts.c]\nnetwork = "c"\n[accounts.d]\nnetwork = "d"\n'
    assert len(config(tmp_path, LEAST + more).accounts) == 4


@pytest.mark.parametrize("ledger", ["site", "site/ledger", "."])
def test_a_site_and_the_ledger_in_each_others_folder_are_refused(tmp_path, ledger):
    assert problems(tmp_path, LEAST + f'[ledger]\nfolder = "{ledger}"\n') == [
        (
            f'config.toml:5: accounts.feed.folder: "site" and the ledger\'s folder "{ledger}" lie in each other: '
            "keep them apart"
        )
    ]


def test_no_accounts_is_a_mistake_with_its_cure(tmp_path):
    (told,) = problems(tmp_path, LEAST.partition("[accounts")[0])
    assert told == 'config.toml: accounts is missing: add [accounts.feed] with network = "site"'


@pytest.mark.parametrize("text", ["accounts = 1\n", "accounts = [1]\n", "[accounts]\nfeed = 1\n", "slots = 1\n"])
def test_nonsense_is_refused_without_a_crash(tmp_path, text):
    assert problems(tmp_path, text)


def test_a_missing_config_says_how_to_start(tmp_path):
    with pytest.raises(ConfigProblems, match=r"config.toml: not found in .*bot init DIR"):
        read_config(tmp_path)


def test_a_config_that_is_not_text_says_so(tmp_path):
    (tmp_path / "config.toml").write_bytes(b'name = "caf\xe9"')
    with pytest.raises(ConfigProblems, match=r"is not UTF-8 text \(byte 11\): save it as UTF-8"):
        read_config(tmp_path)


def test_a_config_that_is_not_toml_names_the_line(tmp_path):
    assert problems(tmp_path, "a = 1\nb = \n")[0].startswith("config.toml:2: this is not TOML: ")


@given(st.integers(0, len(FULL)), st.integers(0, 30), st.text(max_size=5) | st.sampled_from('"[]=.\n\\'))
def test_whatever_a_hand_slips_into_a_config_is_a_problem_at_a_line_of_it_or_a_config(at, length, slip):
    text = FULL[:at] + slip + FULL[at + length :]
    lines = [0]
    with TemporaryDirectory() as folder:
        (Path(folder) / "config.toml").write_bytes(text.encode())
        try:
            read_config(Path(folder), networks=["site"])
        except ConfigProblems as found:
            lines = [problem.line for problem in found.problems]
    assert 0 <= min(lines) <= max(lines) <= text.count("\n") + 1
