"""Pictures at a public address, from config.toml to a network that fetches them."""

import logging
import re
import subprocess
import sys
from contextlib import contextmanager

import pytest
import requests
from PIL import Image

from bot.app import open_app
from bot.errors import Unavailable
from bot.io.files import sha256_of
from bot.model import Media
from bot.networks.base import Premises
from bot.showing import keep_store_keys, pictures_folder
from bot.web.feed import FeedServer
from tests.public.world import open_world, says
from tests.reference import judge, skip
from tests.servers.store import BUCKET, KEY, KEY_ID, free_ports, program, start_store

NAME = "media.example.com"


@pytest.fixture
def world(tmp_path_factory, monkeypatch):
    with open_world(tmp_path_factory.mktemp("world"), monkeypatch) as world:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(world.ca.parent / "settings"))
        monkeypatch.setenv("XDG_STATE_HOME", str(world.ca.parent / "state"))
        yield world


@pytest.fixture
def say(workspace):
    def write(table):
        with (workspace / "config.toml").open("a") as file:
            file.write(f"\n[media]\n{table}\n")

    return write


@contextmanager
def opened(workspace):
    app = open_app(workspace)
    try:
        yield app
    finally:
        app.close()


def picture_of(app):
    """A picture of a message, as the planner leaves it."""
    drawn = app.ledger.media / "drawn.jpg"
    Image.effect_noise((200, 200), 60).convert("RGB").save(drawn, "JPEG")
    sha256 = sha256_of(drawn)
    drawn.rename(app.ledger.media / f"{sha256}.jpg")
    return Media(sha256, "image/jpeg", "noise", 200, 200, (app.ledger.media / f"{sha256}.jpg").stat().st_size)


@contextmanager
def caddy(world, feed):
    """A web server before the feed, as docs/connect/media.md sets it up."""
    if not program("caddy"):
        skip("Caddy is not installed: `make servers`")
    (port,) = free_ports(1)
    folder = world.ca.parent
    certificate = world.authority.issue_cert(NAME)
    certificate.private_key_pem.write_to_path(folder / "key.pem")
    for blob in certificate.cert_chain_pems:
        blob.write_to_path(folder / "cert.pem", append=True)
    (folder / "Caddyfile").write_text(
        f"{{\n  admin off\n  auto_https off\n}}\nhttps://{NAME}:{port} {{\n  bind 127.0.0.1\n"
        f"  tls {folder}/cert.pem {folder}/key.pem\n  reverse_proxy {feed.removeprefix('http://').rstrip('/')}\n}}\n"
    )
    command = [program("caddy"), "run", "--adapter", "caddyfile", "--config", folder / "Caddyfile"]
    with (folder / "caddy.log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            world.names[NAME] = port
            until = 100
            while not is_up(world):
                assert until > 0, (folder / "caddy.log").read_text()
                until -= 1
                process.poll()
            yield
        finally:
            process.kill()


def is_up(world):
    import socket
    import time

    try:
        socket.create_connection(("127.0.0.1", world.names[NAME]), timeout=5).close()
    except OSError:
        time.sleep(0.1)
        return False
    return True


def premises_of(app, monkeypatch):
    """What the feed's network would be opened with."""
    seen = []
    monkeypatch.setattr("bot.app.open_network", lambda _, premises: seen.append(premises))
    app.open_network(app.config.accounts[0])
    return seen[0]


def test_the_feed_behind_a_web_server_shows_what_was_asked_for_and_nothing_else(workspace, say, world, monkeypatch):
    say(f'at = "feed"\nurl = "https://{NAME}/"')
    with opened(workspace) as app:
        server = FeedServer(workspace / "site", "127.0.0.1", 0, pictures_folder(app.ledger))
        premises = premises_of(app, monkeypatch)
        assert isinstance(premises, Premises)
        shown, hidden = picture_of(app), picture_of(app)
        with caddy(world, server.start()):
            address = premises.address(shown)
            assert re.fullmatch(rf"https://{NAME}/m/[0-9a-f]{{40}}\.jpg", address)
            assert premises.address(shown) == address
            got = requests.get(address, timeout=10, verify=str(world.ca))
            assert got.content == (app.ledger.media / f"{shown.sha256}.jpg").read_bytes()
            assert got.headers["Content-Type"] == "image/jpeg"
            for name in (hidden.sha256, shown.sha256, hidden.sha256[:40], shown.sha256[:40], "ledger.db"):
                for path in (f"m/{name}.jpg", f"m/{name}", name, f"media/{name}.jpg"):
                    assert requests.get(f"https://{NAME}/{path}", timeout=10, verify=str(world.ca)).status_code == 404
            assert len(list(pictures_folder(app.ledger).iterdir())) == 1
        server.stop()


def test_another_workspace_gives_the_same_picture_another_name(workspace, say, world):
    say(f'at = "feed"\nurl = "https://{NAME}/"')
    world.serve(NAME, lambda one: says(one, b"", status=404))
    with opened(workspace) as app:
        first, _ = app.showcase.trial("#aabbcc")
        again, _ = app.showcase.trial("#aabbcc")
        app.vault.forget("media--address")
        other, _ = app.showcase.trial("#aabbcc")
    assert first == again != other


def test_a_picture_that_cannot_be_fetched_is_not_offered_to_a_network(workspace, say, world):
    say(f'at = "feed"\nurl = "https://{NAME}/"')
    world.serve(NAME, lambda one: says(one, b"<html>", "text/html", 502))
    with opened(workspace) as app:
        with pytest.raises(Unavailable) as refused:
            app.showcase.address(picture_of(app))
        assert "is `bot run` running" in str(refused.value)
        assert "/m/" not in str(refused.value)


def test_what_may_work_from_outside_is_a_warning(workspace, say, world, caplog):
    say('at = "feed"\nurl = "https://behind-the-router.example.com/"')
    with opened(workspace) as app, caplog.at_level(logging.WARNING):
        assert app.showcase.address(picture_of(app)).startswith("https://behind-the-router.example.com/m/")
    assert "Wi-Fi off" in caplog.text
    assert "/m/" not in caplog.text


def test_the_sites_folder_takes_pictures_by_names_of_their_own(workspace, world):
    config = workspace / "config.toml"
    text = config.read_text().replace('network = "site"', f'network = "site"\nurl = "https://{NAME}/notes/"', 1)
    config.write_text(text + '\n[media]\nat = "site"\n')

    def web_host(one):
        path = workspace / "site" / one.path.removeprefix("/notes/")
        says(one, path.read_bytes()) if path.is_file() else says(one, b"", status=404)

    world.serve(NAME, web_host)
    with opened(workspace) as app:
        address = app.showcase.address(picture_of(app))
    assert re.fullmatch(rf"https://{NAME}/notes/media/[0-9a-f]{{40}}\.jpg", address)


def test_bot_media_says_that_all_is_well_or_what_is_not(bot, workspace, say, world):
    nowhere = bot("media")
    assert (nowhere.exit_code, "add [media]" in nowhere.output) == (1, True)
    say(f'at = "feed"\nurl = "https://{NAME}/"')
    answers = []

    def web_host(one):
        kind, path = ("text/html", None) if answers else ("image/jpeg", one.path.rpartition("/")[2])
        with opened(workspace) as app:
            found = pictures_folder(app.ledger) / (path or "none")
            says(one, found.read_bytes() if found.is_file() else b"no", kind)

    world.serve(NAME, web_host)
    well = bot("media")
    assert (well.exit_code, "Networks can fetch it." in well.output) == (0, True), well.output
    answers.append("page")
    ill = bot("media")
    assert ill.exit_code == 1
    assert f'WRONG  https://{NAME} calls the picture "text/html", not image/jpeg' in ill.output
    doctor = bot("doctor").output
    assert f'LOOK  pictures      https://{NAME} calls the picture "text/html"' in doctor
    refused = bot("media", "--keys")
    assert (refused.exit_code, 'at = "store"' in refused.output) == (2, True)


def test_a_store_is_given_its_keys_once_and_nothing_tells_them(workspace, say, world, caplog):
    judge("botocore")
    if not program("weed"):
        skip("SeaweedFS is not installed: `make servers`")
    from click.testing import CliRunner

    from bot.cli import main

    with start_store(world.ca.parent) as store, caplog.at_level(logging.DEBUG):
        say(f'at = "store"\nurl = "https://{NAME}/"\nendpoint = "{store.endpoint}"\nbucket = "{BUCKET}"')

        def gateway(one):
            answer = requests.get(f"{store.endpoint}/{BUCKET}{one.path}", timeout=10)
            says(one, answer.content, answer.headers.get("Content-Type", ""), answer.status_code)

        world.serve(NAME, gateway)
        command = ["-C", str(workspace), "media"]
        without = CliRunner().invoke(main, command)
        assert (without.exit_code, "bot media --keys" in without.output) == (1, True)
        wrong = CliRunner().invoke(main, [*command, "--keys"], input=f"{KEY_ID}\ncanary-wrong-secret\n")
        assert (wrong.exit_code, "does not belong to the access key" in wrong.output) == (1, True)
        well = CliRunner().invoke(main, [*command, "--keys"], input=f"{KEY_ID}\n{KEY}\n")
        assert (well.exit_code, "Networks can fetch it." in well.output) == (0, True), well.output
        with opened(workspace) as app:
            assert app.showcase.address(picture_of(app)).startswith(f"https://{NAME}/m/")
            keep_store_keys(app.vault, {"key_id": KEY_ID, "key": "canary-wrong-secret"})
            with pytest.raises(Unavailable) as refused:
                app.showcase.address(picture_of(app))
            folder = app.ledger.folder
    told = "".join([without.output, wrong.output, well.output, caplog.text, str(refused.value)])
    kept = b"".join(path.read_bytes() for path in [*folder.rglob("*"), *workspace.rglob("*")] if path.is_file())
    for secret in (KEY, "canary-wrong-secret", "AWS4-HMAC"):
        assert secret not in told
        assert secret.encode() not in kept


def test_what_is_shown_by_the_feed_goes_after_a_month(workspace, say, world):
    import os

    say(f'at = "feed"\nurl = "https://{NAME}/"')
    with opened(workspace) as app:
        folder = pictures_folder(app.ledger)
        folder.mkdir()
        old, young = folder / "old.jpg", folder / "young.jpg"
        for path in (old, young):
            path.write_bytes(b"")
        os.utime(old, (1, 1))
        app.showcase.trial("#aabbcc")
        assert (old.exists(), young.exists()) == (False, True)


def test_a_picture_that_is_damaged_is_not_shown(workspace, say, world):
    say(f'at = "feed"\nurl = "https://{NAME}/"')
    with opened(workspace) as app:
        media = picture_of(app)
        (app.ledger.media / f"{media.sha256}.jpg").write_bytes(b"x")
        with pytest.raises(Exception, match="the picture is damaged"):
            app.showcase.address(media)
        assert not pictures_folder(app.ledger).exists()


SITES_ONLY = ('auto_approve = "unflagged"', "start_fresh = true", 'network = "site"')


def speaking_on(workspace, network):
    """The sample workspace, with an account on that network instead of its pages."""
    config = workspace / "config.toml"
    text = config.read_text().replace("port = 8040", "port = 0")
    for line, instead in zip(SITES_ONLY, ('auto_approve = ""', "start_fresh = false", network), strict=True):
        text = text.replace(line, instead)
    config.write_text(f"{text}\n[desk]\nport = 0\n")


def test_a_running_bot_without_pages_shows_pictures_all_the_same(workspace, say, world, bot):
    speaking_on(workspace, 'network = "discord"')
    say(f'at = "feed"\nurl = "https://{NAME}/"')
    command = [sys.executable, "-m", "bot", "-C", str(workspace), "run"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            line = next((line for line in iter(running.stdout.readline, "") if "The feed:" in line), "")
            assert line, running.stderr.read()
            with caddy(world, line.split()[2]):
                well = bot("media")
        finally:
            running.terminate()
    assert (well.exit_code, "Networks can fetch it." in well.output) == (0, True), well.output


def test_doctor_names_the_accounts_whose_pictures_nobody_can_fetch(bot, workspace):
    speaking_on(workspace, 'network = "threads"')
    said = bot("doctor").output
    assert "feed: no place is named where pictures can be fetched" in said
    assert "docs/connect/media.md" in said
