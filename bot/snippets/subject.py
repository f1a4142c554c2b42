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
from bot.snippets.sentences import READ, Unit
from bot.snippets.wording import FUNCTION_WORDS, capitalised, content_words, lowered, small

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
    r"(?:(?:also|often|sometimes|usually|only|all|just|really|still|always)\s+)?(?:takes|took|seems|appears|turn(?:s|ed)\s+out|depends"
    r"|pays\b|feels\s+(?:like|\w+\s+to)\b|goes\s+without|hurts?\s+to|matters|follows\s+that|happens\s+that|c(?:omes|ame)\s+as"
    r"|works\s+\w+\s+to|costs?\s+(?:\w+\s+){0,3}to\b|makes\s+(?:no\s+)?(?:sense|difference)|(?:(?:is|was)\s+)?(?:rain|snow)\w*"
    r"|(?:doesn['’]t|does\s+not|didn['’]t|did\s+not)\s+(?:matter|depend|take|cost|hurt|follow|mean)"
    r"|(?:(?:can|could|may|might|will|would)\s+)?(?:also\s+)?helps?\s+(?:that|if|when|to\s+(?:know|drink|remember|think|ask|talk|plan|bring"
    r"|wear|eat|have|be|start|see|look|read|write|do|go|come|take|use|try|find|learn|understand|sleep|breathe|arrive))\b"
    r"|(?:is|was|may\s+be|might\s+be|can\s+be|will\s+be|would\s+be|has\s+been|becomes)\s+(?:\w+\s+){0,2}?"
    r"(?:important|possible|impossible|vital|essential|necessary|crucial|no\s|not\s|common|uncommon|easy|hard|difficult|known|said|"
    r"believed|thought|worth\w*|time|true|likely|unlikely|recommended|best|better|wise|normal|clear|advisable|up\s+to|why|because)"
    r"|is\s+(?:a\s+good\s+idea|an?\s+fact)|is\s+\w+\s+(?:that|to)\b"
    r"|(?:is|was|has\s+been|used\s+to\s+be)\s+(?!an?\b|the\b|one\b|something\b)(?:\w+\s+){1,3}that\b)",
    re.IGNORECASE,
)
ANOTHER = re.compile(  # a title that asks or promises, and names something else
    r"\b(?:benefits?|advantages?|beneficios|ventajas|vorteile|nutzen)\s+(?:of|de|del|der|des|von)\b|\b(?:versus|vs|instead|compared|different"
    r"|alternatives?|other)\b|\bfor\s+(?:better|less|more|faster)\b"
    r"|(?:^|\s)(?!(?:health|key|main|top|more|many|all|and|the|its|our|their|your|these|skin|body|added|extra|further|big|great|long|term|proven|real"
    r"|\d+|\w+(?:al|ic|ive|able|ous|est|ful|ing|ed|ary))\s)[\w-]+\s+(?:benefits|advantages)\b",
    re.IGNORECASE,
)
ASKS_OF_IT = re.compile(
    r"\b(?:it|they|we|us|our|benefits?|advantages?|beneficios|ventajas|vorteile)\b|^why\s+(?:(?:have|get)\s+your\b|(?:choose|book|come|visit|bother)?\W*$)",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(
    r"\b(?:before|after|without|unlike|than|instead\s+of|versus|vs\.?|wrong|bad|between)\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
COMPOUND = re.compile(  # "massage oil": what follows a name is a noun, unless it is one of these
    r"\s+(?!(?:is|are|was|were|has|have|had|can|could|may|might|will|would|should|must|does|do|did|and|or|but|for|with|at|by|in|on|of|to|from|as"
    r"|also|not|often|that|which|who|ist|sind|kann|hat|wird|und|für|bei|mit|es|son|puede|ha|y|en|con|para|de|benefits?|advantages?|therapy|treatments?"
    r"|sessions?|massages?|class(?:es)?|lessons?|care|visits?|service|services|explained|\w+ly|\w+ed|\w+ing)\b|[a-zäöüß]+s\s+(?!(?:is|are|was|were|has|have|can|may|will|do)\b))[^\W\d_]",
)
DENIES = re.compile(
    r"\b(?:not|cannot|never|nobody|nothing|neither|unlike|myths?)\b|n['’]t\b|\b(?:nicht|kein\w*|nie|nunca|ning[uú]n\w*)\b|(?:^|\s)no\s+(?!matter)",
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
OPENING = 4
"""Words in which a sentence names its subject."""
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

    def is_told_in(self, text: str, most: int = READ, *, kin: bool = False) -> bool:
        """Whether the first `most` letters name the subject itself: not what is called after it ("massage oil"), what
        it is set against ("unlike massage"), or, unless `kin`, another of its kind ("Swedish massage")."""
        if not self.name:
            return False
        own = _telling(self.name) | FUNCTION_WORDS
        found = list(_whole(self.name).finditer(text, 0, most)) or [
            at for at in _any_of(self.name).finditer(text, 0, most) if kin or (at["kind"] or "with").lower() in own
        ]
        return any(
            not ELSEWHERE.search(text[: at.start()]) and (self.plural or not COMPOUND.match(text, at.end()))
            for at in found
        )

    def hidden_in(self, text: str) -> str:
        """The text, as long as before, with the letters of the subject's name made x."""
        if not self.name:
            return text
        return _whole(self.name).sub(lambda match: re.sub(r"\w", "x", match[0]), text)


@lru_cache(maxsize=16)
def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)


@lru_cache(maxsize=16)
def _any_of(name: str) -> re.Pattern[str]:
    """A telling word of the name, with the longer word before it, its `kind`."""
    telling = "|".join(map(re.escape, sorted(_telling(name)))) or "(?!)"
    return re.compile(rf"\b(?:(?P<kind>[^\W\d_]{{4,}})\s+)?\b(?:{telling})\b", re.IGNORECASE)


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
    under a title that names it, or that asks a question or promises a gain and names nothing else."""
    if unit.before:
        opening = len(" ".join(unit.before.split()[:OPENING]))
        return subject.is_told_in(unit.before, opening)
    around = unit.lead.text if unit.lead else unit.titles[0] if unit.titles else ""
    if DENIES.search(around):
        return False
    if not around or subject.is_told_in(around, kin=True) or PRONOUN.match(around):
        return True
    return not ANOTHER.search(around) and _asks_or_promises(around)


def _asks_or_promises(title: str) -> bool:
    if title.endswith("?"):
        return bool(ASKS_OF_IT.search(title))
    return any(cue.weight > 0 and cue.where(small(title)) for cue in cues().place)


def is_plural(subject: str, readable: str) -> bool:
    """Whether the document speaks of its subject in the plural; its ending decides when no verb does."""
    name = r"\s+".join(map(re.escape, subject.split()))
    verbs = re.findall(name + r"\s+(is|has|was|does|are|have|were|do)\b", readable, re.IGNORECASE) if name else []
    if verbs:
        return sum(verb.lower() in {"are", "have", "were", "do"} for verb in verbs) * 2 > len(verbs)
    return bool(re.search(r"[^sui]s$", subject, re.IGNORECASE))


def hangs_on_lead(unit: Unit) -> bool:
    """Whether the item of a list needs the words of its lead-in, or would shed a hedge or a negation without them."""
    return unit.lead is not None and unit.first and any(words.search(unit.lead.text) for words in (STEM, HEDGE, DENIES))


def completed(lead: str, text: str) -> str:
    """Lead-in and item as one sentence ("X helps to: - Reduce pain"), or "" when they do not join."""
    if DENIES.search(lead) or re.search(r"\b(?:it|they|this|these|he|she)\b", lead, re.IGNORECASE):
        return ""
    joins = (STEM.search(lead) and BARE.match(text)) or (PREPOSITION.search(lead) and not BARE.match(text))
    sentence = f"{lead.rstrip(': ')} {lowered(text)}"
    return sentence if joins and stands_alone(sentence) else ""
