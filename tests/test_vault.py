"""The vault: what is kept, who can open it, who may change it, and what never shows."""

import base64
import html
import json
import os
import signal
import subprocess
import sys
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import keyring
import pytest
from cryptography.fernet import Fernet
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from bot.errors import FootnoteError, Unauthorized, Unavailable
from bot.vault import Hidden, Vault, open_vault, scrub

TOKEN = "canary/Tök+en=42&7"
OLD, NEW = {"token": TOKEN, "session": "the-old-session"}, {"token": TOKEN, "session": "the-new-session"}


@pytest.fixture
def world(tmp_path):
    return {"XDG_CONFIG_HOME": str(tmp_path / "config")}


@pytest.fixture
def vault(tmp_path, world):
    return open_vault(tmp_path / "ledger", "spa", environment=world)


def child(code, folder, world, *, wait=True):
    """Another process that has the vault open as `vault`."""
    opening = f"""
import sys
from pathlib import Path
from bot.vault import open_vault
vault = open_vault(Path({str(folder)!r}), "spa", environment={world!r})
view = vault.credentials("studio")
"""
    process = subprocess.Popen([sys.executable, "-c", opening + code], stdout=subprocess.PIPE, text=True)
    if not wait:
        return process
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return out


# What is kept


def test_what_is_kept_is_got_back_by_whoever_opens_the_vault_later(tmp_path, world, vault):
    vault.keep("studio", OLD)
    again = open_vault(tmp_path / "ledger", "spa", environment=world)
    assert dict(again.credentials("studio").get()) == OLD


def test_the_names_are_those_of_the_accounts_alone(tmp_path, vault):
    assert vault.names() == ()
    vault.keep("studio-x", OLD)
    vault.keep("feed_2", OLD)
    (tmp_path / "ledger" / "vault" / ".0123.tmp").write_bytes(b"left by a cut")
    assert vault.names() == ("feed_2", "studio-x")


def test_an_account_without_secrets_says_how_to_connect(vault):
    with pytest.raises(Unauthorized, match="run `bot connect studio`"):
        vault.credentials("studio").get()


def test_a_forgotten_account_is_gone(vault):
    vault.keep("studio", OLD)
    assert vault.forget("studio")
    assert not vault.forget("studio")
    assert vault.names() == ()
    with pytest.raises(Unauthorized):
        vault.credentials("studio").get()


@pytest.mark.parametrize("name", ["../studio", "a/b", "", ".", "..", "Studio", "a.lock", "studio\n", "-x", "a" * 200])
def test_what_is_not_the_name_of_an_account_is_refused(tmp_path, vault, name):
    for act in (vault.credentials, vault.forget, lambda name: vault.keep(name, OLD)):
        with pytest.raises(FootnoteError, match="not the name of an account"):
            act(name)
    assert list(tmp_path.rglob("*")) == []


def test_a_get_sees_what_another_process_has_kept_meanwhile(tmp_path, world, vault):
    vault.keep("studio", OLD)
    view = vault.credentials("studio")
    assert view.get()["session"] == "the-old-session"
    child('vault.keep("studio", {"session": "the-new-session"})', tmp_path / "ledger", world)
    assert view.get()["session"] == "the-new-session"


# Who may change it


def test_a_swap_wants_what_stands_now(vault):
    view = vault.credentials("studio")
    assert not view.swap(OLD, NEW), "nothing was kept"
    vault.keep("studio", OLD)
    assert not view.swap(NEW, OLD)
    assert view.swap(view.get(), NEW)
    assert not view.swap(OLD, {"token": "late"})
    assert dict(view.get()) == NEW


def test_of_two_threads_exactly_one_wins_each_round(vault):
    vault.keep("studio", {"n": "0"})
    barrier = threading.Barrier(2)

    def swap(who):
        view, won = vault.credentials("studio"), []
        for _ in range(50):
            before = view.get()
            barrier.wait()
            won.append(view.swap(before, {"n": str(int(before["n"]) + 1), "by": who}))
            barrier.wait()
        return won

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(swap, ["one", "other"])
    assert all(a != b for a, b in zip(one, other, strict=True))
    assert vault.credentials("studio").get()["n"] == "50"


COUNTING = """
won = 0
while won < 60:
    before = view.get()
    won += view.swap(before, {"n": str(int(before["n"]) + 1)})
"""


def test_of_two_processes_none_undoes_what_the_other_swapped(tmp_path, world, vault):
    vault.keep("studio", {"n": "0"})
    children = [child(COUNTING, tmp_path / "ledger", world, wait=False) for _ in range(2)]
    assert [process.communicate(timeout=60) and process.returncode for process in children] == [0, 0]
    assert vault.credentials("studio").get()["n"] == "120"


REFRESHING = """
for _ in range(20):
    with view.alone():
        before = view.get()
        assert view.swap(before, {"n": str(int(before["n"]) + 1)}), "somebody else refreshed"
"""


def test_whoever_refreshes_alone_always_wins_his_swap(tmp_path, world, vault):
    vault.keep("studio", {"n": "0"})
    children = [child(REFRESHING, tmp_path / "ledger", world, wait=False) for _ in range(2)]
    assert [process.communicate(timeout=60) and process.returncode for process in children] == [0, 0]
    assert vault.credentials("studio").get()["n"] == "40"


def test_the_wait_for_a_refresher_ends_and_other_accounts_need_not_wait(tmp_path):
    key = Fernet.generate_key()
    vault = Vault(tmp_path / "vault", lambda: key, workspace="spa", patience=0.05)
    with vault.credentials("studio").alone():
        with vault.credentials("feed").alone():
            pass
        with ThreadPoolExecutor(1) as pool, pytest.raises(Unavailable, match="holds it"):
            pool.submit(vault.credentials("studio").alone().__enter__).result()
    with vault.credentials("studio").alone():
        pass


HOLDING = """
import time
with view.alone():
    print("in", flush=True)
    time.sleep(300)
"""


def test_a_refresher_that_is_killed_lets_the_next_one_in(tmp_path, world):
    impatient = Vault(tmp_path / "ledger" / "vault", Fernet.generate_key, workspace="spa", patience=0)
    with child(HOLDING, tmp_path / "ledger", world, wait=False) as holder:
        assert holder.stdout.readline() == "in\n"
        with pytest.raises(Unavailable, match="holds it"), impatient.credentials("studio").alone():
            pass
        holder.kill()
    with impatient.credentials("studio").alone():
        pass


KEEPING = """
print("keeping", flush=True)
while True:
    vault.keep("studio", {"token": "a" * 5000})
    vault.keep("studio", {"token": "b" * 5000})
"""


def test_kill_9_while_keeping_leaves_all_of_the_old_or_all_of_the_new(tmp_path, world, vault):
    vault.keep("studio", {"token": "a" * 5000})
    for round_ in range(6):
        with child(KEEPING, tmp_path / "ledger", world, wait=False) as process:
            assert process.stdout.readline() == "keeping\n"
            threading.Event().wait(0.003 * round_)
            process.send_signal(signal.SIGKILL)
        assert vault.credentials("studio").get()["token"] in {"a" * 5000, "b" * 5000}
        assert vault.names() == ("studio",)


def test_a_disk_without_room_is_an_error_and_the_old_secrets_remain(tmp_path, world, vault):
    vault.keep("studio", OLD)
    told = child(
        """
import resource
from bot.errors import Unavailable
old = view.get()
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
for write in (lambda: vault.keep("studio", {"token": "new"}), lambda: view.swap(old, {"token": "new"})):
    try:
        write()
    except Unavailable as error:
        print(error)
""",
        tmp_path / "ledger",
        world,
    )
    assert told.count("what was kept before still is") == 2
    assert str(tmp_path / "ledger" / "vault" / "studio") in told
    assert dict(vault.credentials("studio").get()) == OLD
    assert not list((tmp_path / "ledger" / "vault").glob("*.tmp"))


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path, world):
    (tmp_path / "ledger").write_text("a file in the way")
    vault = open_vault(tmp_path / "ledger", "spa", environment=world)
    with pytest.raises(Unavailable, match="cannot be locked"):
        vault.keep("studio", OLD)


# Who can open it


def test_the_folder_and_every_file_are_the_owners_alone(tmp_path, vault):
    before = os.umask(0)
    try:
        vault.keep("studio", OLD)
    finally:
        os.umask(before)
    folder, key = tmp_path / "ledger" / "vault", tmp_path / "config" / "footnote" / "keys" / "spa.key"
    assert folder.stat().st_mode & 0o777 == key.parent.stat().st_mode & 0o777 == 0o700
    files = [*folder.iterdir(), *key.parent.iterdir()]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert {path.name for path in files} == {"studio", "studio.lock", "spa.key", "spa.lock"}


def test_a_copied_ledger_folder_opens_nothing(tmp_path, vault):
    vault.keep("studio", OLD)
    elsewhere = {"XDG_CONFIG_HOME": str(tmp_path / "another computer")}
    copy = open_vault(tmp_path / "ledger", "spa", environment=elsewhere)
    with pytest.raises(
        Unauthorized, match=r"cannot be opened with this key .*spa\.key.*`bot connect studio`, or put the key back"
    ):
        copy.credentials("studio").get()


def test_a_key_that_is_put_back_opens_the_vault_without_a_restart(tmp_path, world, vault):
    vault.keep("studio", OLD)
    key = tmp_path / "config" / "footnote" / "keys" / "spa.key"
    lost = key.rename(tmp_path / "lost.key")
    view = open_vault(tmp_path / "ledger", "spa", environment=world).credentials("studio")
    with pytest.raises(Unauthorized):
        view.get()
    lost.rename(key)
    assert dict(view.get()) == OLD


def test_with_another_key_the_account_can_be_connected_again(tmp_path, vault):
    vault.keep("studio", OLD)
    other = open_vault(tmp_path / "ledger", "spa", environment={"FOOTNOTE_KEY": Fernet.generate_key().decode()})
    other.keep("studio", NEW)
    assert dict(other.credentials("studio").get()) == NEW


def test_a_key_file_that_others_can_read_is_refused_with_the_command_that_mends_it(tmp_path, world, vault):
    vault.keep("studio", OLD)
    key = tmp_path / "config" / "footnote" / "keys" / "spa.key"
    key.chmod(0o640)
    view = open_vault(tmp_path / "ledger", "spa", environment=world).credentials("studio")
    with pytest.raises(Unauthorized, match="can be read by others") as refused:
        view.get()
    command = str(refused.value).split("`")[1]
    subprocess.run(command, shell=True, check=True)
    assert dict(view.get()) == OLD


@pytest.mark.parametrize("damage", [b"", b"short", b"\xff" * 44])
def test_a_damaged_key_file_is_never_replaced_silently(tmp_path, world, vault, damage):
    vault.keep("studio", OLD)
    key = tmp_path / "config" / "footnote" / "keys" / "spa.key"
    key.write_bytes(damage)
    with pytest.raises(Unauthorized, match=r"spa\.key is not a key"):
        open_vault(tmp_path / "ledger", "spa", environment=world).credentials("studio").get()
    assert key.read_bytes() == damage


def test_processes_that_start_together_make_one_key(tmp_path, world):
    code = 'import os; vault.keep(f"a{os.getpid()}", {"token": "x"})'
    for process in [child(code, tmp_path / "ledger", world, wait=False) for _ in range(4)]:
        process.communicate(timeout=60)
    vault = open_vault(tmp_path / "ledger", "spa", environment=world)
    assert [vault.credentials(name).get()["token"] for name in vault.names()] == ["x"] * 4


def test_the_environments_key_goes_before_the_file_and_makes_none(tmp_path, world):
    world["FOOTNOTE_KEY"] = Fernet.generate_key().decode()
    vault = open_vault(tmp_path / "ledger", "spa", environment=world)
    vault.keep("studio", OLD)
    assert dict(vault.credentials("studio").get()) == OLD
    assert not (tmp_path / "config").exists()


@pytest.mark.parametrize("wrong", ["", "hunter2", "Grüße" * 9, "A" * 41])
def test_a_wrong_key_in_the_environment_is_told_how_to_make_one_and_not_echoed(tmp_path, wrong):
    vault = open_vault(tmp_path / "ledger", "spa", environment={"FOOTNOTE_KEY": wrong})
    with pytest.raises(Unauthorized, match="FOOTNOTE_KEY is not a key") as refused:
        vault.keep("studio", OLD)
    assert not wrong or wrong not in "".join(traceback.format_exception(refused.value))
    command = str(refused.value).split("`")[1]
    made = subprocess.run(command, shell=True, check=True, capture_output=True, text=True).stdout
    open_vault(tmp_path / "ledger", "spa", environment={"FOOTNOTE_KEY": made}).keep("studio", OLD)


class MemoryKeyring(KeyringBackend):
    priority = 1

    def __init__(self):
        super().__init__()
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        del self.kept[service, username]


class LockedKeyring(MemoryKeyring):
    def get_password(self, service, username):
        raise KeyringLocked("the user said no")


class ForgetfulKeyring(MemoryKeyring):
    def set_password(self, service, username, password):
        pass


@pytest.fixture
def use_keyring():
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def test_the_keyring_keeps_the_key_and_no_file_does(tmp_path, world, use_keyring):
    backend = MemoryKeyring()
    use_keyring(backend)
    open_vault(tmp_path / "ledger", "spa", where="keyring", environment=world).keep("studio", OLD)
    again = open_vault(tmp_path / "ledger", "spa", where="keyring", environment=world)
    assert dict(again.credentials("studio").get()) == OLD
    assert list(backend.kept) == [("footnote", "spa")]
    assert not (tmp_path / "config").exists()


@pytest.mark.parametrize(
    ("backend", "why"), [(LockedKeyring, "the user said no.*unlock it"), (ForgetfulKeyring, "forgets what it is given")]
)
def test_a_keyring_that_does_not_keep_is_an_error_and_nothing_is_written(tmp_path, world, use_keyring, backend, why):
    use_keyring(backend())
    vault = open_vault(tmp_path / "ledger", "spa", where="keyring", environment=world)
    with pytest.raises(Unauthorized, match=why):
        vault.keep("studio", OLD)
    assert vault.names() == ()


def test_a_missing_keyring_package_names_the_extra(tmp_path, world, monkeypatch):
    monkeypatch.setitem(sys.modules, "keyring", None)
    vault = open_vault(tmp_path / "ledger", "spa", where="keyring", environment=world)
    with pytest.raises(Unauthorized, match="pip install keyring"):
        vault.keep("studio", OLD)


def test_any_other_place_for_the_key_is_refused(tmp_path):
    with pytest.raises(FootnoteError, match='"cloud" is no place'):
        open_vault(tmp_path, "spa", where="cloud")


@pytest.mark.parametrize(
    "damage",
    [
        lambda b: b"",
        lambda b: b[:-9],
        lambda b: b[:40] + (b"B" if b[40:41] == b"A" else b"A") + b[41:],
        lambda b: b"{}",
    ],
)
def test_a_damaged_file_is_refused_by_name(tmp_path, vault, damage):
    vault.keep("studio", OLD)
    path = tmp_path / "ledger" / "vault" / "studio"
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(Unauthorized, match=r"vault/studio cannot be opened .*damaged.*`bot connect studio`"):
        vault.credentials("studio").get()
    vault.keep("studio", NEW)
    assert dict(vault.credentials("studio").get()) == NEW


def test_a_file_copied_onto_another_account_is_refused_with_both_names(tmp_path, vault):
    vault.keep("studio", OLD)
    folder = tmp_path / "ledger" / "vault"
    (folder / "feed").write_bytes((folder / "studio").read_bytes())
    with pytest.raises(Unauthorized, match='vault/feed is a copy: it was made for "studio" of "spa"'):
        vault.credentials("feed").get()


def test_a_file_copied_from_another_workspace_with_the_same_key_is_refused(tmp_path):
    world = {"FOOTNOTE_KEY": Fernet.generate_key().decode()}
    open_vault(tmp_path / "ledger", "spa", environment=world).keep("studio", OLD)
    with pytest.raises(Unauthorized, match='of "spa"'):
        open_vault(tmp_path / "ledger", "gym", environment=world).credentials("studio").get()


# What never shows


def test_secrets_are_counted_when_printed():
    assert f"{Hidden({'token': TOKEN})} {Hidden(OLD)!r} {[Hidden({})]}" == "<1 secret> <2 secrets> [<0 secrets>]"


def test_a_secret_is_neither_in_a_repr_nor_in_an_error_with_its_locals(tmp_path, vault):
    vault.keep("studio", OLD)
    view = vault.credentials("studio")
    assert TOKEN not in f"{vault!r} {view!r} {view.get()!r} {vars(view)}"
    folder = tmp_path / "ledger" / "vault"
    (folder / "feed").write_bytes((folder / "studio").read_bytes())
    with pytest.raises(Unauthorized) as refused:
        vault.credentials("feed").get()
    told = traceback.TracebackException.from_exception(refused.value, capture_locals=True)
    assert "canary" not in "".join(told.format())
    with pytest.raises(KeyError) as missing:
        view.get()["password"]
    assert "canary" not in "".join(traceback.format_exception(missing.value))


def test_no_secret_is_on_the_disk_in_plain(tmp_path, vault):
    vault.keep("studio", OLD)
    vault.credentials("studio").swap(OLD, NEW)
    disk = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    told = base64.urlsafe_b64decode((tmp_path / "ledger" / "vault" / "studio").read_bytes())
    for secret in (*OLD.values(), *NEW.values()):
        assert secret.encode() not in disk + told
        assert json.dumps(secret)[1:-1].encode() not in disk + told


@pytest.mark.parametrize(
    "echo",
    [
        TOKEN,
        TOKEN.upper(),
        quote(TOKEN),
        quote(TOKEN, safe="").lower(),
        json.dumps(TOKEN)[1:-1],
        html.escape(TOKEN),
        base64.b64encode(TOKEN.encode()).decode(),
        base64.urlsafe_b64encode(TOKEN.encode()).decode(),
    ],
)
def test_what_a_server_echoes_is_scrubbed_in_every_spelling(echo):
    assert scrub(f"bad token {echo}, sorry", {"token": TOKEN}) == "bad token …, sorry"


@pytest.mark.parametrize("user", ["a", "ab", "abc"])
def test_a_password_is_scrubbed_inside_basic_authorization(user):
    header = base64.b64encode(f"{user}:correct-horse:x".encode()).decode()
    shown = scrub(f"Basic {header}", {"password": "correct-horse"}).removeprefix("Basic ")
    assert "…" in shown
    assert len(header) - len(shown.replace("…", "")) >= 13 * 8 // 6 - 2, "but for what its neighbours decide too"


def test_short_values_are_left_alone_and_so_is_text_without_secrets():
    assert scrub("it is on 1, not 12345", {"n": "12345", "m": "1", "e": ""}) == "it is on 1, not 12345"
    assert scrub("nothing", {}) == "nothing"


def test_a_longer_secret_that_begins_like_another_is_blanked_whole():
    assert scrub("x abcdef-refresh abcdef y", {"a": "abcdef", "b": "abcdef-refresh"}) == "x … … y"


def test_a_view_scrubs_what_it_gave_before_a_rotation_too(vault):
    vault.keep("studio", OLD)
    view = vault.credentials("studio")
    assert view.swap(view.get(), NEW)
    assert view.scrub("the-old-session, then the-new-session") == "…, then …"


def test_help_does_not_wait_for_the_cryptography():
    code = "import sys, bot.cli, bot.vault; print({'cryptography', 'keyring'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert told.stdout == "set()\n"
