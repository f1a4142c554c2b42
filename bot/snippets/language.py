"""Which language a text is in, by its commonest little words or its letters; and which are read here."""

from __future__ import annotations

import re
from collections import Counter

from bot.errors import DocumentError
from bot.model import Document
from bot.snippets.wording import small

READ_HERE = {"en": "English", "de": "German", "es": "Spanish"}
"""Languages whose cues are in the table; German and Spanish have fewer of them, and are read less well."""
ENOUGH = 6
"""So many little words of a language must be there before a text is called foreign: a name proves nothing."""
SHARE = 0.2
"""In prose every third word is a little one; in a list of foreign names, one in eight."""
LOOKED_AT = 20_000
LITTLE_WORDS = {  # a word that English has, too, speaks for English as well: "get a glow" is no Portuguese
    "en": "the of and to in is that it for you with are your this be on have or as can will our not we from at an"
    " a i do no me so per pro her come door die was",
    "de": "der die das und ist nicht ein eine zu den mit sie für auf dem im sich des auch wir ihr bei oder wird sind",
    "es": "el la los las de que y en un una es para con por se del su al lo más como tu nuestro nuestra este muy sin",
    "fr": "le la les de des et est un une pour vous dans que qui sur pas avec au aux votre nous ce cette sont du ne",
    "it": "il lo la gli di che è un una per non con sono del della dei nel alla più come anche le questo tuo nostro e",
    "pt": "o os a as de que e em um uma é para com por não se do da dos na no mais como seu sua você nosso são ao",
    "nl": "de het een en van is dat op te voor met niet zijn je uw u wij ook bij of door wordt aan naar deze onze om",
    "pl": "i w z na do się nie jest to że od dla po oraz jak przez są za ale lub twój nasz który która przy także może",
    "sv": "och att det i en är som på för av med den till inte du har vi ett om kan din vår eller från så",
    "da": "og at det i en er som på for af med den til ikke du har vi et om kan din vores eller fra så",
    "cs": "a v se na je že s z do o pro jako to i nebo ale jsou vaše naše který která může při také jsme aby",
    "tr": "ve bir bu için ile de da çok daha gibi olarak en ne kadar sonra size sizin her olan ya",
}
NAMES = {
    "fr": "French", "it": "Italian", "pt": "Portuguese", "nl": "Dutch", "pl": "Polish", "sv": "Swedish",
    "da": "Danish or Norwegian", "cs": "Czech", "tr": "Turkish", "ru": "a language in Cyrillic letters",
    "el": "Greek", "ja": "Japanese", "zh": "Chinese", "ko": "Korean", "ar": "Arabic", "he": "Hebrew", "th": "Thai",
    "hi": "Hindi",
}  # fmt: skip
LETTERS = {
    "ru": "\u0400-\u052f", "el": "\u0370-\u03ff", "ja": "\u3040-\u30ff", "ko": "\uac00-\ud7af", "zh": "\u4e00-\u9fff",
    "ar": "\u0600-\u06ff", "he": "\u0590-\u05ff", "th": "\u0e00-\u0e7f", "hi": "\u0900-\u097f",
}  # fmt: skip
WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """The two letters of its language (ISO 639-1); "" when the text is too short or too mixed to say."""
    looked_at = small(text[:LOOKED_AT])
    letters = sum(map(str.isalpha, looked_at))
    for code, ranges in LETTERS.items():
        if len(re.findall(f"[{ranges}]", looked_at)) * 3 > letters:
            return code
    words = Counter(WORD.findall(looked_at))
    hits = {code: sum(words[word] for word in little.split()) for code, little in LITTLE_WORDS.items()}
    best = max(hits, key=lambda code: hits[code])
    return best if hits[best] >= max(ENOUGH, SHARE * sum(words.values())) else ""


def check_language(document: Document) -> None:
    """Raise DocumentError for a text in a language whose cues are not known here.

    What the document says of itself counts where its words are too few to tell.
    """
    found = language_of(document.readable) or document.language.lower()[:2]
    if found in NAMES:
        *most, last = READ_HERE.values()
        raise DocumentError(
            f"{document.name}: is in {NAMES[found]}, and no benefits can be found in that yet: "
            f"give a text in {', '.join(most)} or {last}"
        )
