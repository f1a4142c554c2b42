"""One line an event, with everything that looks like a secret blanked."""

from __future__ import annotations

import logging
import re
import sys

SECRET = re.compile(
    r"""(?ix)(?P<name>(?:authorization|access_token|refresh_token|api[_-]?key|token|password|secret)["']?\s*[=:]\s*["']?
        (?:bearer\s+|basic\s+)?) [^\s"'&,;]+ | \bbearer\s+[\w.~+/=-]+ | (?P<path>/bot(?=\d+:)|/webhooks/\d+/)[\w:.-]+"""
)


class Redacted(logging.Formatter):
    """`time level room: what happened`, on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        text = " | ".join(super().format(record).splitlines())
        return SECRET.sub(lambda found: f"{found['name'] or found['path'] or ''}***", text)


def log_to_stderr(level: int = logging.INFO) -> None:
    """Send the program's events to standard error; other libraries only when something is wrong."""
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(Redacted("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[lines], force=True)
    logging.getLogger("urllib3").setLevel(logging.ERROR)  # what fails there is told by bot.networks
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a look that is still under way is no news
    logging.getLogger("bot").setLevel(level)
