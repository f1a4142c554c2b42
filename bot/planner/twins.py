"""Where a network forbids that two accounts say the same: which would."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.config import Config
from bot.delivery import Delivery, State
from bot.errors import FootnoteError
from bot.fitting import from_json
from bot.model import Message
from bot.planner.freeze import Frozen, Press

LINKS_AND_TAGS = re.compile(r"https?://\S+|#\w+")
WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Twins:
    """What the accounts of one workspace say, or are going to say."""

    config: Config
    press: Press
    _said: dict[str, str] = field(default_factory=dict)

    def refusals(self, prints: Mapping[str, Frozen], rows: Sequence[Delivery]) -> Iterator[FootnoteError]:
        """An error for every account of `prints` that would say what another one says, in `prints` or in `rows`."""
        said_here: dict[str, str] = {}
        for name, words in prints.items():
            account = self.config.account(name)
            others = {one.name for one in self.config.accounts if one.network == account.network} - {name}
            if not others or not self.press.limits(account).texts_differ:
                continue
            said = plain(words.message)
            alike = [other for other, theirs in said_here.items() if other in others and theirs == said]
            standing = (row for row in rows if not (row.post == words.message.post and row.account in prints))
            alike += [row.account for row in standing if self._speaks(row, others) and self._plain(row.message) == said]
            said_here[name] = said
            if said and alike:
                yield FootnoteError(
                    f'says the same on "{name}" as on "{alike[0]}", which {account.network} forbids: put other words '
                    f"under [text] as {name}, or take one of the two out of accounts"
                )

    def _speaks(self, row: Delivery, others: set[str]) -> bool:
        return row.account in others and row.state is not State.CANCELED

    def _plain(self, sha256: str) -> str:
        if sha256 not in self._said:
            self._said[sha256] = plain(from_json(self.press.ledger.records.message(sha256)))
        return self._said[sha256]


def plain(message: Message) -> str:
    """The words alone: no links, no tags, no signs, no capitals."""
    said = LINKS_AND_TAGS.sub(" ", " ".join(part.text for part in message.parts))
    return " ".join(WORDS.findall(said.casefold()))
