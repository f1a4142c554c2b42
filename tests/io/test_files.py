"""Files written whole or not at all."""

import hashlib

import pytest

from bot.io.files import sha256_of, write_atomic


def test_a_new_file_has_the_content_and_leaves_nothing_beside_it(tmp_path):
    write_atomic(tmp_path / "a.md", "grüße\n".encode())
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == "grüße\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_an_existing_file_is_replaced_and_keeps_its_mode(tmp_path):
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomic(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)


def test_a_mode_that_is_asked_for_overrules_the_umask_and_the_old_file(tmp_path):
    path = tmp_path / "key"
    for _ in ("new", "existing"):
        write_atomic(path, b"secret", mode=0o600)
        assert path.stat().st_mode & 0o777 == 0o600
        path.chmod(0o644)


def test_a_reader_who_opened_the_old_file_still_reads_all_of_it(tmp_path):
    path = tmp_path / "a.md"
    path.write_bytes(b"old" * 1000)
    with path.open("rb") as reader:
        write_atomic(path, b"new")
        assert reader.read() == b"old" * 1000


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "child").write_bytes(b"")
    with pytest.raises(OSError):  # noqa: PT011 - a folder in the way is a different OSError on each system
        write_atomic(tmp_path / "a", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_missing_folder_is_an_error_not_a_new_folder(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_atomic(tmp_path / "no" / "a", b"")


def test_the_hash_is_of_the_bytes(tmp_path):
    (tmp_path / "a").write_bytes(b"\r\n")
    assert sha256_of(tmp_path / "a") == hashlib.sha256(b"\r\n").hexdigest()
