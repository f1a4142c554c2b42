"""Our repository of records on our server, and the pictures that they show."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.errors import CannotTell, NetworkError, Rejected, Unavailable, Unconfirmed
from bot.networks.bluesky.refusals import Refused
from bot.networks.bluesky.session import Sessions

PAGES, ROWS = 25, 100
REPO = "com.atproto.repo."
ADDRESS = re.compile(r"at://([^/\s]+)/([^/\s]+)/([^/\s]+)")
Record = Mapping[str, Any]
"""As the server gives it: `uri`, `cid`, `value`."""


class Repository:
    """Where our records are."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def record(self, collection: str, rkey: str) -> Record | None:
        """The record of that key, None where there is none. Raises Unavailable for any other answer."""
        mine = self._sessions.mine().did
        try:
            found = self._sessions.read(f"{REPO}getRecord", collection=collection, rkey=rkey).fields
        except Refused as refused:
            if refused.name == "RecordNotFound":
                return None
            raise Unavailable(str(refused)) from refused
        return _whole(found, mine, collection, rkey)

    def newest(self, collection: str) -> Iterator[list[Record]]:
        """Pages of records, the highest key first, to the end; raises CannotTell where the end is too far."""
        mine, cursor = self._sessions.mine().did, dict[str, str]()
        for _ in range(PAGES):
            told = self._sessions.read(f"{REPO}listRecords", collection=collection, limit=str(ROWS), **cursor).fields
            records = told.get("records")
            rows = [_whole(row, mine, collection) for row in (records if isinstance(records, list) else [records])]
            yield rows
            if not told.get("cursor") or not rows:
                return
            cursor = {"cursor": str(told["cursor"])}
        raise CannotTell(f"not among the newest {PAGES * ROWS} posts: look whether it is older, then say so")

    def create(self, collection: str, rkey: str, record: Record) -> Record:
        """The irreversible call: the record under its key; the one that is there where one already is.

        The same bytes change nothing, others are refused (InvalidSwap): that key is ours, so it was one of our
        attempts. Raises Refused where nothing is there and nothing came to be.
        """
        body = self._under(collection, rkey, record, None)
        try:
            told = self._sessions.commit("POST", f"{REPO}putRecord", json=body).fields
        except Refused as refused:
            if refused.name == "InvalidSwap":
                return self._present(collection, rkey, refused)
            raise
        uri = f"at://{body['repo']}/{collection}/{rkey}"
        if told.get("uri") != uri:
            raise Unconfirmed(f"the server took the post, but answered without its address {uri}")
        return {"uri": uri, "value": record}

    def replace(self, collection: str, rkey: str, record: Record, cid: str | None) -> None:
        """Put a record where `cid` still stands (None: nothing); safe to repeat. Raises Unavailable where it moved."""
        try:
            body = self._under(collection, rkey, record, cid)
            self._sessions.ask("POST", f"{REPO}putRecord", json=body)
        except Refused as refused:
            if refused.name == "InvalidSwap":
                raise Unavailable(f"somebody changed it at this very moment: once more ({refused})") from refused
            raise

    def delete(self, collection: str, rkey: str) -> None:
        """No record under that key from now on; well where there is none."""
        where = {"repo": self._sessions.current().did, "collection": collection, "rkey": rkey}
        self._sessions.ask("POST", f"{REPO}deleteRecord", json=where)

    def upload(self, content: bytes, mime: str) -> str:
        """A picture's blob, as text: what a record says of it. It dies within minutes if no record shows it."""
        headers = {"Content-Type": mime}
        told = self._sessions.ask("POST", f"{REPO}uploadBlob", data=content, headers=headers).fields.get("blob")
        if not isinstance(told, dict):
            raise Unavailable("the server took the picture, but answered without its blob")
        return json.dumps(told)

    def owner(self, handle: str) -> str:
        """The DID of a handle, "" where nobody has it."""
        try:
            told = self._sessions.ask("GET", "com.atproto.identity.resolveHandle", params={"handle": handle}).fields
        except Rejected:
            return ""
        did = told.get("did")
        return did if isinstance(did, str) else ""

    def _present(self, collection: str, rkey: str, refused: Refused) -> Record:
        try:
            found = self.record(collection, rkey)
        except NetworkError as error:
            raise Unconfirmed(f"{refused}; what is there cannot be read now: {error}") from error
        if found is None:
            raise Rejected(f"{refused}: it was there and is hidden: see what Bluesky's moderation wrote to the account")
        return found

    def _under(self, collection: str, rkey: str, record: Record, cid: str | None) -> dict[str, Any]:
        where = {"repo": self._sessions.current().did, "collection": collection, "rkey": rkey}
        return {**where, "validate": True, "swapRecord": cid, "record": record}


def _whole(row: object, *place: str) -> Record:
    """The row, if it is a record at that place (our DID, the collection, the key where only one will do).

    Raises Unavailable: whatever that is, nobody has looked.
    """
    if isinstance(row, dict) and (found := ADDRESS.fullmatch(str(row.get("uri")))):
        cid, value = row.get("cid"), row.get("value")
        if found.groups()[: len(place)] == place and isinstance(cid, str) and isinstance(value, dict):
            return row
    raise Unavailable("the server answered something that is no record of ours: later")
