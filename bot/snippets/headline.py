"""A long sentence's first clause, as a headline, where nothing that is left out takes any of it back."""

from __future__ import annotations

import re

from bot.model import Kind
from bot.snippets.cues import cues
from bot.snippets.subject import stands_alone
from bot.snippets.wording import small

LONG = 16
"""A sentence of more words than this is cut, if it can be; a headline has no more."""
SHORTEST = 4
GAIN = 0.75
"""A cue of this weight says a gain by itself."""
BOUNDARY = re.compile(r"(?P<mark>\s*;|\s+[–—-]|\s*,)\s+(?P<tail>\w)")
OPENS_ANOTHER = re.compile(
    r"(?:which|making|helping|leaving|allowing|letting|giving|keeping|reducing|improving|so\s+(?:that\s+)?(?:you|your|they|it|the)"
    r"|and\s+(?:it|they|you|is|are|helps?|can|will))\b",
    re.IGNORECASE,
)
LEANS = re.compile(
    r"(?:if|when|while|whether|as|because|after|before|unlike|with|by|for|in|since|although|though)\b", re.IGNORECASE
)
TAKES_BACK = re.compile(
    r"\b(?:not|never|no|nobody|none|without|isn['’]t|don['’]t|doesn['’]t|can['’]t|won['’]t|but|however|although|though|unless|if"
    r"|when|until|except|only|provided|assuming|given\s+that|(?:as|so)\s+long\s+as|depending|may|might|can|could|should|would|some|many|most"
    r"|few|little|nearly|almost|half\s+of|often|usually|sometimes|generally|rarely|seldom|hardly|barely|scarcely|less\s+than|at\s+least|that\s+is|believed?"
    r"|suggests?|sa(?:id|ys?)|told|thought|claim\w*|alleg\w*|suppos\w*|promised|reported|according|myths?|false|refut\w+|disprove\w*"
    r"|doubt\w*|disagree\w*|potential(?:ly)?|possibl[ey]|likely|helps?|aims?|worse|harm\w*|hurt\w*|risks?|danger\w*|avoid\w*|stud(?:y|ies)|trials?"
    r"|mice|rats|rather|instead|nicht|nie|kein\w*|nur|kann|können|oft|wenn|falls|sofern|selten|kaum|fast|angeblich|laut|aber|jedoch|sondern"
    r"|puede\w*|podría\w*|si|cuando|aunque|s[oó]lo|pero|sino|nunca|rara|apenas|casi|según|siempre\s+que)\b",
    re.IGNORECASE,
)
NARROWS = re.compile(
    r"(?:in|for|of|among|after|before|under|from|at|on|to|as|bei|für|nach|vor|en|para|tras|entre)\b", re.IGNORECASE
)
NOT_ONLY = re.compile(r"(?:not|n['’]t|nicht|no)\s+(?:just|only|merely|simply|nur|solo)\b")
MARKS = re.compile(r"[\"“”„«»()\[\]]")


def headline_of(sentence: str) -> str:
    """The words up to the end of a clause that says a gain by itself, with a full stop; "" when there is no such place.

    Nothing within is changed. What is left out holds no hedge, no negation and no condition.
    """
    if len(sentence.split()) <= LONG or MARKS.search(sentence):
        return ""
    cuts = [match for match in BOUNDARY.finditer(sentence) if _ends_a_clause(sentence, match)]
    heads = (sentence[: match.start()].rstrip(" ,;–—-") for match in reversed(cuts))
    return next((f"{head}." for head in heads if _says_a_gain(head)), "")


def _ends_a_clause(sentence: str, match: re.Match[str]) -> bool:
    head, tail = sentence[: match.start()], sentence[match.start("tail") :]
    if TAKES_BACK.search(tail) or NARROWS.match(tail) or (LEANS.match(head) and "," not in head):
        return False
    return match["mark"].strip() != "," or bool(OPENS_ANOTHER.match(tail))


def _says_a_gain(head: str) -> bool:
    text = small(head)
    if not SHORTEST <= len(head.split()) <= LONG or not stands_alone(head) or NOT_ONLY.search(text):
        return False
    return any(cue.kind is Kind.BENEFIT and cue.weight >= GAIN and cue.where(text) for cue in cues().sentence)
