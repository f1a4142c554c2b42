"""Makes a sentence stand alone by naming its subject, or leaves it as it was: never a word changed inside it.

What may happen to the first words: a discourse marker goes ("In fact,"), the frame "this means that" goes, and
"It" or "They" gives way to the document's subject where nothing else can be meant. What is left in doubt keeps
its pronoun, and `stands_alone` says no.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.model import BlockKind, Document
from bot.snippets.cues import cues
from bot.snippets.sentences import Unit
from bot.snippets.wording import capitalised, content_words, lowered, small

MARKER = re.compile(
    r"(?:(?:in fact|in addition|additionally|furthermore|moreover|overall|in summary|in conclusion|in short|also"
    r"|however(?!,\s+(?:it|they|this)\b)"
    r"|therefore|thus|hence|consequently|as a result|for example|for instance|of course|similarly|likewise|meanwhile"
    r"|besides|finally|plus|what[’']s more|además|asimismo|en resumen|también|por ejemplo|por lo tanto|außerdem|zudem)"
    r"\s*,|(?:but|and)\b,?|also(?=\s+(?-i:[A-Z])))\s+",
    re.IGNORECASE,
)
FRAME = re.compile(r"(?:and\s+)?this\s+(?:also\s+)?means\s+(?:that\s+)?", re.IGNORECASE)
PRONOUN = re.compile(r"(?P<word>it|they)(?:[’'](?P<short>s|re|ll|ve))?\s+(?=\w)", re.IGNORECASE)
FULL = {"s": "is", "re": "are", "ll": "will", "ve": "have"}
SIE = re.compile(r"Sie\s+(?=\w+t\b)")
NOBODY = re.compile(  # the "it" of "it is important to" is nobody
    r"(?:(?:also|often|sometimes|usually)\s+)?(?:takes|seems|appears|turns\s+out|rains|depends|pays\s+to|feels\s+like|goes\s+without"
    r"|(?:is|was|may\s+be|might\s+be|can\s+be|will\s+be|would\s+be|has\s+been|becomes)\s+(?:\w+\s+){0,2}?"
    r"(?:important|possible|impossible|vital|essential|necessary|crucial|no\s|not\s|common|uncommon|easy|hard|difficult|known|said|"
    r"believed|thought|worth|time|true|likely|unlikely|recommended|best|better|wise|normal|clear|advisable|up\s+to|why|because)"
    r"|is\s+(?:a\s+good\s+idea|an?\s+fact)|is\s+\w+\s+(?:that|to)\b)",
    re.IGNORECASE,
)
DANGLING = re.compile(
    r"[\"'“‘(]*(?:(?:it|its|they|their|them|this|these|that|those|he|she|his|her|such|so|also|but|and|or|nor|yet|then|plus|thus"
    r"|hence|therefore|however|furthermore|moreover|additionally|besides|meanwhile|instead|otherwise|nevertheless|consequently"
    r"|similarly|likewise|overall|finally|again|another|which|sie|er|es|dies\w*|dadurch|damit|außerdem|zudem|auch|esto|esta"
    r"|este|estos|estas|eso|además|también)\b|because\s+of\s+(?:this|that)|as\s+a\s+result|in\s+(?:addition,|fact|summary|"
    r"conclusion|short)|for\s+(?:example|instance|this\s+reason)|on\s+top\s+of|beyond\s+that|after\s+that|one\s+more|the\s+(?:same|increased|added|resulting|"
    r"latter|former)\b|por\s+eso|por\s+lo\s+tanto)",
    re.IGNORECASE,
)
THIRD_PERSON = re.compile(
    r"(?:reduc|reliev|improv|increas|enhanc|promot|restor|sooth|alleviat|releas|eas|encourag|balanc|minimiz|minimis|stimulat|sav|mak|giv)es\b"
    r"|(?:boost|strengthen|prevent|help|calm|relax|loosen|soften|lower|lift|support|protect|extend|keep|aid|build|lengthen|clear|allow)s\b",
    re.IGNORECASE,
)
BARE = re.compile(
    r"(?:reduce|relieve|ease|improve|boost|increase|enhance|promote|strengthen|restore|prevent|lower|soothe|calm|relax|release|alleviate"
    r"|support|protect|stimulate|lift|balance|save|extend|keep|make|give|build|cut|create|provide|encourage|aid|speed|loosen|soften"
    r"|avoid|help|get|feel|sleep|maintain|manage|decrease|develop|eliminate|enjoy|cure|heal|treat|fight|flush|burn|lose|regulate)\b",
    re.IGNORECASE,
)
CLIENT = re.compile(r"\b(?:the|a|each|every)\s+(?:client|patient|customer|guest)s?\b", re.IGNORECASE)
YOU = re.compile(r"\byour?\b", re.IGNORECASE)
STEM = re.compile(
    r"\b(?:to|can|may|might|could|will|helps?|helps? you|lets you)(?: also)?(?: help)?\s*:$", re.IGNORECASE
)
PREPOSITION = re.compile(r"\b(?:with|for|from|by|in|include|includes|including)\s*:$", re.IGNORECASE)
OPENING, LITTLE = 4, 12
"""Words in which a sentence names its subject; words too few, after "it", to bring in another."""
HEDGE = re.compile(
    r"\b(?:may|might|can|could|some|many|most|suggests?|suggested|believed?|believes?|said|reported|reports?|helps?|often|sometimes"
    r"|evidence|according|potential(?:ly)?|possibl[ey]|puede|pueden|podría|kann|können|soll)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a document is about, as a caption may name it; `name` is "" when nobody said."""

    name: str
    plural: bool = False

    @classmethod
    def of(cls, document: Document, given: str) -> Subject:
        """The subject that was given, else the front matter's."""
        name = " ".join((given or document.subject).split())
        return cls(name, is_plural(name, document.readable))

    def named_in(self, text: str) -> bool:
        """Whether the text names the subject, or a telling word of it."""
        return bool(self.name) and (
            self.name.lower() in text.lower() or not _telling(self.name).isdisjoint(content_words(text))
        )

    def hidden_in(self, text: str) -> str:
        """The text, as long as before, with the letters of the subject's name made x."""
        if not self.name:
            return text
        return _whole(self.name).sub(lambda match: re.sub(r"\w", "x", match[0]), text)

    def is_spoken_of(self, text: str) -> bool:
        """Whether the text names the subject or opens with a pronoun that may stand for it."""
        return bool(self.name) and (self.named_in(text) or bool(PRONOUN.match(text)))


@lru_cache(maxsize=16)
def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)


@lru_cache(maxsize=16)
def _telling(name: str) -> frozenset[str]:
    return frozenset(content_words(name))


def stands_alone(text: str) -> bool:
    """Whether a reader who sees nothing else knows what the words are about."""
    if CLIENT.search(text) and YOU.search(text):
        return False  # "you" is whoever works on the client, not the reader
    ends_open = text.rstrip('"”’)]').endswith(("?", ":", ",", ";"))
    return bool(text) and not ends_open and not DANGLING.match(text) and len(text.split()) > 1


def resolved(unit: Unit, subject: Subject) -> str:
    """The unit's words with the subject named where that is safe; otherwise the words as they are."""
    if unit.kind is BlockKind.HEADING:
        return unit.text
    bare = MARKER.sub("", unit.text, count=1) if MARKER.match(unit.text) else unit.text
    framed = FRAME.match(bare)
    text = bare[framed.end() :] if framed else bare
    if framed and not re.match(r"(?:you|they|it)\b|(?:by|no matter)\b(?!.*,\s+(?:it|they)\b)", text, re.IGNORECASE):
        return unit.text  # nobody is left to carry the sentence
    named = _named(unit, text, subject)
    return capitalised(named) if stands_alone(named) else unit.text


def _named(unit: Unit, text: str, subject: Subject) -> str:
    if not subject.name or not _is_ours(unit, subject):
        return text
    if unit.kind is BlockKind.BULLET and unit.first and not subject.plural and THIRD_PERSON.match(text):
        return f"{subject.name} {lowered(text)}"
    if sie := SIE.match(text):
        return f"{subject.name} {text[sie.end() :]}" if subject.name.lower().startswith("die ") else text
    pronoun = PRONOUN.match(text)
    if not pronoun or (pronoun["word"].lower() == "they") != subject.plural:
        return text
    verb = FULL.get(pronoun["short"] or "", "")
    rest = f"{verb} {text[pronoun.end() :]}".strip()
    return text if NOBODY.match(rest) else f"{subject.name} {rest}"


def _is_ours(unit: Unit, subject: Subject) -> bool:
    """Whether nothing but the subject can be meant: the sentence before opens with it, or the unit opens its block
    under a title that names it, asks a question or promises a gain."""
    if not unit.first:
        opening = " ".join(unit.before.split()[:OPENING])
        return subject.named_in(opening) or bool(PRONOUN.match(unit.before) and len(unit.before.split()) < LITTLE)
    around = unit.lead.text if unit.lead else unit.titles[0] if unit.titles else ""
    title = not around or subject.named_in(around) or around.endswith("?") or bool(PRONOUN.match(around))
    return title or any(cue.weight > 0 and cue.where(small(around)) for cue in cues().place)


def is_plural(subject: str, readable: str) -> bool:
    """Whether the document speaks of its subject in the plural; its ending decides when no verb does."""
    name = r"\s+".join(map(re.escape, subject.split()))
    verbs = re.findall(name + r"\s+(is|has|was|does|are|have|were|do)\b", readable, re.IGNORECASE) if name else []
    if verbs:
        return sum(verb.lower() in {"are", "have", "were", "do"} for verb in verbs) * 2 > len(verbs)
    return bool(re.search(r"[^sui]s$", subject, re.IGNORECASE))


def hangs_on_lead(unit: Unit) -> bool:
    """Whether the item of a list needs the words of its lead-in, or would shed a hedge without them."""
    return unit.lead is not None and unit.first and bool(STEM.search(unit.lead.text) or HEDGE.search(unit.lead.text))


def completed(lead: str, text: str) -> str:
    """Lead-in and item as one sentence ("X helps to: - Reduce pain"), or "" when they do not join."""
    if re.search(r"\b(?:it|they|this|these|he|she)\b", lead, re.IGNORECASE):
        return ""
    joins = (STEM.search(lead) and BARE.match(text)) or (PREPOSITION.search(lead) and not BARE.match(text))
    sentence = f"{lead.rstrip(': ')} {lowered(text)}"
    return sentence if joins and stands_alone(sentence) else ""
