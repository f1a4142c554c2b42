"""A new workspace."""

import pytest

from bot.config import read_config
from bot.errors import FootnoteError
from bot.model import Brand
from bot.posts import Shelf, load
from bot.starter import workspace_id, write_workspace, zone_here


def test_a_new_workspace_can_be_read_at_once(tmp_path):
    folder = tmp_path / "new" / "studio"
    written = write_workspace(folder, name="Quiet Feet Studio", zone="America/Denver", subject="Ashiatsu massage")
    assert [path.relative_to(folder).as_posix() for path in written] == ["documents/README.md", "config.toml"]
    config = read_config(folder, networks=("site",))
    assert config.brand == Brand("Quiet Feet Studio")
    assert (config.zone, config.subject, config.language) == ("America/Denver", "Ashiatsu massage", "en")
    assert [account.network for account in config.accounts] == ["site"]
    assert len(config.slots) == 3
    assert load(folder, ["feed"]) == Shelf()


def test_nothing_is_approved_and_nothing_starts_fresh_unless_a_person_writes_it(tmp_path):
    write_workspace(tmp_path, name="A", zone="UTC")
    config = read_config(tmp_path)
    assert (config.auto_approve, config.start_fresh, config.ledger) == ("", False, "")


def test_a_workspace_is_never_overwritten(tmp_path):
    (tmp_path / "config.toml").write_text("mine")
    with pytest.raises(FootnoteError, match=r"config.toml exists already"):
        write_workspace(tmp_path, name="A", zone="UTC")
    assert (tmp_path / "config.toml").read_text() == "mine"


def test_files_that_are_there_are_kept(tmp_path):
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/README.md").write_text("mine")
    assert write_workspace(tmp_path, name="A", zone="UTC") == [tmp_path / "config.toml"]
    assert (tmp_path / "documents/README.md").read_text() == "mine"


@pytest.mark.parametrize("name", ['The "Best" Spa', "Back\\slash", "Füße & Hände", "{name}", "足", "two\nlines"])
def test_any_name_can_be_a_studios(tmp_path, name):
    write_workspace(tmp_path, name=name, zone="UTC")
    assert read_config(tmp_path).brand.studio == name.replace("\n", " ")


def test_two_workspaces_of_one_name_have_two_ids():
    first, second = workspace_id("Quiet Feet Studio"), workspace_id("Quiet Feet Studio")
    assert first.startswith("quiet-feet-studio-")
    assert first != second


def test_a_workspace_without_a_zone_gets_the_machines_own(tmp_path):
    write_workspace(tmp_path / "studio", name="Quiet Feet", zone="")
    assert read_config(tmp_path / "studio").zone == zone_here()


@pytest.mark.parametrize(
    ("leads_to", "zone"), [("zoneinfo/America/Denver", "America/Denver"), ("zoneinfo/here", "UTC"), ("local", "UTC")]
)
def test_the_machines_zone_is_where_its_local_time_leads(tmp_path, leads_to, zone):
    (tmp_path / "localtime").symlink_to(tmp_path / leads_to)
    assert zone_here(tmp_path / "localtime") == zone
