"""APScheduler wakes the verbs: it is the alarm clock, never the calendar.

One `wake` job stands at the next moment at which the ledger has something to do; a safety tick looks every 15 s
whatever happens; the folders are looked at every second, so that a page of another program takes effect at once.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.app import App
from bot.composer import compose_document
from bot.config import FILE, read_config
from bot.errors import FootnoteError
from bot.showing import feed_ports, pictures_folder
from bot.web.desk.extra import MISSING, is_installed
from bot.web.desk.policy import check_door
from bot.web.feed import FeedServer

if TYPE_CHECKING:
    from bot.web.desk.server import Desk

TICK, LOOK, AGAIN, PATIENCE, THREADS = 15, 1, 60, 25, 8
ANNOUNCE, RENEW = 24, 1
"""Every so many hours servers are asked for the limits they announce, and access is renewed where it is time."""
log = logging.getLogger("bot.daemon")

Snapshot = frozenset[tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class Feed:
    """Where a public folder is served."""

    address: str
    server: FeedServer


class Daemon:
    """One process: the clock, publisher threads, a look at the folders, the feed, and the desk."""

    def __init__(self, app: App) -> None:
        from apscheduler.executors.pool import ThreadPoolExecutor as Jobs
        from apscheduler.schedulers.background import BackgroundScheduler

        app.furnish()
        self._app, self._stop = app, threading.Event()
        self._lock, self._feeds = app.ledger.lock(), list[Feed]()
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="publish")
        self._jobs: Any = Jobs(4)
        self._publisher = app.publisher(self._stop.is_set)
        jobs = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._clock: Any = BackgroundScheduler(timezone=UTC, executors={"default": self._jobs}, job_defaults=jobs)
        self._seen: Snapshot = frozenset()
        self._planned = 0.0
        self._config_at, self.again = self._config_changed_at(), False
        self._changes, self._told = 0, dict[str, set[str]]()
        self._desk: Desk | None = None
        self.invitation = ""

    def start(self) -> list[str]:
        """Take the ledger, serve the feeds and the desk, start the clock; returns the feeds' addresses.

        `invitation` is then what to tell the person who wants in to the desk ("" = it is not installed).
        """
        self._lock.acquire()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._asked_to_stop)
        try:
            self._serve()
            self._open_desk()
        except BaseException:
            self._stop_serving()
            self._lock.release()
            raise
        now = datetime.now(UTC)
        self._clock.add_job(self.look, "interval", seconds=LOOK, id="look", next_run_time=now)
        self._clock.add_job(self.tick, "interval", seconds=TICK, id="tick", next_run_time=now)
        self._clock.add_job(self.announce, "interval", hours=ANNOUNCE, id="announce", next_run_time=now)
        self._clock.add_job(self.renew, "interval", hours=RENEW, id="renew", next_run_time=now)
        self._clock.add_job(
            lambda: self._guarded("the season", self._app.season), id="season"
        )  # the first page waits less
        self._clock.start()
        return [feed.address for feed in self._feeds]

    def wait(self) -> None:
        """Until SIGTERM or SIGINT; a second signal does not wait for what is in flight."""
        while not self._stop.wait(1):
            pass

    def stop(self) -> bool:
        """Finish or give back what is in flight; False when something did not end in time (the next start looks)."""
        self._stop.set()
        ended = threading.Thread(target=self._end_jobs, daemon=True)
        ended.start()
        self._stop_serving()
        ended.join(PATIENCE)
        if not ended.is_alive():
            self._app.close()
            self._lock.release()
        log.info("stopped")
        return not ended.is_alive()

    def tick(self) -> None:
        """Publish what is due, look for what is unconfirmed, and set the alarm."""
        self._guarded("publishing", lambda: self._publisher.run(self._pool, THREADS))
        self._guarded("the alarm", self._arm)

    def look(self) -> None:
        """See what changed: new documents become drafts, posts are planned, another program's acts take effect."""
        self._guarded("looking at the folders", self._look)

    def announce(self) -> None:
        """Ask the servers for the limits they announce; what is known stays where one does not answer."""
        for account in self._app.config.accounts:
            self._guarded(f"the limits of {account.name}", lambda account=account: self._app.announce(account))  # type: ignore[misc]

    def renew(self) -> None:
        """Renew the access of every account where it is time, also of those that seldom speak."""
        for account in self._app.config.accounts:
            self._guarded(f"the access of {account.name}", lambda name=account.name: self._app.renew(name))  # type: ignore[misc]

    def _look(self) -> None:
        if not self._app.ledger.is_there():
            log.error(
                "the ledger in %s is gone: nothing more is sent. Put it back, then start again", self._app.ledger.folder
            )
            self._stop.set()
            return
        if self._config_changed_at() != self._config_at and self._guarded("config.toml", self._take_config):
            return
        changes, seen = self._app.ledger.changes(), self._snapshot()
        if seen != self._seen or time.monotonic() - self._planned > AGAIN:
            if self._guarded("planning", self._take_in):
                self._seen, self._planned = seen, time.monotonic()
            self._wake()
        elif changes != self._changes:
            self._wake()
        self._changes = changes

    def _take_config(self) -> None:
        """A whole new config.toml is taken by starting again with it; of a broken one the old stays, and it is said.

        What documents are about is taken as we go: the desk writes it down, and its person is in the midst of work.
        """
        at = self._config_changed_at()
        if time.time_ns() - at < 2_000_000_000:
            raise FootnoteError("config.toml changed: reading it in a moment")
        self._config_at = at
        new = read_config(self._app.root)
        if self._app.take_subjects(new):  # what was drafted with others is looked at again
            self._seen = frozenset()
            return
        if is_installed():  # a desk that would not open must not stop the posts
            check_door(new, has_password=bool(self._app.ledger.admissions.password()))
        log.info("config.toml changed: starting again with it")
        self.again = True
        self._stop.set()

    def _config_changed_at(self) -> int:
        path = self._app.root / FILE
        return path.stat().st_mtime_ns if path.exists() else 0

    def _take_in(self) -> None:
        """Files that changed within the last two seconds are left for a later look, which their age brings about."""
        now = time.time()
        plan = self._app.plan(settled_at=now)
        for row in [*plan.planned, *plan.changed]:
            log.info("planned %s on %s for %s %s", row.post, row.account, row.local_time, row.zone)
        waiting = [f"{one.path} waits for your approval" for one in plan.waiting]
        self._tell("plan", [*map(str, plan.problems), *plan.notes, *waiting, *filter(None, [plan.stopped])])
        for path in self._app.documents():  # after planning: a long text keeps nobody waiting; its drafts are seen next
            if now - path.stat().st_mtime >= 2 and not self._stop.is_set():
                self._compose(path)

    def _compose(self, path: Path) -> None:
        try:
            app = self._app
            done = compose_document(app.config, app.ledger.records, path, app.now(), turn=app.turn)
            for written in done.written:
                log.info("drafted %s from %s", written.path, path.name)
            self._tell(path.name, [])
        except (FootnoteError, OSError) as error:
            self._tell(path.name, [str(error)])

    def _tell(self, about: str, lines: list[str]) -> None:
        """Each thing once, until it has gone and comes back."""
        for line in lines:
            if line not in self._told.get(about, ()):
                log.warning("%s", line)
        self._told[about] = set(lines)

    def _snapshot(self) -> Snapshot:
        """Names, sizes and times of the files that people edit; a young file counts as changing until it settles."""
        found = set()
        for folder in ("documents", "posts", "images/backgrounds"):
            for path in (self._app.root / folder).rglob("*"):
                about = path.stat() if path.exists() else None
                if about and not path.is_dir():
                    young = time.time() - about.st_mtime < 2
                    found.add((str(path), about.st_size, -1 if young else about.st_mtime_ns))
        return frozenset(found)

    def _arm(self) -> None:
        at = self._app.ledger.deliveries.next_wake(self._app.now())
        if at is not None:
            soonest = self._app.now() + timedelta(seconds=1)
            self._clock.add_job(self.tick, "date", run_date=max(at, soonest), id="wake", replace_existing=True)

    def _wake(self) -> None:
        if not self._stop.is_set():
            self._clock.modify_job("tick", next_run_time=datetime.now(UTC))

    def _serve(self) -> None:
        config = self._app.config
        pictures = pictures_folder(self._app.ledger) if config.media.at == "feed" else None
        for account, port in feed_ports(config).items():
            site: Any = self._app.network(account)
            site.build()
            server = FeedServer(site.folder, config.feed_host, port, pictures)
            self._feeds.append(Feed(server.start(), server))
        if pictures and not self._feeds:
            server = FeedServer(pictures / "no-pages", config.feed_host, config.feed_port, pictures)
            self._feeds.append(Feed(server.start(), server))

    def _open_desk(self) -> None:
        if not is_installed():
            log.info(MISSING)
            return
        from bot.web.desk.server import open_desk

        self._desk = open_desk(self._app)
        self.invitation = self._desk.start()

    def _stop_serving(self) -> None:
        if self._desk:
            self._desk.stop()
        for feed in self._feeds:
            feed.server.stop()

    def _end_jobs(self) -> None:
        self._clock.shutdown(wait=False)  # waiting here would hold a lock that a job needs to set the alarm
        self._jobs.shutdown(wait=True)
        self._pool.shutdown(wait=True)

    def _asked_to_stop(self, number: int, _frame: object) -> None:
        if self._stop.is_set():
            os._exit(1)  # the person is in a hurry; the ledger says what was in flight
        log.info("%s: finishing what is in flight", signal.Signals(number).name)
        self._stop.set()

    def _guarded(self, about: str, act: Callable[[], object]) -> bool:
        """A door: whatever happens in there is logged, and the clock goes on."""
        try:
            act()
            self._tell(about, [])
        except FootnoteError as error:
            self._tell(about, [str(error)])
        except Exception as error:
            if repr(error) not in self._told.get(about, ()):
                log.exception("%s: unexpected; trying again in a moment", about)
            self._told[about] = {repr(error)}
        else:
            return True
        return False
