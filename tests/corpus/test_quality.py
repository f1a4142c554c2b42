"""Floors on the labelled documents that the rules have seen; unseen ones are measured elsewhere."""

import warnings

import pytest

from bench.snippets_quality import measured
from tests.reference import reference


@pytest.fixture(scope="module")
def figures():
    corpus = reference("corpus")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the scorer leaves its files to the collector
        return measured(corpus)


def test_every_word_comes_from_the_source(figures):
    assert figures["provenance"] == 1.0


def test_no_hedge_and_no_negation_is_lost(figures):
    assert figures["honest"] == 1.0


def test_benefits_are_found(figures):
    assert figures["macro_F1"] >= 0.80
    assert figures["P@5"] >= 0.85


def test_risky_claims_are_flagged(figures):
    assert figures["risk_R"] >= 0.90


def test_nothing_is_taken_from_the_document_without_benefits(figures):
    assert figures["per document"]["12_massage_contra"]["n_pred"] == 0
