"""Rows to values and back: times are microseconds since 1970 (UTC) in the database."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.delivery import Delivery, State
from bot.ledger.engine import Row
from bot.model import Handles, Receipt

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def micros(at: datetime | None) -> int | None:
    """A moment as the database keeps it."""
    return None if at is None else (at - EPOCH) // MICROSECOND


def moment(micros: int | None) -> datetime | None:
    """A moment as the program speaks of it; None for none."""
    return None if micros is None else EPOCH + timedelta(microseconds=micros)


def instant(micros: int) -> datetime:
    """A moment that is certainly there."""
    return EPOCH + timedelta(microseconds=micros)


def delivery_of(row: Row) -> Delivery:
    """The value of a row of `delivery`."""
    return Delivery(
        id=row["id"],
        post=row["post"],
        account=row["account"],
        occurrence=row["occurrence"],
        state=State(row["state"]),
        fence=row["fence"],
        due_at=instant(row["due_at"]),
        not_after=instant(row["not_after"]),
        key=row["idem_key"],
        message=row["message"],
        parts=row["parts"],
        parts_done=row["parts_done"],
        intent_part=row["intent_part"],
        intent_at=moment(row["intent_at"]),
        lease_owner=row["lease_owner"],
        lease_until=moment(row["lease_until"]),
        retry_at=moment(row["retry_at"] or None),
        check_at=moment(row["check_at"]),
        looks=row["looks"],
        tries=row["tries"],
        errors=row["errors"],
        asks=bool(row["asks"]),
        reason=row["reason"],
        url=row["url"],
        local_time=row["local_time"],
        zone=row["zone"],
    )


def columns_of(delivery: Delivery) -> dict[str, Any]:
    """What a move may change of a row; identity, key and message are not among it."""
    return {
        "state": delivery.state.value,
        "fence": delivery.fence,
        "due_at": micros(delivery.due_at),
        "not_after": micros(delivery.not_after),
        "parts_done": delivery.parts_done,
        "intent_part": delivery.intent_part,
        "intent_at": micros(delivery.intent_at),
        "lease_owner": delivery.lease_owner,
        "lease_until": micros(delivery.lease_until),
        "retry_at": micros(delivery.retry_at) or 0,
        "check_at": micros(delivery.check_at),
        "looks": delivery.looks,
        "tries": delivery.tries,
        "errors": delivery.errors,
        "asks": int(delivery.asks),
        "reason": delivery.reason,
        "url": delivery.url,
        "local_time": delivery.local_time,
        "zone": delivery.zone,
    }


def handles_of(row: Row) -> Handles:
    """The value of a row of `handles`."""
    return Handles(json.loads(row["body"]), moment(row["expires_at"]))


def receipt_of(row: Row) -> Receipt:
    """The value of a row of `receipt`."""
    return Receipt(row["remote_id"], row["url"], instant(row["at"]))
