"""Short documents in other voices: what is posted from each, and what never is."""

from pathlib import Path

import pytest

from bot.documents import read
from bot.documents.plain import parse
from bot.model import Document, Kind
from bot.snippets import choose, find_snippets

VOICES = Path(__file__).parent / "voices"


def chosen(name, subject=""):
    return choose(find_snippets(read(VOICES / name, name), subject), 8)


def texts(name, subject=""):
    return [snippet.text for snippet in chosen(name, subject)]


def test_a_dentist_posts_her_reasons_and_flags_the_disease():
    posts = chosen("dentist.txt", "A professional cleaning")
    carried = {post.text: post.support.text for post in posts if post.support}
    smile = "A professional cleaning brightens your smile."
    assert carried[smile] == "Stains of coffee and tea are polished away with a fine paste."
    assert {post.text: post.risk for post in posts}["A professional cleaning helps prevent gum disease."]
    assert not any("pregnant" in post.text or "$95" in post.text for post in posts)


def test_a_groomer_posts_no_price_no_errand_and_no_problem():
    posts = texts("groomer.md", "Regular grooming")
    assert "Healthier skin: Brushing spreads natural oils and reduces dandruff." in posts
    assert not any(word in post for post in posts for word in ("$", "Bring", "Arrive", "Call", "Matted"))


def test_items_of_a_yoga_teacher_carry_their_lead_in_and_its_hedge():
    posts = chosen("yoga.txt", "Gentle yoga")
    texts = [post.text for post in posts]
    assert "Gentle yoga can help you sleep better at night" in texts
    assert "Gentle yoga can help you reduce everyday stress" in texts
    assert {post.lead.text for post in posts if post.lead} == {"Gentle yoga can help you:"}
    assert not any(word in text for text in texts for word in ("India", "Maria", "surgery", "slow form"))


def test_a_denied_gain_is_no_benefit():
    text = "Why?\n\n- Vacuuming alone will not eliminate the dirt.\n- A brush doesn’t really help much.\n"
    parsed = parse(text)
    snippets = find_snippets(Document("a", text, parsed.readable, parsed.blocks, ""), "Carpet cleaning")
    assert not [snippet for snippet in snippets if snippet.kind is Kind.BENEFIT]


def test_a_bike_shops_front_matter_names_the_subject():
    posts = texts("bikes.md")
    assert "A tune-up extends the life of your chain and cassette." in posts
    assert not any(word in post for post in posts for word in ("waste", "$", "Visit"))


@pytest.mark.parametrize("name", ["prices.txt", "history.txt", "cautions.txt"])
def test_nothing_is_posted_from_a_document_without_benefits(name):
    snippets = find_snippets(read(VOICES / name, name), "Massage")
    assert not [snippet for snippet in snippets if snippet.kind is Kind.BENEFIT]
    assert choose(snippets, 8) == []


def test_a_blogs_code_comments_and_components_are_never_posted():
    posts = texts("blog.mdx.md")
    assert "Floor heating is a great way to keep a bathroom warm." in posts
    assert not any(word in post for post in posts for word in ("50 %", "cures", "promised", "import", "Gallery"))


def test_a_file_from_a_windows_editor_reads_like_any_other():
    posts = {post.text: post for post in chosen("windows.txt", "Sauna")}
    assert posts.keys() >= {"Sauna relaxes tired muscles.", "Sauna is good for a deep, restful sleep."}
    assert posts["Sauna relaxes tired muscles."].support.text == "Warmth widens the vessels of the skin."
