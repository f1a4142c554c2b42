"""What the desk shows, and what its buttons do."""

import html
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery import State, intended, unsettled
from bot.ledger.records import Hold
from bot.model import Receipt
from bot.planner.holds import REASONS
from bot.web.desk import wording
from tests.web.conftest import Visitor

FORBIDDEN = re.compile(
    r"\b(deliver(y|ies)|ledger|lease|fence|daemon|slug|hash|sha256|front matter|toml|null|scheduled|unconfirmed)\b",
    re.IGNORECASE,
)
FIRST = "ashiatsu-massage-reduces-chronic-tension"
FLAGGED = "ashiatsu-massage-forces-you-to-relax-and"


def words(answer):
    """What a person reads on a page."""
    body = re.sub(r"<(script|style|svg).*?</\1>|<[^>]*>", " ", answer.text.partition("<body")[2], flags=re.DOTALL)
    return " ".join(html.unescape(body.partition(">")[2]).split())


def heading(answer):
    return html.unescape(re.sub("<[^>]*>", "", re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)[1])).strip()


def everywhere(visitor):
    """Every page there is, by its address."""
    seen, open_ = {}, ["/", "/review", "/calendar", "/calendar?month=2027-02", "/calendar/list", "/texts", "/nowhere"]
    while open_:
        address = open_.pop()
        if address not in seen and not re.match(r"/(static|pictures|small|media|tried)/", address):
            seen[address] = answer = visitor.get(address)
            found = map(html.unescape, re.findall(r'href="(/[^"#]*|\?[^"#]*)"', answer.text))
            here = address.partition("?")[0]
            open_ += [one if one[0] == "/" else here + one for one in found][:60] if len(seen) < 120 else []
    return seen


def test_a_new_desk_asks_for_a_text_and_makes_posts_of_it(visitor, article):
    assert 'href="/texts"' in visitor.get("/").text
    with article.open("rb") as file:
        first = visitor.post("/texts", files={"file": ("my article.txt", file)})
    assert first.ok
    assert "are drafted" in words(first)
    assert (visitor.folder / "documents" / "my article.txt").read_bytes() == article.read_bytes()
    assert re.search(r"1 of \d", words(first))
    with article.open("rb") as file:
        again = visitor.post("/texts", files={"file": ("my article.txt", file)})
    assert "Nothing new" in words(again)


def test_a_text_can_be_pasted(visitor):
    said = visitor.post("/texts", name="About us: feet & hands", words="Foot massage improves circulation.\r\n")
    assert said.ok
    assert (
        visitor.folder / "documents" / "about-us-feet-hands.txt"
    ).read_bytes() == b"Foot massage improves circulation.\n"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("../../config.toml", b'workspace = "mine"', "not read yet"),
        ("brochure.odt", b"PK\x03\x04", "not read yet"),
        ("empty.txt", b"", "The text is empty."),
        ("large.txt", b"word " * 210_000, "over 1 MB"),
        ("latin.txt", "Ma\xdfage".encode("latin-1"), "UTF-8"),
        (".hidden.txt", b"words", "a name of its own"),
    ],
)
def test_a_text_that_cannot_be_read_is_not_taken_in(visitor, name, content, told):
    said = visitor.post("/texts", files={"file": (name, content)})
    assert (said.status_code, list((visitor.folder / "documents").iterdir())) == (422, [])
    assert told in words(said)


def test_another_text_of_the_same_name_is_refused(visitor):
    visitor.post("/texts", files={"file": ("a.txt", b"One thing.")})
    said = visitor.post("/texts", files={"file": ("a.txt", b"Another thing.")})
    assert "There is another text called a.txt. Rename yours." in words(said)
    assert (visitor.folder / "documents" / "a.txt").read_bytes() == b"One thing."


def test_a_yes_gives_the_post_its_time_and_leads_to_the_next(drafted):
    first = drafted.get("/review")
    post = re.search(r"/posts/([a-z0-9-]+)$", first.url)[1]
    assert post == FIRST
    after = drafted.post(f"/posts/{FIRST}/approve", sha256=drafted.sha256(FIRST))
    assert "It goes out Wed 25 Nov, 9:00." in words(after)
    assert after.url.partition("?")[0] != first.url
    [row] = drafted.app.deliveries_of(FIRST)
    assert (row.state, row.local_time) == (State.SCHEDULED, "2026-11-25T09:00:00")
    [line] = [one for one in drafted.app.ledger.records.history(FIRST) if one.what.startswith("approved")]
    assert line.who == "a person (at the desk)"
    assert "Approved on Mon 23 Nov" in words(drafted.get(f"/posts/{FIRST}"))


def test_when_nothing_waits_any_more_it_says_so(drafted):
    for standing in list(drafted.app.season().waiting):
        proof = {"reason": "our trial"} if standing.is_blocked else {}
        drafted.post(f"/posts/{standing.id}/approve", sha256=standing.file.sha256, **proof)
    assert "Nothing waits" in heading(drafted.get("/review"))


def test_an_undone_yes_waits_again_and_goes_nowhere(drafted):
    drafted.post(f"/posts/{FIRST}/approve", sha256=drafted.sha256(FIRST))
    drafted.post(f"/posts/{FIRST}/reopen", sha256=drafted.sha256(FIRST))
    assert FIRST in {one.id for one in drafted.app.season().waiting}
    assert not drafted.app.ledger.deliveries.claim(drafted.clock + timedelta(days=3), "me", 9, drafted.patience)


def test_what_is_called_off_can_be_taken_back(drafted):
    drafted.post(f"/posts/{FIRST}/approve", sha256=drafted.sha256(FIRST))
    drafted.post(f"/posts/{FIRST}/withdraw", sha256=drafted.sha256(FIRST))
    assert [row.state for row in drafted.app.deliveries_of(FIRST)] == [State.CANCELED]
    drafted.post(f"/posts/{FIRST}/reopen", sha256=drafted.sha256(FIRST))
    drafted.post(f"/posts/{FIRST}/approve", sha256=drafted.sha256(FIRST))
    assert [row.state for row in drafted.app.deliveries_of(FIRST)] == [State.SCHEDULED]


def test_nobody_says_yes_to_words_that_they_did_not_see(drafted):
    seen = drafted.sha256(FIRST)
    path = drafted.folder / drafted.app.post(FIRST).path
    path.write_text(path.read_text().replace("chronic tension", "stress"))
    after = drafted.post(f"/posts/{FIRST}/approve", sha256=seen)
    assert "Somebody changed this post" in words(after)
    assert not drafted.app.deliveries_of(FIRST)
    assert not drafted.app.ledger.records.approvals().get(FIRST)


def test_a_yes_to_another_look_is_no_yes(drafted):
    """The file is as it was, and a photo or a colour behind it is not: the form tells what was seen."""
    asked = re.search(r'name="seen" value="([0-9a-f]{64})"', drafted.get(f"/posts/{FIRST}").text)[1]
    other = asked[::-1]
    refused = drafted.post(f"/posts/{FIRST}/approve", sha256=drafted.sha256(FIRST), seen=other)
    assert "Somebody changed this post" in words(refused)
    assert drafted.app.ledger.records.approval(FIRST, asked) is None
    drafted.post(f"/posts/{FIRST}/approve", sha256=drafted.sha256(FIRST), seen=asked)
    assert drafted.app.ledger.records.approval(FIRST, asked)


def test_words_that_need_proof_need_a_yes_with_proof(visitor):
    visitor.write("cure", "Foot massage cures cancer.")
    sheet = visitor.get("/posts/cure")
    assert "Only with proof" in words(sheet)
    assert 'name="reason"' in sheet.text
    assert "Safer: leave it out" in words(sheet)
    refused = visitor.post("/posts/cure/approve", sha256=visitor.sha256("cure"), reason=" ")
    assert "needs proof" in words(refused)
    assert not visitor.app.ledger.records.approvals()
    visitor.post("/posts/cure/approve", sha256=visitor.sha256("cure"), reason="our trial of 2025")
    assert [row.state for row in visitor.app.deliveries_of("cure")] == [State.SCHEDULED]
    assert "with proof: “our trial of 2025”" in words(visitor.get("/posts/cure"))


def test_an_edit_is_saved_and_asks_again(drafted):
    drafted.post(f"/posts/{FIRST}/approve", sha256=drafted.sha256(FIRST))
    new = "Ashiatsu massage eases chronic tension."
    fields = {"headline-0": new, "text": "Softer words.\r\n\r\nTwo paragraphs.", "then": "save"}
    after = drafted.post(f"/posts/{FIRST}/edit", sha256=drafted.sha256(FIRST), **fields)
    assert "Saved" in words(after)
    post = drafted.app.post(FIRST).post
    assert (post.images[0].headline, post.text) == (new, "Softer words.\n\nTwo paragraphs.")
    assert post.images[0].alt.startswith(new)  # nobody had written a description of their own
    assert FIRST in {one.id for one in drafted.app.season().waiting}
    assert "Not in your text" in words(after)


def test_save_and_approve_is_one_act(drafted):
    fields = {"text": "Softer words.", "then": "approve"}
    drafted.post(f"/posts/{FIRST}/edit", sha256=drafted.sha256(FIRST), **fields)
    [row] = drafted.app.deliveries_of(FIRST)
    assert row.state is State.SCHEDULED
    assert "Softer words." in drafted.app.ledger.records.message(row.message)


def test_of_two_editors_nobody_overwrites_the_other_unseen(drafted):
    seen = drafted.sha256(FIRST)
    drafted.post(f"/posts/{FIRST}/edit", sha256=seen, text="Anna’s words.", then="save")
    late = drafted.post(f"/posts/{FIRST}/edit", sha256=seen, text="Ben’s words.", then="save")
    assert late.status_code == 409
    assert "Nothing was overwritten" in words(late)
    assert "Anna’s words." in words(late)
    assert "Ben’s words." in late.text
    assert drafted.app.post(FIRST).post.text == "Anna’s words."
    shown = re.search(r'name="sha256" value="([0-9a-f]{64})"', late.text)[1]
    drafted.post(f"/posts/{FIRST}/edit", sha256=shown, text="Ben’s and Anna’s words.", then="save")
    assert drafted.app.post(FIRST).post.text == "Ben’s and Anna’s words."


def test_of_many_who_save_at_once_one_wins_and_all_others_are_told(drafted):
    seen = drafted.sha256(FIRST)
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda n: drafted.post(
                    f"/posts/{FIRST}/edit", follow=False, sha256=seen, text=f"Words of {n}.", then=""
                ),
                range(8),
            )
        )
    assert sorted(answer.status_code for answer in answers) == [303] + [409] * 7
    [winner] = [n for n, answer in enumerate(answers) if answer.status_code == 303]
    assert drafted.app.post(FIRST).post.text == f"Words of {winner}."


def test_what_cannot_be_saved_is_said_beside_its_field_and_nothing_typed_is_lost(drafted):
    before = (drafted.folder / drafted.app.post(FIRST).path).read_bytes()
    fields = {"text": "Softer words.", "link": "javascript:alert(1)", "publish_at": "soon", "then": "save"}
    said = drafted.post(f"/posts/{FIRST}/edit", sha256=drafted.sha256(FIRST), **fields)
    assert said.status_code == 422
    assert "Softer words." in said.text
    assert (drafted.folder / drafted.app.post(FIRST).path).read_bytes() == before


def test_a_time_of_its_own_needs_no_new_yes(drafted):
    drafted.post(f"/posts/{FIRST}/approve", sha256=drafted.sha256(FIRST))
    drafted.post(f"/posts/{FIRST}/edit", sha256=drafted.sha256(FIRST), publish_at="2026-12-24T17:30", then="save")
    [row] = drafted.app.deliveries_of(FIRST)
    assert (row.state, row.local_time) == (State.SCHEDULED, "2026-12-24T17:30:00")
    assert "Thu 24 December 17:30" in words(drafted.get("/calendar/list"))


def test_a_preview_shows_unsaved_words_and_saves_nothing(drafted):
    before = sorted((path, path.read_bytes()) for path in drafted.folder.rglob("*.md"))
    said = drafted.post(f"/posts/{FIRST}/preview", **{"headline-0": "Other words.", "text": "Never saved."})
    assert "Never saved." in said.text
    picture = re.search(r'src="(/tried/[^"]+)"', said.text)[1]
    assert drafted.get(picture).headers["Content-Type"] == "image/jpeg"
    assert sorted((path, path.read_bytes()) for path in drafted.folder.rglob("*.md")) == before


def test_send_now_makes_it_due_at_once(drafted):
    drafted.post(f"/posts/{FIRST}/approve", sha256=drafted.sha256(FIRST))
    drafted.post(f"/posts/{FIRST}/send", sha256=drafted.sha256(FIRST))
    assert [row.due_at for row in drafted.app.deliveries_of(FIRST)] == [drafted.clock]


def test_a_question_is_asked_with_three_answers(drafted):
    row = in_doubt(drafted)
    assert "Did “Ashiatsu massage reduces chronic tension.” go out?" in words(drafted.get("/"))
    wrong = drafted.post(f"/answers/{row.id}", fence=row.fence, answer="published", url="over there")
    assert "is not the address of a post" in words(wrong)
    drafted.post(f"/answers/{row.id}", fence=row.fence, answer="published", url="https://example.com/1")
    [after] = drafted.app.deliveries_of(FIRST)
    assert (after.state, after.url) == (State.PUBLISHED, "https://example.com/1")
    assert 'href="https://example.com/1"' in drafted.get("/").text


def test_an_address_that_is_no_web_address_is_no_link(drafted):
    row = in_doubt(drafted, url="javascript:alert(1)")
    assert all("javascript:" not in answer.text for answer in everywhere(drafted).values())
    receipt = Receipt("1", "javascript:alert(1)", drafted.clock)
    after = replace(row, state=State.PUBLISHED, url=receipt.url, asks=False, parts_done=1, intent_part=-1)
    drafted.app.ledger.deliveries.receive(row, after, receipt, drafted.clock, who="test", open_at=drafted.clock)
    assert all("javascript:" not in answer.text for answer in everywhere(drafted).values())


def test_the_list_shows_every_post_once_however_it_is_paged(drafted):
    names = [f"many-{n:03}" for n in range(95)]
    for n, name in enumerate(names):
        wish = drafted.clock.replace(tzinfo=None) + timedelta(days=n // 12, hours=1)
        drafted.write(name, f"Words of {name}.", status="approved", front=f"publish_at = {wish.isoformat()}\n")
    drafted.plan()
    seen, address = [], "/calendar/list"
    while address:
        page = drafted.get(address).text
        seen += re.findall(r'href="/posts/(many-\d+)"', page)
        later = re.search(r'href="(/calendar/list\?page=\d+)" rel="next"', page)
        address = later and later[1]
    assert sorted(seen) == names
    month = drafted.get("/calendar").text
    more = re.search(r'href="(/calendar/list\?day=2026-11-23[^"#]*)', month)
    assert set(names[:12]) <= set(re.findall(r'href="/posts/(many-\d+)"', drafted.get(html.unescape(more[1])).text))


def test_a_lost_sentence_stands_beside_what_became_of_it_and_today_tells_of_it(drafted):
    drafted.post(f"/posts/{FIRST}/approve", sha256=drafted.sha256(FIRST))
    document = drafted.folder / "documents" / "ashiatsu-for-runners.txt"
    before = document.read_text()
    document.write_text(before.replace("It reduces chronic tension.", "It reduces chronic worry."))
    drafted.plan()
    page = drafted.get(f"/posts/{FIRST}")
    assert "says it differently now" in words(page)
    assert re.search(r"reduces chronic\s*<del>.*worry\..*</del>\s*<ins>.*tension\..*</ins>", page.text)
    assert "It said “It reduces chronic tension.” Now it says “It reduces chronic worry.”" in words(drafted.get("/"))
    document.unlink()
    (document.parent / "feet.txt").write_text(before)
    drafted.plan()
    assert "feet.txt says the very same" in words(drafted.get(f"/posts/{FIRST}"))
    assert "is on hold" in words(drafted.get("/"))


def test_yes_to_words_whose_document_was_edited_names_their_place_anew(drafted):
    document = drafted.folder / "documents" / "ashiatsu-for-runners.txt"
    document.write_text(document.read_text().replace("It reduces chronic tension.", "It may reduce some tension."))
    assert "has changed since this was written" in words(drafted.get(f"/posts/{FIRST}"))
    after = drafted.post(f"/posts/{FIRST}/approve", sha256=drafted.sha256(FIRST))
    assert "Approved" in words(after)
    assert [row.state for row in drafted.app.deliveries_of(FIRST)] == [State.SCHEDULED]
    assert "Not in your text: Ashiatsu massage reduces chronic tension." in words(drafted.get(f"/posts/{FIRST}"))


def test_words_are_words_and_never_markup(visitor):
    visitor.write("odd", "<script>alert(1)</script>", front='topic = "<b>"\n', headline="<img src=x>")
    for answer in everywhere(visitor).values():
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text


def test_every_page_speaks_a_marketers_words(drafted):
    in_doubt(drafted)
    drafted.write("broken", "words", front="colour = 3\n")
    drafted.write("missed", "It was meant for Monday.", status="approved")
    drafted.plan()
    [row] = drafted.app.deliveries_of("missed")
    drafted.app.ledger.deliveries.claim(row.due_at + timedelta(hours=3), "me", 1, drafted.patience)
    drafted.app.ledger.records.hold("account", "feed", "no access", "", drafted.clock)
    seen = everywhere(drafted)
    assert len(seen) > 15
    for address, answer in seen.items():
        assert not FORBIDDEN.search(words(answer)), (address, FORBIDDEN.search(words(answer)))
    assert {answer.status_code for answer in seen.values()} <= {200, 404}


def test_pages_are_small_and_bring_nothing_from_elsewhere(drafted):
    parts = sum(len(drafted.get(f"/static/{name}").content) for name in ("desk.css", "desk.js", "htmx.min.js"))
    for address, answer in everywhere(drafted).items():
        assert len(answer.content) + parts < 150_000, address
        assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]* src=)", answer.text), address
        assert not re.findall(r'(?:src|action)="(?!/)[^"]*"', answer.text), address


def test_posts_on_several_networks_show_each_ones_words_and_limits(tmp_path):
    more = '[accounts.toots]\nnetwork = "mastodon"\nserver = "https://mastodon.example"\n'
    visitor = Visitor(tmp_path / "studio", more)
    try:
        path = visitor.write("long", "Feet are kind. " * 40)
        path.write_text(path.read_text().replace('["feed"]', '["feed", "toots"]'))
        sheet = words(visitor.get("/posts/long"))
        assert "any length fits" in sheet
        assert "99 too many" in sheet
        assert "This much would fit: Feet are kind." in words(visitor.get("/posts/long/edit"))
        after = visitor.post("/posts/long/approve", sha256=visitor.sha256("long"))
        assert "it cannot go out like this" in words(after)
    finally:
        visitor.close()


def in_doubt(visitor, url=""):
    """The first post's row, about which a person is asked."""
    visitor.post(f"/posts/{FIRST}/approve", sha256=visitor.sha256(FIRST))
    deliveries = visitor.app.ledger.deliveries
    [row] = visitor.app.deliveries_of(FIRST)
    [ours] = deliveries.claim(row.due_at, "me", 1, visitor.patience)
    doubt = replace(ours, state=State.UNCONFIRMED, intent_part=0, lease_owner="", lease_until=None, url=url)
    deliveries.settle(ours, doubt, visitor.clock, "me")
    asked = unsettled(doubt, "nobody knows")
    return deliveries.settle(doubt, asked, visitor.clock, "me")


def test_a_yes_while_planning_stands_still_promises_nothing(drafted):
    drafted.app.ledger.records.keep_workspace(str(drafted.folder), "Europe/Berlin", drafted.clock)
    after = drafted.post(f"/posts/{FIRST}/approve", sha256=drafted.sha256(FIRST))
    assert "all planning stands still" in words(after)
    assert "It goes out" not in words(after)


def test_what_is_on_its_way_is_not_said_to_be_called_off(drafted):
    drafted.post(f"/posts/{FIRST}/approve", sha256=drafted.sha256(FIRST))
    [row] = drafted.app.deliveries_of(FIRST)
    [ours] = drafted.app.ledger.deliveries.claim(row.due_at, "me", 1, drafted.patience)
    drafted.app.ledger.deliveries.intend(ours, intended(ours, 0, drafted.clock), drafted.clock, "me")
    after = drafted.post(f"/posts/{FIRST}/withdraw", sha256=drafted.sha256(FIRST))
    assert "Where it is out already, or on its way, it stays." in words(after)
    assert "Nothing more of it goes out" not in words(after)


def test_what_a_rule_says_yes_to_is_said_to_go_out(tmp_path):
    visitor = Visitor(tmp_path / "studio", '[review]\nauto_approve = "unflagged"\n')
    try:
        visitor.write("calm", "Feet are kind.")
        visitor.plan()
        after = visitor.post("/posts/calm/reopen", sha256=visitor.sha256("calm"))
        assert "Your own rule says yes to it" in words(after)
    finally:
        visitor.close()


def test_a_picture_is_kept_only_where_its_address_says_what_it_shows(drafted):
    shown = re.search(rf'src="(/pictures/{FIRST}/0\.jpg\?v=[0-9a-f]+)"', drafted.get(f"/posts/{FIRST}").text)[1]
    assert "immutable" in drafted.get(shown).headers["Cache-Control"]
    path = drafted.folder / drafted.app.post(FIRST).path
    path.write_text(path.read_text().replace("chronic tension", "stress"))
    assert drafted.get(shown).headers["Cache-Control"] == "no-cache"


def test_a_post_whose_picture_cannot_be_drawn_gets_no_yes(visitor):
    visitor.write("loud", "Loud words.", headline="word " * 400)
    sheet = visitor.get("/posts/loud")
    assert "The picture cannot be drawn" in words(sheet)
    assert 'action="/posts/loud/approve"' not in sheet.text
    assert "No yes yet" in words(visitor.post("/posts/loud/approve", sha256=visitor.sha256("loud")))
    assert not visitor.app.ledger.records.approvals()


@pytest.mark.parametrize(
    "address",
    ["/calendar?month=0001-01", "/calendar?month=9999-12", "/calendar/list?page=-9999", "/calendar/list?day=x"],
)
def test_odd_months_and_pages_are_pages(drafted, address):
    assert drafted.get(address).status_code == 200


def test_odd_numbers_and_names_are_refused(drafted):
    assert drafted.post(f"/answers/{'9' * 25}", answer="drop").status_code == 404
    assert drafted.post("/texts", files={"file": ("a" * 300 + ".txt", b"Words.")}).status_code == 422
    said = drafted.post(f"/posts/{FIRST}/edit", sha256=drafted.sha256(FIRST), publish_at="2026-12-24T17:30Z", then="")
    assert (said.status_code, "is not a date and a time" in words(said)) == (422, True)


def test_send_now_sends_where_nothing_holds_it(tmp_path):
    visitor = Visitor(tmp_path / "studio", '[accounts.second]\nnetwork = "site"\nfolder = "second"\n')
    try:
        path = visitor.write("both", "Feet are kind.", status="approved", front="publish_at = 2027-01-04T09:00:00\n")
        path.write_text(path.read_text().replace('["feed"]', '["feed", "second"]'))
        visitor.plan()
        visitor.app.ledger.records.hold("account", "second", "no access", "", visitor.clock)
        visitor.post("/posts/both/send", sha256=visitor.sha256("both"))
        due = {row.account: row.due_at for row in visitor.app.deliveries_of("both")}
        assert due["feed"] == visitor.clock < due["second"]
        visitor.app.ledger.records.hold("account", "feed", "no access", "", visitor.clock)
        assert "Nothing was sent" in words(visitor.post("/posts/both/send", sha256=visitor.sha256("both")))
    finally:
        visitor.close()


def test_an_answer_to_an_older_question_answers_nothing(drafted):
    row = in_doubt(drafted)
    asked = replace(row, fence=row.fence + 1, reason="another question")
    drafted.app.ledger.deliveries.settle(row, asked, drafted.clock, "me")
    after = drafted.post(f"/answers/{row.id}", fence=row.fence, answer="resend")
    assert "settled, or has changed" in words(after)
    assert [one.state for one in drafted.app.deliveries_of(FIRST)] == [State.UNCONFIRMED]


def test_a_file_whose_name_is_no_text_hides_no_page(drafted):
    (drafted.folder / "posts").joinpath(b"caf\xe9.md".decode("utf-8", "surrogateescape")).write_text("no post")
    (drafted.folder / "documents").joinpath(b"caf\xe9.txt".decode("utf-8", "surrogateescape")).write_text("no text")
    assert [drafted.get(address).status_code for address in ("/", "/texts")] == [200, 200]


def test_words_outlive_the_file_that_they_were_meant_for(drafted):
    seen = drafted.sha256(FIRST)
    (drafted.folder / drafted.app.post(FIRST).path).unlink()
    said = drafted.post(f"/posts/{FIRST}/edit", sha256=seen, text="Long thought about.", then="save")
    assert said.status_code == 404
    assert "Long thought about." in words(said)


def test_what_went_out_meanwhile_is_changed_by_no_button(drafted):
    drafted.post(f"/posts/{FIRST}/approve", sha256=drafted.sha256(FIRST))
    drafted.post(f"/posts/{FIRST}/send", sha256=drafted.sha256(FIRST))
    with ThreadPoolExecutor(2) as pool:
        drafted.app.publisher().run(pool)
    before = drafted.sha256(FIRST)
    for button in ("withdraw", "approve"):
        assert "stays as it is" in words(drafted.post(f"/posts/{FIRST}/{button}", sha256=before))
    late = drafted.post(f"/posts/{FIRST}/edit", sha256=before, text="Too late.", then="save")
    assert (late.status_code, "it went out while you were writing" in words(late).lower()) == (409, True)
    assert drafted.sha256(FIRST) == before
    assert [row.state for row in drafted.app.deliveries_of(FIRST)] == [State.PUBLISHED]


def test_today_stays_small_however_much_is_wrong(drafted):
    for n in range(300):
        drafted.write(f"broken-{n}", "words", front="colour = 3\nshape = 4\n")
    page = drafted.get("/")
    assert len(page.content) < 60_000
    assert "things more" in words(page)


@pytest.mark.parametrize(
    ("name", "text", "file"),
    [("", "Die Füße sind stark und gut.", "die-füße-sind-stark-und-gut.txt"), ("Füße & Hände", "x", "füße-hände.txt")],
)
def test_a_pasted_text_is_called_by_its_name_or_its_first_words(visitor, name, text, file):
    visitor.post("/texts", name=name, words=text)
    visitor.post("/texts", name=name, words=f"{text} Noch mehr.")
    found = sorted(path.name for path in (visitor.folder / "documents").iterdir())
    assert file in found
    assert len(found) == 2


def test_a_full_disk_keeps_the_words_on_the_page(drafted):
    folder = drafted.folder / "posts"
    before = drafted.sha256(FIRST)
    moved = folder.rename(folder.with_name("moved"))
    folder.write_text("no folder any more")
    said = drafted.post(f"/posts/{FIRST}/edit", sha256=before, text="Long thought about.", then="save")
    assert "Long thought about." in words(said)
    folder.unlink()
    moved.rename(folder)
    assert drafted.sha256(FIRST) == before


@pytest.mark.parametrize(("scope", "reason"), sorted(REASONS))
def test_every_hold_is_told_with_what_ends_it(scope, reason):
    told = wording.hold(Hold(scope, "", reason, "", datetime(2026, 11, 23, tzinfo=UTC)))
    assert not told.startswith("It waits:")
    assert not FORBIDDEN.search(told)


def test_a_sentence_taken_over_from_elsewhere_in_the_text_is_in_the_text(drafted):
    more = "The increased surface area allows for deeper pressure"
    document = (drafted.folder / "documents" / "ashiatsu-for-runners.txt").read_text()
    sentence = re.search(rf"{more}[^.]*\.", document)[0]
    text = f"{drafted.app.post(FIRST).post.text}\n\n{sentence}"
    after = drafted.post(f"/posts/{FIRST}/edit", sha256=drafted.sha256(FIRST), text=text, then="save")
    assert "Not in your text" not in words(after)
    drafted.post(f"/posts/{FIRST}/approve", sha256=drafted.sha256(FIRST))
    [row] = drafted.app.deliveries_of(FIRST)
    assert more in drafted.app.ledger.records.message(row.message).partition('"quotes"')[2]


def test_what_was_called_off_is_found_in_the_list(drafted):
    drafted.post(f"/posts/{FIRST}/approve", sha256=drafted.sha256(FIRST))
    drafted.post(f"/posts/{FIRST}/withdraw", sha256=drafted.sha256(FIRST))
    page = drafted.get("/calendar/list")
    assert "Called off" in words(page)
    assert f'href="/posts/{FIRST}"' in page.text
    again = drafted.post(f"/posts/{FIRST}/reopen", sha256=drafted.sha256(FIRST))
    assert "called off" not in words(again).lower()


def test_a_time_that_has_passed_is_refused_where_it_is_typed(drafted):
    sha256 = drafted.sha256(FIRST)
    said = drafted.post(f"/posts/{FIRST}/edit", sha256=sha256, publish_at="2026-11-20T09:00", then="save")
    assert (said.status_code, drafted.sha256(FIRST)) == (422, sha256)
    assert "It has passed: choose a later time" in words(said)
