"""Networks by name, from here and from other packages."""

import subprocess
import sys

import pytest

from bot.errors import FootnoteError, UnknownName
from bot.model import Account, Brand, Limits
from bot.networks import check_settings, known_networks, limits_of, open_network
from bot.networks.base import Premises, Studio

PLUGIN = """
from bot.model import Limits

class Billboard:
    limits = Limits(text_max=40)
    check_settings = staticmethod(lambda settings: [])
    def __init__(self, account, premises):
        self.account = account
"""


def install(folder, monkeypatch, value):
    about = folder / "billboard-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: billboard\nVersion: 1\n")
    (about / "entry_points.txt").write_text(f"[footnote.networks]\nbillboard = {value}\n")
    (folder / "billboard_network.py").write_text(PLUGIN)
    monkeypatch.syspath_prepend(str(folder))


def open_here(account, folder):
    return open_network(account, Premises(Studio(Brand("S")), folder, folder, lambda: None, None, Limits()))


def test_the_site_is_built_in():
    assert "site" in known_networks()
    limits = limits_of("site")
    assert (limits.text_max, limits.images_max, limits.alt_max, limits.looks) == (0, 10, 0, 1)
    assert (limits.settle.total_seconds(), limits.timeout.total_seconds()) == (0, 30)


def test_an_unknown_network_is_refused_with_the_known_ones(tmp_path):
    for act in (limits_of, lambda name: check_settings(name, {}), lambda name: open_here(Account("a", name), tmp_path)):
        with pytest.raises(UnknownName, match=r'"myspace" is not a network \(known: .*site'):
            act("myspace")


def test_another_package_may_bring_a_network(tmp_path, monkeypatch):
    install(tmp_path, monkeypatch, "billboard_network:Billboard")
    assert set(known_networks()) >= {"billboard", "site"}
    assert limits_of("billboard") == Limits(text_max=40)
    assert open_here(Account("wall", "billboard"), tmp_path).account.name == "wall"


def test_a_package_that_cannot_be_loaded_is_named(tmp_path, monkeypatch):
    install(tmp_path, monkeypatch, "billboard_network:Poster")
    with pytest.raises(FootnoteError, match=r"billboard_network:Poster.*Install its package again"):
        limits_of("billboard")


def test_bad_settings_are_refused_at_once_with_the_account(tmp_path):
    with pytest.raises(FootnoteError, match=r'account "feed": .*"colour".*url "ftp'):
        open_here(Account("feed", "site", {"colour": "red", "url": "ftp://x"}), tmp_path)


def test_a_network_loads_only_when_it_is_used():
    code = "import sys, bot.networks; bot.networks.known_networks(); print('jinja2' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False\n"


def test_who_speaks_on_our_own_pages_only_loads_no_library_of_the_others():
    look = "import sys, bot.app; from bot.networks import limits_of; limits_of('site'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True).stdout.split()
    assert not {"requests", "urllib3", "tweepy", "cryptography"} & set(loaded)
