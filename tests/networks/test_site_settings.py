"""An account's settings on the site."""

from pathlib import Path

import pytest

from bot.errors import FootnoteError
from bot.networks.site.settings import check_settings, settings_of


def test_nothing_has_to_be_set(tmp_path):
    settings = settings_of({}, root=tmp_path, studio="Quiet Feet Studio")
    assert settings.folder == tmp_path / "site"
    assert (settings.url, settings.title) == ("http://127.0.0.1:8040/", "Quiet Feet Studio")


@pytest.mark.parametrize(
    "folder", ["", " ", ".", "./", "..", "../site", "a/../../b", "~/site", "posts", "images/site", "a\0b"]
)
def test_a_folder_that_is_not_its_own_is_refused(folder):
    assert len(check_settings({"folder": folder})) == 1


@pytest.mark.parametrize("folder", [".git", ".git/site", "a/.cache", ".site", "/srv/www/.git/site", "/srv/.ssh"])
def test_a_hidden_folder_is_refused(folder):
    (told,) = check_settings({"folder": folder})
    assert "what is hidden is kept by a tool" in told


def test_a_full_path_may_pass_through_a_hidden_folder():
    assert check_settings({"folder": "/home/me/.local/www"}) == []


def test_the_folder_of_the_ledger_is_refused(tmp_path):
    (tmp_path / "ledger").mkdir()
    (tmp_path / "ledger" / "ledger.db").touch()
    with pytest.raises(FootnoteError, match="holds the ledger"):
        settings_of({"folder": "ledger"}, root=tmp_path, studio="S")


def test_a_full_path_may_lead_anywhere_but_around_the_workspace(tmp_path):
    root = tmp_path / "workspace"
    root.mkdir()
    assert settings_of({"folder": str(tmp_path / "www")}, root=root, studio="S").folder == tmp_path / "www"
    for folder in (root, tmp_path, Path("/")):
        with pytest.raises(FootnoteError, match="holds the workspace itself"):
            settings_of({"folder": str(folder)}, root=root, studio="S")


def test_a_link_out_of_the_workspace_is_refused(tmp_path):
    root = tmp_path / "workspace"
    root.mkdir()
    (root / "site").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FootnoteError, match="leads out of the workspace"):
        settings_of({}, root=root, studio="S")


@pytest.mark.parametrize("url", ["https://example.com", "http://127.0.0.1:8040/", "https://example.com/a/b/"])
def test_a_public_address_is_taken_with_its_slash(tmp_path, url):
    assert check_settings({"url": url}) == []
    assert settings_of({"url": url}, root=tmp_path, studio="S").url == url.rstrip("/") + "/"


@pytest.mark.parametrize(
    "url",
    [
        *("", "example.com", "//example.com", "ftp://example.com", "javascript:alert(1)", "https://", "https://[::1"),
        *(
            "https://a b/",
            'https://a/"x',
            "https://u:p@example.com/",
            "https://a/?q",
            "https://a/#f",
            "https://a:99999/",
        ),
    ],
)
def test_an_address_that_is_none_is_refused(url):
    assert len(check_settings({"url": url})) == 1


def test_everything_wrong_is_said_at_once():
    assert len(check_settings({"folder": "..", "url": "x", "titel": "S"})) == 3
