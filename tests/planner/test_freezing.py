"""Approving freezes: words, pictures and quotes are fixed then, and later versions of the world change nothing."""

import io

from PIL import Image as Pillow

from bot.model import Limits

PICTURE = '[[image]]\nheadline = "Calm feet"\nalt = "Calm feet."'
SECOND = '[accounts.second]\nnetwork = "site"\nfolder = "second"\n'
SAYS = "Feet carry us all day long. They carry most of us all day long."
TWO_SLOTS = '[[slots]]\naccounts = ["feed", "second"]\ndays = ["mon", "wed", "fri"]\ntime = "09:00"\n'


def told(plan):
    return [str(problem) for problem in plan.problems]


def frozen_media(studio):
    from bot.fitting import from_json

    message = from_json(studio.open().ledger.records.message(studio.row().message))
    return [media for part in message.parts for media in part.media]


def other_jpeg():
    made = io.BytesIO()
    Pillow.new("RGB", (40, 50), "red").save(made, "JPEG")
    return made.getvalue()


def test_the_picture_is_kept_by_the_hash_of_its_bytes(studio):
    studio.write("a", front=PICTURE)
    studio.plan()
    (media,) = frozen_media(studio)
    kept = (studio.open().ledger.media / f"{media.sha256}.jpg").read_bytes()
    assert kept == (studio.root / "images" / "a.jpg").read_bytes()
    assert (media.size, media.alt, media.mime) == (len(kept), "Calm feet.", "image/jpeg")
    assert Pillow.open(io.BytesIO(kept)).size == (media.width, media.height)


def test_a_picture_changed_or_gone_after_approval_changes_nothing(studio):
    studio.write("a", front=PICTURE)
    studio.plan()
    before, (media,) = studio.fingerprint(), frozen_media(studio)
    picture = studio.root / "images" / "a.jpg"
    for change in (lambda: picture.write_bytes(other_jpeg()), picture.unlink):
        change()
        plan = studio.plan()
        assert (plan.changed, plan.problems, studio.fingerprint()) == ([], [], before)
    studio.later(hours=1)
    studio.publish()
    assert studio.state() == "published"
    assert (studio.root / "public" / "media" / f"{media.sha256}.jpg").is_file()


def test_a_renderer_that_draws_other_pixels_changes_nothing(studio):
    """The same drawing hash with other bytes is what another version of the renderer leaves in images/."""
    studio.write("a", front=PICTURE)
    studio.plan()
    before = studio.fingerprint()
    picture = studio.root / "images" / "a.jpg"
    picture.write_bytes(picture.read_bytes() + b"\x00")
    assert studio.plan().changed == []
    assert studio.fingerprint() == before


def test_a_picture_of_somebody_else_is_never_drawn_over(studio):
    (studio.root / "images").mkdir()
    picture = studio.root / "images" / "a.jpg"
    picture.write_bytes(other_jpeg())
    studio.write("a", front=PICTURE)
    assert "not drawn by Footnote" in told(studio.plan())[0]
    assert (picture.read_bytes(), studio.rows()) == (other_jpeg(), [])


def test_the_pictures_of_a_carousel_never_meet_those_of_another_post(studio):
    studio.write("a", front=PICTURE + PICTURE.replace("Calm feet", "Strong feet").join(["\n", ""]))
    studio.write("a-2", front=PICTURE.replace("Calm feet", "Other feet"))
    studio.plan()
    assert {path.name for path in (studio.root / "images").iterdir()} == {"a.jpg", "a--2.jpg", "a-2.jpg"}


def sourced(studio, quote="They carry us all day long.", text=None):
    from bot.documents import read

    path = studio.document(*[text] if text else [])
    document = read(path, "documents/feet.txt")
    start = document.text.index(quote)
    return (
        f'[source]\ndocument = "documents/feet.txt"\nsha256 = "{document.sha256}"\n'
        f"spans = [[{start}, {start + len(quote)}]]"
    )


def quotes(studio):
    from bot.fitting import from_json

    return from_json(studio.open().ledger.records.message(studio.row().message)).quotes


def test_the_quoted_sentence_is_frozen_with_the_words(studio):
    studio.write("a", text=SAYS, front=sourced(studio))
    studio.plan()
    assert quotes(studio) == ("They carry us all day long.",)


def test_spans_beyond_the_end_of_the_document_are_refused(studio):
    front = sourced(studio)
    for spans in ("[[0, 900000]]", "[[5, 9], [900000, 900001]]"):
        studio.write("a", front=front.partition("spans")[0] + f"spans = {spans}")
        plan = studio.plan()
        (problem,) = told(plan)
        assert problem.startswith("posts/a.md: [source] spans lead beyond the end of documents/feet.txt")
        assert plan.planned == []


def test_a_source_that_no_longer_says_it_holds_the_post_until_it_does_again(studio):
    studio.write("a", text=SAYS, front=sourced(studio))
    studio.plan()
    studio.document("Feet are strong. They carry some of us.\n")
    (problem,) = told(studio.plan())
    assert problem.startswith("posts/a.md: documents/feet.txt no longer says what this post quotes")
    studio.later(hours=1)
    studio.publish()
    assert (studio.state(), studio.reasons()) == ("scheduled", {"source changed"})
    studio.document()
    assert studio.plan().problems == []
    studio.publish()
    assert (studio.state(), studio.reasons()) == ("published", set())


def test_a_sentence_that_an_edit_took_out_is_no_footnote(studio):
    studio.write("a", text="Feet carry us all night long.", front=sourced(studio))
    studio.plan()
    assert quotes(studio) == ()


def test_a_source_edited_elsewhere_changes_nothing(studio):
    studio.write("a", text=SAYS, front=sourced(studio))
    studio.plan()
    studio.document("A new beginning. Feet are strong. They carry\nus all day long.\n")
    before = studio.fingerprint()
    assert studio.plan().problems == []
    assert studio.fingerprint() == before


def test_a_source_that_is_gone_holds_what_was_approved_and_plans_nothing_new(studio):
    front = sourced(studio)
    studio.write("a", front=front)
    studio.plan()
    studio.document().unlink()
    studio.write("b", front=front)
    problems = told(studio.plan())
    assert all(
        f"posts/{name}.md: documents/feet.txt is gone" in said for name, said in zip("ab", problems, strict=True)
    )
    assert studio.held() == {("post", "a", "source gone")}


def test_a_post_whose_source_changed_before_it_was_planned_is_a_problem(studio):
    studio.write("a", text=SAYS, front=sourced(studio))
    studio.document("Feet are strong.\n")
    assert "has changed since this was written" in told(studio.plan())[0]
    assert studio.rows() == []


def test_a_corrected_source_is_quoted_as_it_stands_now(studio):
    studio.write("a", text=SAYS, front=sourced(studio))
    studio.plan()
    text = "Feet are strong. They carry most of us all day long.\n"
    studio.document(text)
    assert studio.plan().problems
    studio.write("a", text=SAYS, front=sourced(studio, "They carry most of us all day long.", text))
    (changed,) = studio.plan().changed
    assert (changed.occurrence, quotes(studio), studio.reasons()) == (
        "1",
        ("They carry most of us all day long.",),
        set(),
    )


def test_a_post_that_says_no_more_where_it_comes_from_quotes_nothing(studio):
    studio.write("a", text=SAYS, front=sourced(studio))
    studio.plan()
    studio.write("a", text=SAYS)
    studio.plan()
    assert quotes(studio) == ()


def test_a_published_post_that_was_edited_is_told_and_never_posted_again(studio):
    studio.write("a")
    studio.plan()
    studio.later(hours=1)
    studio.publish()
    studio.write("a", text="Other words.")
    plan = studio.plan()
    assert plan.notes == ["posts/a.md: changed since it went out; what is out stays as it is"]
    assert (plan.planned, plan.changed, plan.needs_you) == ([], [], False)
    studio.approve("a")
    assert studio.plan().notes == plan.notes
    studio.later(days=7)
    studio.publish()
    assert (len(studio.entries()), studio.words()) == (1, "Calm words.")
    studio.write("a")
    assert studio.plan().notes == []


def test_a_new_account_gets_a_row_and_what_is_out_stays_out(studio):
    studio.configure(accounts=SECOND, slots=TWO_SLOTS)
    studio.write("a")
    studio.plan()
    studio.later(hours=1)
    studio.publish()
    studio.write("a", accounts=("feed", "second"))
    assert [one.post for one in studio.plan().waiting] == ["a"]
    studio.approve("a")
    plan = studio.plan()
    assert [(row.account, row.occurrence) for row in plan.planned] == [("second", "1")]
    assert studio.state() == "published"


def test_an_account_taken_from_a_post_cancels_its_row_only(studio):
    studio.configure(accounts=SECOND, slots=TWO_SLOTS)
    studio.write("a", accounts=("feed", "second"))
    studio.plan()
    studio.write("a")
    studio.plan()
    assert studio.reasons() == {"edited since approval"}
    studio.approve("a")
    studio.plan()
    assert (studio.state(), studio.state(account="second")) == ("scheduled", "canceled")
    studio.write("a", accounts=("feed", "second"))
    (again,) = studio.plan().planned
    assert (again.account, again.occurrence) == ("second", "2")


def test_an_account_taken_from_a_post_that_is_half_out_does_not_go_out_there(studio):
    studio.configure(accounts=SECOND, slots=TWO_SLOTS.replace('"feed", "second"', '"feed"'))
    studio.write("a", accounts=("feed", "second"))
    (problem,) = told(studio.plan())
    assert 'no free slot for "second"' in problem
    studio.later(hours=1)
    studio.publish()
    studio.configure(accounts=SECOND, slots=TWO_SLOTS)
    studio.plan()
    studio.write("a")
    studio.plan()
    studio.later(days=7)
    studio.publish()
    assert (studio.state(), studio.entries("second")) == ("published", [])


def test_an_account_taken_from_config_holds_what_waits_there_and_releases_it_when_it_is_back(studio):
    studio.configure(accounts=SECOND, slots=TWO_SLOTS)
    studio.write("a", accounts=("feed", "second"))
    studio.plan()
    studio.configure()
    assert '"second" is not an account in config.toml' in told(studio.plan())[0]
    assert ("account", "second", "not in config.toml") in studio.held()
    studio.later(hours=1)
    studio.publish()
    assert {studio.state(), studio.state(account="second")} == {"scheduled"}
    studio.configure(accounts=SECOND, slots=TWO_SLOTS)
    studio.plan()
    assert studio.held() == set()


def test_an_account_taken_from_config_whose_posts_are_out_holds_nothing(studio):
    studio.configure(accounts=SECOND, slots=TWO_SLOTS)
    studio.write("a", accounts=("second",))
    studio.plan()
    studio.later(hours=1)
    studio.publish()
    studio.path("a").unlink()
    studio.configure()
    studio.plan()
    assert studio.held() == set()


def test_what_does_not_fit_one_account_is_planned_on_none(studio):
    studio.configure(accounts=SECOND, slots=TWO_SLOTS)
    studio.write("a", accounts=("feed", "second"), front='[text]\nfeed = "Short."')
    plan = studio.plan_with_limits(Limits(text_max=8))
    said = 'posts/a.md: does not fit "second": the text has 11 characters, 3 more than the 8 allowed; '
    assert told(plan) == [said + "not even its first sentence fits: write a shorter text under [text] as second"]
    assert (plan.planned, studio.rows()) == ([], [])


def test_everything_that_does_not_fit_is_told_at_once(studio):
    studio.configure(accounts=SECOND, slots=TWO_SLOTS)
    studio.write("a", accounts=("feed", "second"))
    (problem,) = told(studio.plan_with_limits(Limits(text_max=8)))
    assert '"feed"' in problem
    assert '"second"' in problem


def test_limits_that_no_longer_fit_hold_what_was_approved_until_they_do(studio):
    studio.write("a")
    studio.plan()
    (problem,) = told(studio.plan_with_limits(Limits(text_max=8)))
    assert 'does not fit "feed"' in problem
    studio.later(hours=1)
    studio.publish()
    assert (studio.state(), studio.reasons()) == ("scheduled", {"does not fit"})
    assert studio.plan().problems == []
    assert studio.reasons() == set()


def test_an_edit_that_does_not_fit_and_is_undone_leaves_the_old_words_on_every_account(studio):
    studio.configure(accounts=SECOND, slots=TWO_SLOTS)
    both = ("feed", "second")
    studio.write("a", accounts=both)
    studio.plan()
    studio.write("a", accounts=both, text="Much longer words.", front='[text]\nfeed = "Short."')
    studio.approve("a")
    assert studio.plan_with_limits(Limits(text_max=12)).problems
    studio.write("a", accounts=both)
    studio.plan()
    assert [studio.words(account=name) for name in both] == ["Calm words."] * 2


def test_after_the_first_intent_the_words_stay_for_ever(studio):
    from bot.errors import Unavailable

    studio.write("a")
    studio.plan()
    studio.later(hours=1)
    studio.attempt(Unavailable("later"))
    studio.write("a", text="Other words.")
    studio.approve("a")
    assert studio.plan().notes == ["posts/a.md: an attempt was made on feed; its words stay as they were"]
    assert studio.words() == "Calm words."


def test_new_words_for_what_was_claimed_and_never_intended_are_taken_when_it_is_back(studio):
    from bot.errors import Unavailable

    studio.write("a")
    studio.plan()
    studio.later(hours=1)
    row = studio.attempt(intend=False)
    studio.write("a", text="Other words.")
    studio.approve("a")
    assert "may be on its way to feed" in studio.plan().notes[0]
    assert studio.words() == "Calm words."
    studio.give_back(row, Unavailable("later"))
    studio.plan()
    assert studio.words() == "Other words."


def test_an_edit_undone_while_one_account_was_busy_is_undone_on_every_account(studio):
    from bot.errors import Unavailable

    studio.configure(accounts=SECOND, slots=TWO_SLOTS)
    both = ("feed", "second")
    studio.write("a", accounts=both)
    studio.plan()
    studio.later(hours=1)
    row = studio.attempt(intend=False)
    studio.write("a", accounts=both, text="Other words.")
    studio.approve("a")
    studio.plan()
    assert [studio.words(account=name) for name in both] == ["Calm words.", "Other words."]
    studio.write("a", accounts=both)
    studio.give_back(row, Unavailable("later"))
    studio.plan()
    assert [studio.words(account=name) for name in both] == ["Calm words."] * 2


def test_refused_words_get_a_new_life_with_a_new_key_when_they_are_new(studio):
    from bot.errors import Rejected

    for intend in (True, False):
        name = f"a{intend}".lower()
        studio.write(name)
        (first,) = studio.plan().planned
        studio.now = first.due_at
        assert studio.attempt(Rejected("no"), intend=intend).state == "failed"
        studio.plan()
        assert studio.row(name).state == "failed"
        studio.write(name, text="Other words.")
        studio.approve(name)
        (second,) = studio.plan().planned
        assert (second.occurrence, second.key == first.key) == ("2", False)
        assert second.due_at > studio.now
        assert studio.plan().planned == []


def test_a_picture_that_cannot_be_read_is_called_the_post_s_picture_where_the_system_does_not_name_it(studio):
    studio.write("a", front=PICTURE)
    (studio.root / "images").mkdir(exist_ok=True)
    (studio.root / "images" / "a.jpg").symlink_to("/proc/self/mem")
    assert told(studio.plan()) == ["posts/a.md: its picture cannot be read or written: Input/output error"]
