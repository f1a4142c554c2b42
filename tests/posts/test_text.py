"""Post <-> Markdown with TOML front matter."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Problems
from bot.model import Image, Post, Source, Status
from bot.posts import dump, parse, set_status
from bot.posts.tables import Around

FULL = """\
+++
format = 1
id = "ashiatsu-reduces-chronic-tension"
status = "draft"   # draft | approved | withdrawn
accounts = ["feed", "studio-x"]
publish_at = 2026-12-01T09:00:00
topic = "tension"
link = "https://example.com/book"
tags = ["#ashiatsu", "massage"]

[[image]]   # the only one
headline = "Ashiatsu massage reduces chronic tension."
support = "Using the feet as the main tool, ..."
alt = "Words."

[source]
document = "documents/ashiatsu-for-runners.txt"
sha256 = "%s"
spans = [[829, 856], [986, 1136]]

[text]
studio-x = "Shorter words for the small room."
+++

The words everyone else gets.

+++
A second paragraph.
""" % ("a" * 64)
LEAST = '+++\nformat = 1\nid = "a"\nstatus = "draft"\naccounts = ["feed"]\n%s+++\n%s'


def least(front="", body="Words.\n"):
    return LEAST % (front, body)


def problems(content, **around):
    with pytest.raises(Problems) as caught:
        parse(content, "posts/a.md", around=Around(**around))
    return [str(problem) for problem in caught.value.problems]


def test_everything_a_post_can_say_is_read():
    assert parse(FULL, "posts/a.md") == Post(
        id="ashiatsu-reduces-chronic-tension",
        status=Status.DRAFT,
        accounts=("feed", "studio-x"),
        text="The words everyone else gets.\n\n+++\nA second paragraph.",
        images=(Image("Ashiatsu massage reduces chronic tension.", "Using the feet as the main tool, ...", "Words."),),
        texts={"studio-x": "Shorter words for the small room."},
        publish_at=datetime.fromisoformat("2026-12-01T09:00"),
        topic="tension",
        link="https://example.com/book",
        tags=("ashiatsu", "massage"),
        source=Source("documents/ashiatsu-for-runners.txt", "a" * 64, ((829, 856), (986, 1136))),
        path="posts/a.md",
    )


def test_a_file_from_windows_says_the_same():
    windows = "\ufeff" + FULL.replace("\n", "\r\n")
    assert parse(windows, "posts/a.md") == parse(FULL, "posts/a.md")


def test_every_mistake_is_told_at_once_with_its_line_in_the_file():
    content = """\
+++
format = 2
id = "Ashiatsu Massage"
status = "aproved"
accounts = ["feed", "studio-x", "feed"]
publish_at = 2026-12-01T09:00:00-07:00
not_after = "2026-12-01"
late = "skip"
repeat = "weekly"
link = "example.com"
tags = ["foot massage"]
topik = "x"

[[image]]
photo = "../secret.jpg"
[[image]]
headlin = "x"
[[image]]
headline = "x"
photo = "documents/a.jpg"

[source]
document = "/etc/passwd"
sha256 = "abc"
spans = [[5, 2]]

[text]
feed = 5
studio-y = "x"
+++
Words with a \x07 bell.
"""
    assert problems(content, accounts=["feed", "tooter"]) == [
        "posts/a.md:2: format: 2 is not known to this version (known: 1): update Footnote",
        'posts/a.md:3: id: "Ashiatsu Massage" is not an id: use a-z, 0-9 and hyphens, at most 80',
        'posts/a.md:4: status: "aproved" is not a status (did you mean "approved"?)',
        'posts/a.md:5: accounts: "studio-x" is not an account in config.toml (known: feed, tooter)',
        "posts/a.md:6: publish_at: write local time in the config's zone, without an offset: 2026-12-01T09:00:00",
        'posts/a.md:7: not_after must be a date and time without quotes, such as 2026-12-01T09:00:00, not "2026-12-01"',
        "posts/a.md:8: late: reserved: not available yet",
        "posts/a.md:9: repeat: reserved: not available yet",
        'posts/a.md:10: link: "example.com" is not a web address: it starts with https://',
        'posts/a.md:11: tags: "foot massage" is not a hashtag: one word',
        'posts/a.md:12: "topik" is not known (did you mean "topic"?)',
        (
            'posts/a.md:15: image.photo: "../secret.jpg" is not a path inside the workspace: '
            'write it as "folder/name", with /'
        ),
        'posts/a.md:17: "headlin" is not known in [image] (did you mean "headline"?)',
        'posts/a.md:20: image.photo: "documents/a.jpg" is not in images/: put the photo there',
        (
            'posts/a.md:23: source.document: "/etc/passwd" is not a path inside the workspace: '
            'write it as "folder/name", with /'
        ),
        'posts/a.md:24: source.sha256: "abc" is not a SHA-256',
        "posts/a.md:25: source.spans: [5, 2] is not a span: write [start, end]",
        "posts/a.md:28: text.feed must be text in quotes, not 5",
        'posts/a.md:29: text.studio-y: "studio-y" is not an account in config.toml (known: feed, tooter)',
        "posts/a.md:31: has a control character (U+0007): delete it",
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("Words.", "posts/a.md:1: has no front matter: begin with a line +++, and end it with another"),
        ("+++\nid = 1\n", "posts/a.md:1: has no front matter: begin with a line +++, and end it with another"),
        ("", "posts/a.md:1: has no front matter: begin with a line +++, and end it with another"),
        ("+++\nid = \n+++\n", "posts/a.md:2: this is not TOML: Invalid value"),
        (least(body=" \n"), "posts/a.md: says nothing: write words below the second +++, or add an [[image]]"),
        (least('accounts = ["feed"]\n'), "posts/a.md:6: this is not TOML: Cannot overwrite a value"),
        (
            least("publish_at = 2026-12-01\n"),
            (
                "posts/a.md:6: publish_at must be a date and time without quotes, such as 2026-12-01T09:00:00, "
                "not 2026-12-01"
            ),
        ),
        (least("[[image]]\nalt = 'x'\n"), "posts/a.md:6: image: a picture needs a headline or a photo"),
        (
            least("[[image]]\nheadline = '\\u0000'\n".replace("'", '"')),
            "posts/a.md:7: image.headline: has a control character (U+0000): delete it",
        ),
        (least("[source]\n"), "posts/a.md:6: source.document is missing"),
    ],
)
def test_one_mistake_is_one_sentence(content, told):
    assert problems(content)[0] == told


def test_an_account_named_twice_is_told():
    assert problems(least().replace('["feed"]', '["feed", "feed"]')) == [
        'posts/a.md:5: accounts: "feed" stands there twice'
    ]


@pytest.mark.parametrize("name", ["a" * 81, "-a", "a--b", "a_b", "A", "", "a/b", "../a"])
def test_an_id_is_a_short_slug(name):
    assert "is not an id" in problems(least().replace('id = "a"', f'id = "{name}"'))[0]


@pytest.mark.parametrize(
    "photo",
    ["/images/a.jpg", "images/../a.jpg", "..", ".", "images\\\\a.jpg", "C:/a.jpg", "images", "images/no.jpg"],
)
def test_a_photo_is_a_file_in_images(tmp_path, photo):
    (tmp_path / "images").mkdir()
    (tmp_path / "a.jpg").touch()
    assert "image.photo" in problems(least(f'[[image]]\nphoto = "{photo}"\n'), root=tmp_path)[0]


def test_a_photo_that_is_there_is_taken_and_one_that_leads_away_is_not(tmp_path):
    (tmp_path / "images").mkdir()
    (tmp_path / "images/feet.jpg").touch()
    (tmp_path / "outside.jpg").touch()
    (tmp_path / "images/link.jpg").symlink_to(tmp_path / "outside.jpg")
    post = parse(least('[[image]]\nphoto = "images/feet.jpg"\n'), "posts/a.md", around=Around(root=tmp_path))
    assert post.images[0].photo == "images/feet.jpg"
    told = problems(least('[[image]]\nphoto = "images/link.jpg"\n'), root=tmp_path)
    assert told == ["posts/a.md:7: image.photo: images/link.jpg leads out of images/: put the photo itself there"]


@pytest.mark.parametrize("year", ["0001", "1999", "2101", "9999"])
def test_a_time_is_in_the_years_of_a_calendar(year):
    for wish in ("publish_at", "not_after"):
        told = problems(least(f"{wish} = {year}-12-31T23:00:00\n"))
        assert told == [f"posts/a.md:6: {wish}: {year}-12-31T23:00:00 is not in the years 2000 to 2100"]


@pytest.mark.parametrize("name", ["a" * 400 + ".txt", "é" * 130 + ".txt", "a/" * 600 + "a.txt"])
def test_a_path_is_no_longer_than_a_file_can_be_called(name):
    source = f'[source]\ndocument = "{name}"\nsha256 = "{"a" * 64}"\n'
    assert problems(least(source)) == [
        f'posts/a.md:7: source.document: "{name[:40]}..." is longer than any name of a file'
    ]


SEEN = st.characters(codec="utf-8", exclude_categories=("Cc",), exclude_characters="\ufffe\uffff")
words = st.text(SEEN, max_size=30).map(str.strip)
lines = st.lists(words, max_size=4).map("\n".join).map(str.strip) | st.sampled_from(
    ["+++", "a\n+++\nb", '"""\n"""', "\\"]
)
slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
paths = st.from_regex(r"[a-z]{1,5}/[a-zA-Zäé .]{0,5}x\.txt", fullmatch=True)
images = st.builds(
    Image,
    headline=words.filter(bool),
    support=lines,
    alt=lines,
    template=slugs,
    photo=st.just("") | paths.map("images/".__add__),
    credit=words,
    licence=words,
    consent=words,
)
sources = st.builds(
    Source,
    paths,
    st.just("0" * 64),
    st.lists(st.integers(0, 99).map(lambda start: (start, start + 5)), max_size=3).map(tuple),
)
posts = st.builds(
    Post,
    id=slugs,
    status=st.sampled_from(Status),
    accounts=st.lists(slugs, min_size=1, max_size=3, unique=True).map(tuple),
    text=lines.filter(bool),
    images=st.lists(images, max_size=2).map(tuple),
    texts=st.dictionaries(slugs, lines, max_size=2),
    publish_at=st.none() | st.datetimes(datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2100-12-31")),
    not_after=st.none() | st.datetimes(datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2100-12-31")),
    topic=words,
    link=st.sampled_from(["", "https://example.com/book?a=b#c"]),
    tags=st.lists(st.from_regex(r"\w{1,9}", fullmatch=True), max_size=2).map(tuple),
    source=st.none() | sources,
    path=st.just("posts/a.md"),
)


@given(posts)
def test_a_post_survives_its_file(post):
    assert parse(dump(post), post.path) == post


@given(posts, st.sampled_from(Status))
def test_a_new_status_is_all_that_changes(post, status):
    before = dump(post)
    after = set_status(before, status)
    assert parse(after, "posts/a.md").status is status
    assert set_status(after, post.status) == before


def test_the_canonical_file_reads_well():
    assert dump(parse(FULL, "posts/a.md")) == FULL.replace('"#ashiatsu"', '"ashiatsu"').replace(
        "[[image]]   # the only one", '[[image]]\ntemplate = "quote"'
    ).replace('"draft"   #', '"draft" #').replace("+++\n\nThe words", "+++\nThe words")


@pytest.mark.parametrize("content", [FULL, FULL.replace("\n", "\r\n"), "\ufeff" + FULL])
def test_a_status_is_set_and_every_other_byte_is_kept(content):
    assert set_status(content, Status.APPROVED) == content.replace('"draft"', '"approved"')


def test_a_status_in_other_quotes_and_odd_places_is_set():
    odd = "+++\n\n  status='draft'# why\nid = \"a\"\n# end\n+++"
    assert set_status(odd, Status.WITHDRAWN) == odd.replace("'draft'", '"withdrawn"')


@pytest.mark.parametrize("content", ["words", "+++\nid = \n+++\n"])
def test_a_file_that_cannot_be_read_is_not_edited(content):
    with pytest.raises(Problems, match=r"posts/a\.md"):
        set_status(content, Status.APPROVED, "posts/a.md")


@given(st.integers(0, len(FULL)), st.integers(0, 30), st.text(SEEN, max_size=5) | st.sampled_from('"[]=.\n\\'))
def test_whatever_a_hand_slips_into_a_file_is_a_problem_at_a_line_of_it_or_a_post(at, length, slip):
    content = FULL[:at] + slip + FULL[at + length :]
    lines = [0]
    try:
        parse(content, "posts/a.md", around=Around(accounts=["feed", "studio-x"]))
    except Problems as found:
        lines = [problem.line for problem in found.problems]
    assert 0 <= min(lines) <= max(lines) <= content.count("\n") + 1


@pytest.mark.parametrize("many", [101, 60_000])
def test_more_than_a_hundred_tags_are_one_mistake(many):
    content = least(f"tags = {[f'tag{n}' for n in range(many)]}\n")
    assert problems(content) == [f"posts/a.md:6: tags: {many} are too many: keep at most 100"]


def test_a_hundred_tags_are_read():
    assert len(parse(least(f"tags = {[f'tag{n}' for n in range(100)]}\n"), "posts/a.md").tags) == 100
