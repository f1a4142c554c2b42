"""Which language a text is in; what is not read here is said so."""

from dataclasses import replace

import pytest

from bot.documents.plain import parse
from bot.errors import DocumentError
from bot.model import Document
from bot.snippets.language import check_language, language_of

TEXTS = {
    "en": "The studio is open and the sauna is warm. You are welcome to our rooms, and we are glad of it.",
    "de": "Die Sauna ist warm und der Tee ist nicht weit. Wir sind für Sie da, auch mit dem Hund.",
    "es": "La sauna es muy cálida y el té está cerca de la puerta. Nos alegra tu visita con los niños.",
    "fr": "Le sauna est chaud et les invités sont dans la salle. Nous sommes avec vous pour une heure de repos.",
    "it": "La sauna è calda e gli ospiti sono nella sala. Non è lontano, e il tè è per una persona come lei.",
    "pt": "A sauna é quente e os convidados não estão longe. O chá é para você e para uma pessoa como ele.",
    "nl": "De sauna is warm en het water is niet ver. Wij zijn er voor u, ook met uw hond, en dat is fijn van ons.",
    "pl": "Sauna jest ciepła i nie jest daleko. To jest dla nas ważne, że w domu są goście, którzy się śmieją.",
    "ru": "Баня горячая, а чай недалеко.",
    "ja": "サウナはあたたかいです。お茶もあります。",
    "zh": "桑拿很暖和，茶也不远。",
    "ar": "الساونا دافئة والشاي قريب",
}


def document(text):
    parsed = parse(text)
    return Document("a.txt", text, parsed.readable, parsed.blocks, "")


@pytest.mark.parametrize("code", TEXTS)
def test_a_language_is_known_by_its_little_words_or_its_letters(code):
    assert language_of(TEXTS[code]) == code


@pytest.mark.parametrize("code", sorted(TEXTS.keys() - {"en", "de", "es"}))
def test_a_text_in_another_language_is_declined_in_one_sentence(code):
    with pytest.raises(DocumentError, match=r"a\.txt: is in .*: give a text in English, German or Spanish$"):
        check_language(document(TEXTS[code]))


@pytest.mark.parametrize(
    "text",
    [
        "Team: Anna de Vries, Jan van den Berg, Piet van der Meer, Els de Jong, Kees van Dijk",
        "Café Le Petit de la Rue",
        "La Dolce Vita: massages",
        "",
        "1 2 3",
        "Sauna!",
    ],
)
def test_a_foreign_name_or_a_few_words_are_no_language(text):
    check_language(document(text))


@pytest.mark.parametrize(
    "text",
    [
        "- Get a fresh coat\n- Enjoy a quiet hour\n- Take a break\n- Have a laugh\n- Find a friend\n- Leave a note\n",
        "I do windows. I do gutters. I do sheds. I do fences. I love a clean car.",
        "Front door, back door, garage door, shed door, barn door, any door: no job is too small.",
        "Sauna 20 per person, pool 10 per person, tea 5 per person, towels 4 per person, robes 8 per pair, 1 per head.",
    ],
)
def test_little_words_that_english_shares_make_no_other_language(text):
    check_language(document(text))


def test_what_a_text_says_of_itself_counts_where_its_words_are_few():
    few = replace(document("Massages, saunas, bains."), language="fr-CA")
    with pytest.raises(DocumentError, match="is in French"):
        check_language(few)
    check_language(replace(few, language="en"))
    check_language(replace(document(TEXTS["en"]), language="fr"))  # a template's own, left as it came


def test_a_foreign_phrase_in_an_english_text_changes_nothing():
    assert language_of(TEXTS["en"] + " As they say in France: le sauna est chaud et les invités sont là.") == "en"
