"""What finding snippets costs, and how good it is, beside sumy's LexRank: python -m bench.reading."""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from bench.memory import peak_mb
from bench.snippets_quality import OURS, SHARED, Labelled, labelled, name_of, scored, scorer
from bot.model import BlockKind, Document
from bot.snippets import find_snippets
from bot.snippets.claims import find_claims
from bot.snippets.sentences import Unit, units

ROUNDS = 9
LANGUAGES = {"en": "english", "de": "german", "es": "spanish"}
WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-])*")
NOTE = """{rounds} interleaved rounds over all documents, each read and seen before ("once loaded"); the median
of a round's CPU time over its documents. Footnote's time is the whole of `find_snippets`: blocks to sentences,
kinds, scores, wording, claims, supports. LexRank's (sumy {sumy}, numpy {numpy}; its stemmer and stop words loaded
before) is its summary of the same sentences, which it is given split: nltk's splitter wants data that is
downloaded. Words are cut as sumy has nltk cut them, or by one expression, which costs nearly nothing. LexRank is
told how many benefits there are; Footnote is not. Quality is counted by the same scorer over the documents that
hold a benefit: of the others LexRank would be told that there is none. Peak memory is that of a process which
reads the folder once and does nothing else.
"""
Contender = Callable[[str, dict[str, Any], Document], list[dict[str, object]]]


class Words:
    """What sumy asks of a tokenizer: words as sumy defines them, found by one expression."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(WORD.findall(sentence))


class TreebankWords:
    """As sumy's own: nltk cuts, and what is a word stays; only that sentences are not split once more (punkt)."""

    def __init__(self) -> None:
        from nltk.tokenize import NLTKWordTokenizer

        self.tokenizer = NLTKWordTokenizer()

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(word for word in self.tokenizer.tokenize(sentence) if WORD.fullmatch(word))


def footnote(_: Labelled) -> Contender:
    """Every benefit that is listed."""

    def find(_stem: str, label: dict[str, Any], document: Document) -> list[dict[str, object]]:
        find_claims.cache_clear()  # in earnest every document is new
        found = find_snippets(document, label["subject"])
        return [
            {"text": one.text, "source_start": one.span[0], "source_end": one.span[1], "kind": str(one.kind)}
            for one in found
        ]

    return find


def lexrank(documents: Labelled, cut: Callable[[], Words | TreebankWords]) -> Contender:
    """As many sentences as there are labelled benefits; the sentences are split here, before any time is taken."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
        from sumy.nlp.stemmers import Stemmer
        from sumy.summarizers.lex_rank import LexRankSummarizer
        from sumy.utils import get_stop_words

    ranked = {short: LexRankSummarizer(Stemmer(language)) for short, language in LANGUAGES.items()}
    for short, language in LANGUAGES.items():
        ranked[short].stop_words = get_stop_words(language)
    split: dict[str, list[Unit]] = {stem: units(document) for stem, _, document in documents}
    words = cut()

    def find(stem: str, label: dict[str, Any], _: Document) -> list[dict[str, object]]:
        sentences = [Sentence(unit.text, words, unit.kind is BlockKind.HEADING) for unit in split[stem]]
        place = {id(sentence): unit.span for sentence, unit in zip(sentences, split[stem], strict=True)}
        whole = ObjectDocumentModel([Paragraph(sentences)])
        best = ranked[label["lang"]](whole, benefits(label))
        return [{"text": str(one), "source_start": place[id(one)][0], "source_end": place[id(one)][1]} for one in best]

    return find


CONTENDERS: dict[str, Callable[[Labelled], Contender]] = {
    "Footnote": footnote,
    "LexRank": partial(lexrank, cut=TreebankWords),
    "LexRank, words by one expression": partial(lexrank, cut=Words),
}


def benefits(label: dict[str, Any]) -> int:
    return sum(sentence["kind"] == "benefit" for sentence in label["sentences"])


def spent(find: Contender, documents: Labelled) -> float:
    """CPU milliseconds a document."""
    began = time.process_time()
    for one in documents:
        find(*one)
    return 1000 * (time.process_time() - began) / len(documents)


def quality(find: Contender, documents: Labelled) -> tuple[float, float]:
    """Macro precision and F1 over the documents that hold a benefit."""
    holding = [one for one in documents if benefits(one[1])]
    _, each = scored({one[0]: find(*one) for one in holding}, holding)
    return tuple(scorer().mean([one[figure] for one in each.values()]) for figure in ("P", "F1"))


def in_its_own(name: str, corpus: Path) -> float:
    """Peak MB of a process that does this alone."""
    told = subprocess.run(
        [sys.executable, "-m", "bench.reading", name, str(corpus)], capture_output=True, text=True, check=True
    )
    return float(told.stdout)


def alone(name: str, corpus: Path) -> None:
    """Read a folder once and print this process's peak MB."""
    documents = labelled(corpus)
    find = CONTENDERS[name](documents)
    for one in documents:
        find(*one)
    print(peak_mb())


def main() -> None:
    """Print the table."""
    folders = {corpus: labelled(corpus) for corpus in (SHARED, OURS)}
    finders = {(name, corpus): make(folders[corpus]) for corpus in folders for name, make in CONTENDERS.items()}
    figures = {key: quality(find, folders[key[1]]) for key, find in finders.items()}  # everything is loaded by this
    times: dict[tuple[str, Path], list[float]] = {key: [] for key in finders}
    for _ in range(ROUNDS):
        for key, find in finders.items():
            times[key].append(spent(find, folders[key[1]]))
    print(NOTE.format(rounds=ROUNDS, **versions()))
    print("| folder | sentences a document | | ms a document | x Footnote | peak MB | macro precision | macro F1 |")
    print("| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: |")
    for (name, corpus), (sure, f1) in figures.items():
        median = statistics.median(times[name, corpus])
        ratio = median / statistics.median(times["Footnote", corpus])
        length = statistics.mean(len(label["sentences"]) for _, label, _ in folders[corpus])
        print(
            f"| {name_of(corpus)} | {length:.0f} | {name} | {median:.1f} | {ratio:.2f} | {in_its_own(name, corpus):.0f}"
            f" | {sure:.3f} | {f1:.3f} |"
        )


def versions() -> dict[str, str]:
    from importlib.metadata import version

    return {name: version(name) for name in ("sumy", "numpy")}


if __name__ == "__main__":
    main() if len(sys.argv) == 1 else alone(sys.argv[1], Path(sys.argv[2]))
