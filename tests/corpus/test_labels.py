"""The labels stand in their documents and are what the tags say."""

import html
import json
import re

import pytest

from tests.corpus.labels import CORPUS, KINDS, Tag, document_of, tagged

STEMS = sorted(path.stem for path in (CORPUS / "tags").glob("*.tag"))


def built(stem):
    return json.loads((CORPUS / "labels" / f"{stem}.json").read_text(encoding="utf-8"))


def test_every_document_is_tagged_and_built():
    assert sorted(path.stem for path in (CORPUS / "docs").iterdir()) == STEMS
    assert sorted(path.stem for path in (CORPUS / "labels").glob("*.json")) == STEMS


@pytest.mark.parametrize("stem", STEMS)
def test_the_labels_are_what_the_tags_say(stem):
    _, *lines = (CORPUS / "tags" / f"{stem}.tag").read_text(encoding="utf-8").splitlines()
    tags, labels = tagged(lines), built(stem)
    for sentence in labels["sentences"]:
        tag = tags.get(sentence["i"], Tag())
        assert (sentence["kind"], sentence["benefit_core"]) == (KINDS[tag.kind], tag.core)
    assert {claim["sentence"] for claim in labels["risky_claims"]} == {n for n, tag in tags.items() if tag.risk}


@pytest.mark.parametrize("stem", STEMS)
def test_every_label_stands_where_it_says(stem):
    text = document_of(stem).text
    for sentence in built(stem)["sentences"]:
        there = html.unescape(text[sentence["start"] : sentence["end"]])
        assert [word for word in re.findall(r"\w+", sentence["text"]) if word not in there] == []


@pytest.mark.parametrize("line", ["b* 12", "12 q", "12 o*", "1-3 l\n2 b"])
def test_a_line_that_is_no_tag_is_refused(line):
    with pytest.raises(ValueError, match="tag"):
        tagged(line.splitlines())
