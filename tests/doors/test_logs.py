"""Secrets never reach a log line."""

import logging

import pytest

from bot.logs import Redacted, log_to_stderr

CANARY = "s3cr3t-canary"


@pytest.mark.parametrize(
    "line",
    [
        f"Authorization: Bearer {CANARY}",
        f"GET /x?access_token={CANARY}&y=1",
        f'{{"password": "{CANARY}"}}',
        f"https://api.example/bot123456:{CANARY}/sendPhoto",
        f"refresh_token='{CANARY}'",
        f"api_key={CANARY}",
    ],
)
def test_a_secret_is_blanked_on_every_path_into_the_log(line):
    record = logging.LogRecord("bot", logging.INFO, __file__, 1, "%s", (line,), None)
    assert CANARY not in Redacted("%(message)s").format(record)
    try:
        raise ValueError(line)
    except ValueError as error:
        record.exc_info = (ValueError, error, error.__traceback__)
    told = Redacted("%(message)s").format(record)
    assert CANARY not in told
    assert "\n" not in told


def test_ordinary_words_are_left_alone():
    record = logging.LogRecord("bot", logging.INFO, __file__, 1, "published a-post on feed: http://x/y", (), None)
    assert Redacted("%(message)s").format(record) == "published a-post on feed: http://x/y"


def test_the_alarm_clock_speaks_of_errors_only():
    log_to_stderr()
    clock = logging.getLogger("apscheduler.scheduler")
    assert [clock.isEnabledFor(level) for level in (logging.WARNING, logging.ERROR)] == [False, True]
