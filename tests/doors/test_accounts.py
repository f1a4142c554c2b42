"""Connecting accounts, the doctor, and counting, as a person does it."""

import os
import re
import stat

import pytest
from click.testing import CliRunner

from bot import delivery as life
from bot.app import open_app
from bot.cli import main
from tests.networks.open_x import secrets_of

CONFIG = """# my words
workspace = "quiet"

[studio]
name = "Quiet Feet"   # on every picture
timezone = "America/Denver"

[accounts.feed]
network = "site"

[[slots]]
account = "feed"
days = ["mon", "wed", "fri"]
time = "09:00"
"""
POST = '+++\nformat = 1\nid = "calm"\nstatus = "approved"\naccounts = ["{account}"]\n+++\nCalm feet {n}.\n'


class Person:
    """Somebody in a folder of her own."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "posts").mkdir()
        self.configure(CONFIG)

    def configure(self, text):
        (self.folder / "config.toml").write_text(text)

    @property
    def config(self):
        return (self.folder / "config.toml").read_text()

    def says(self, *words, answers=()):
        typed = "".join(f"{answer}\n" for answer in answers)
        return CliRunner().invoke(main, ["-C", str(self.folder), *words], input=typed)

    def rename(self, account, to):
        """In config.toml, as a person does."""
        for old in (f"[accounts.{account}]", f'"{account}"]', f'"{account}",'):
            self.configure(self.config.replace(old, old.replace(account, to)))

    def app(self):
        return open_app(self.folder)

    def bytes_on_disk(self, *folders):
        files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        return b"".join(path.read_bytes() for path in files)


@pytest.fixture
def person(tmp_path, monkeypatch):
    for name in ("STATE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.delenv("FOOTNOTE_KEY", raising=False)
    (tmp_path / "work").mkdir()
    return Person(tmp_path / "work")


def test_a_mastodon_account_is_connected_shown_and_added_to_the_config(person, mastodon):
    done = person.says("connect", "mastodon", answers=(mastodon.url, mastodon.token))
    assert done.exit_code == 0, done.output
    assert re.search(r"You are @\w+@127\.0\.0\.1 +http", done.output)
    assert "500 characters, 4 pictures a post" in done.output
    assert "Preferences > Public profile" in done.output
    assert f'[accounts.mastodon]\nnetwork = "mastodon"\nserver = "{mastodon.url}"' in person.config
    assert 'accounts = ["feed", "mastodon"]' in person.config
    assert "# my words" in person.config
    assert "# on every picture" in person.config
    assert mastodon.token not in done.output + person.config


def test_the_secrets_are_locked_up_and_for_nobody_else_to_read(person, mastodon, tmp_path):
    person.says("connect", "mastodon", answers=(mastodon.url, mastodon.token))
    assert mastodon.token.encode() not in person.bytes_on_disk(tmp_path)
    kept = [path for path in (tmp_path / "state").rglob("mastodon") if path.is_file()]
    keys = [path for path in (tmp_path / "config").rglob("*.key") if path.is_file()]
    assert len(kept) == len(keys) == 1
    assert {stat.S_IMODE(path.stat().st_mode) for path in [*kept, *keys]} == {0o600}


def test_a_wrong_token_changes_nothing(person, mastodon, tmp_path):
    before = person.config
    done = person.says("connect", "mastodon", answers=(mastodon.url, "wrong-token-of-mine"))
    assert done.exit_code == 1
    assert "bot: " in done.output
    assert "it was not let in; nothing was changed" in done.output
    assert "wrong-token-of-mine" not in done.output
    assert person.config == before
    assert person.app().vault.names() == ()


def test_a_bluesky_account_is_connected_by_handle_and_app_password_and_can_be_marked_as_a_bot(person, pds):
    someone = pds.create_account()
    password = pds.app_password(someone)
    done = person.says(
        "connect", "bluesky", "--set", f"service={pds.url}", "--label", answers=(someone.handle, password)
    )
    assert done.exit_code == 0, done.output
    assert f"You are @{someone.handle}   https://bsky.app/profile/{someone.handle}" in done.output
    assert "marked as automated" in done.output
    again = person.says("connect", "bluesky", answers=("",))
    assert again.exit_code == 0, again.output
    assert "automated" not in again.output
    assert password not in done.output + person.config


def test_four_keys_connect_an_x_account_which_is_told_what_posts_cost(person):
    from tests.servers.x import XServer

    with XServer() as x:
        keys = secrets_of(x)
        done = person.says("connect", "x", "--set", f"server={x.url}", "--as", "studio-x", answers=keys.values())
        assert done.exit_code == 0, done.output
        assert "You are @studio" in done.output
        assert "$0.015 a post, $0.200 with a link" in done.output
        assert "automated" in done.output
        assert '[accounts.studio-x]\nnetwork = "x"' in person.config
        assert not [key for key in keys.values() if key in done.output + person.config]
        person.folder.joinpath("posts", "calm.md").write_text(POST.format(account="studio-x", n=1))
        planned = person.says("plan").output
        assert "calm  costs $0.015 (post $0.015)" in planned
        assert "1 of those to come cost money: $0.015 in all" in planned


def test_the_second_account_of_a_network_gets_a_name_of_its_own(person, pds):
    ours, other = pds.create_account(), pds.create_account()
    service = f"service={pds.url}"
    person.says("connect", "bluesky", "--set", service, answers=(ours.handle, pds.app_password(ours)))
    again = person.says(
        "connect", "bluesky", "--as", "twin", "--set", service, answers=(ours.handle, pds.app_password(ours, "two"))
    )
    assert again.exit_code == 1
    assert 'is connected already, as "bluesky": everything would be posted twice there' in again.output
    assert "twin" not in person.config
    done = person.says(
        "connect", "bluesky", "--as", "second", "--set", service, answers=(other.handle, pds.app_password(other))
    )
    assert done.exit_code == 0, done.output
    assert person.app().vault.names() == ("bluesky", "second")
    assert person.says("connect", "second", answers=("",)).exit_code == 0
    person.rename("bluesky", "first")
    asked = person.says("connect", "bluesky")
    assert asked.exit_code == 2
    assert "which one: first, second? For one more, say --as NAME" in asked.output


def test_an_account_that_was_renamed_is_still_the_one_it_was(person, mastodon):
    person.says("connect", "mastodon", answers=(mastodon.url, mastodon.token))
    person.rename("mastodon", "hill")
    done = person.says("connect", "hill", answers=(mastodon.token,))
    assert done.exit_code == 1
    assert 'is connected already, as "mastodon"' in done.output
    assert "forgotten" in person.says("disconnect", "mastodon").output
    assert person.says("connect", "hill", answers=(mastodon.token,)).exit_code == 0


def test_an_account_with_a_post_in_doubt_is_not_forgotten(person, mastodon):
    person.says("connect", "mastodon", answers=(mastodon.url, mastodon.token))
    person.folder.joinpath("posts", "calm.md").write_text(POST.format(account="mastodon", n=os.urandom(4).hex()))
    person.says("plan")
    app = person.app()
    (row,) = app.ledger.deliveries.all()
    app.ledger.deliveries.settle(row, life.doubted(row, app.now(), app.now()), app.now(), "test")
    app.close()
    done = person.says("disconnect", "mastodon")
    assert done.exit_code == 1
    assert f"`bot resolve {row.id}`" in done.output
    assert person.app().vault.names() == ("mastodon",)


def test_what_was_pasted_for_one_server_is_not_shown_to_another(person, mastodon, gotosocial):
    person.says("connect", "mastodon", answers=(mastodon.url, mastodon.token))
    person.configure(person.config.replace(mastodon.url, gotosocial.url))
    done = person.says("connect", "mastodon", answers=("",))
    assert done.exit_code == 2
    assert "no answer for: Your access token" in done.output


def test_what_waited_for_access_goes_on_when_the_account_is_connected_again(person, mastodon):
    person.says("connect", "mastodon", answers=(mastodon.url, mastodon.token))
    app = person.app()
    app.vault.keep("mastodon", {"token": "revoked-token"})
    app.close()
    text = POST.format(account="mastodon", n=os.urandom(4).hex())
    person.folder.joinpath("posts", "calm.md").write_text(text)
    first = person.says("publish", "calm", "--now")
    assert first.exit_code == 1
    status = person.says("status").output
    assert re.search(r"held +account +mastodon +no access", status)
    assert "bot connect mastodon" in status
    sick = person.says("doctor")
    assert sick.exit_code == 1
    assert "-> connect it again: `bot connect mastodon`" in sick.output
    done = person.says("connect", "mastodon", answers=(mastodon.token,))
    assert "What waited for it goes out as soon as `bot run` runs." in done.output
    again = person.says("publish", "calm", "--now")
    assert "published" in again.output, again.output
    said = text.splitlines()[-1]
    assert [said in status["content"] for status in mastodon.statuses()].count(True) == 1


def test_an_account_that_is_not_connected_is_held_with_what_to_do(person):
    person.configure(CONFIG + '\n[accounts.sky]\nnetwork = "bluesky"\nhandle = "quiet.bsky.social"\n')
    person.folder.joinpath("posts", "calm.md").write_text(
        POST.format(account="sky", n=1).replace("+++\nC", "publish_at = 2030-01-01T09:00:00\n+++\nC")
    )
    done = person.says("publish", "calm", "--now")
    assert done.exit_code == 1
    assert "`bot connect sky`" in done.output


def test_status_tells_of_an_account_with_plans_that_nobody_has_connected(person):
    person.configure(
        CONFIG.replace('account = "feed"', 'accounts = ["feed", "sky"]')
        + '\n[accounts.sky]\nnetwork = "bluesky"\nhandle = "quiet.bsky.social"\n'
    )
    person.says("plan")
    person.folder.joinpath("posts", "calm.md").write_text(POST.format(account="sky", n=1))
    assert "planned" in person.says("plan").output
    done = person.says("status")
    assert done.exit_code == 1
    assert "sky is not connected, and posts are planned there: `bot connect sky`" in done.output


def test_a_rule_that_is_for_our_own_pages_only_is_in_the_way_before_a_secret_is_asked_for(person, mastodon):
    person.configure(CONFIG + '\n[review]\nauto_approve = "unflagged"\n')
    before = person.config
    done = person.says("connect", "mastodon", answers=(mastodon.url, mastodon.token))
    assert done.exit_code == 2
    assert "allowed only when every account is on the network site" in done.output
    assert "Delete this line" in done.output
    assert person.config == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("connect", "myspace"), '"myspace" is neither an account in config.toml nor a network (bluesky, discord'),
        (("connect", "feed"), "feed needs no connection"),
        (("connect", "mastodon", "--set", "server=http://example.social"), "it must begin with https://"),
        (("connect", "mastodon", "--set", "sever=https://example.social"), '"sever" is not a setting of mastodon'),
        (("connect", "mastodon", "--set", "server"), '"server" is not KEY=VALUE'),
        (("connect", "mastodon", "--as", "My Account"), '"My Account" is not a short name'),
        (("disconnect", "feed"), '"feed" is not connected'),
    ],
)
def test_what_cannot_be_connected_is_refused_with_what_to_do(person, words, said):
    done = person.says(*words, answers=("https://example.social",))
    assert done.exit_code in {1, 2}
    assert said in done.output


def test_another_identity_under_the_same_name_is_refused_and_nothing_changes(person, pds):
    ours, other = pds.create_account(), pds.create_account()
    service = f"service={pds.url}"
    person.says("connect", "bluesky", "--set", service, answers=(ours.handle, pds.app_password(ours)))
    before = dict(person.app().vault.credentials("bluesky").get())
    person.configure(person.config.replace(ours.handle, other.handle))
    done = person.says("connect", "bluesky", answers=(pds.app_password(other),))
    assert done.exit_code == 1
    assert f'"bluesky" was connected as somebody else, and this is @{other.handle}' in done.output
    assert "--as NAME" in done.output
    assert dict(person.app().vault.credentials("bluesky").get()) == before


def test_secrets_go_to_the_place_they_were_given_for_and_no_other(person, mastodon, gotosocial):
    person.says("connect", "mastodon", answers=(mastodon.url, mastodon.token))
    person.configure(person.config.replace(mastodon.url, gotosocial.url))
    person.folder.joinpath("posts", "calm.md").write_text(POST.format(account="mastodon", n=1))
    done = person.says("publish", "calm", "--now")
    assert f"was connected to another place (mastodon {mastodon.url})" in done.output
    sick = person.says("doctor")
    assert "-> connect it again: `bot connect mastodon`" in sick.output
    assert gotosocial.posted == []


def test_a_disconnected_account_is_forgotten(person, mastodon):
    person.says("connect", "mastodon", answers=(mastodon.url, mastodon.token))
    assert "Revoke the access" in person.says("disconnect", "mastodon").output
    assert person.app().vault.names() == ()


def test_the_doctor_looks_at_everything_and_gives_one_advice_for_each_thing(person, mastodon):
    person.says("connect", "mastodon", answers=(mastodon.url, mastodon.token))
    done = person.says("doctor")
    for said in ("config", "America/Denver", "GB free", "feed", "@", "clock"):
        assert said in done.output
    assert "-> start it: `bot run`" in done.output
    sick = [line for line in done.output.splitlines() if line.startswith("  LOOK")]
    assert len(sick) == done.output.count("-> ")
    assert done.exit_code == 1


@pytest.mark.parametrize(
    ("network", "text", "said"),
    [
        ("x", "Hi http://test.co", "26 280"),
        ("x", "Hi http://test.co\n", "26 280"),
        ("x", "H🐱☺👨‍👩‍👧‍👦", "7 280"),
        ("mastodon", "Hi https://example.com/a/very/long/path @alice@example.org #tea", "38 500"),
        ("bluesky", "👨‍👩‍👧‍👦 tea", "5 300"),
        ("site", "four", "4 0"),
    ],
)
def test_a_text_is_counted_as_the_network_counts_it(tmp_path, network, text, said):
    done = CliRunner().invoke(main, ["-C", str(tmp_path), "count", network], input=text.encode())
    assert (done.exit_code, done.output) == (0, said + "\n")


def test_for_an_account_the_limit_is_what_its_server_announced(person, gotosocial):
    person.says("connect", "mastodon", "--as", "hill", answers=(gotosocial.url, gotosocial.token))
    assert person.says("count", "mastodon", answers=("calm",)).output == "4 500\n"
    assert person.says("count", "hill", answers=("calm",)).output == "4 5000\n"
