import pytest

from bot.documents import place, read_content
from bot.documents.decoded import decode_page
from bot.documents.html import parse, read
from bot.documents.parsed import heard
from bot.errors import DocumentError
from bot.model import Document
from bot.snippets.wording import words


def blocks(source):
    parsed = read(source)
    assert parsed.text == source
    assert len(parsed.readable) == len(source)
    document = Document("a.html", source, parsed.readable, parsed.blocks, "")
    return [(block.kind.value, block.level, words(document, block.span)) for block in parsed.blocks]


def said(source):
    return [text for _, _, text in blocks(source)]


def test_headings_paragraphs_and_items_carry_their_level():
    page = "<h1>Sauna</h1><p>It is warm.<h3>Why</h3><ul><li>One<ul><li>Two</ul><li>Three</ul>"
    assert blocks(page) == [
        ("heading", 1, "Sauna"),
        ("paragraph", 0, "It is warm."),
        ("heading", 3, "Why"),
        ("bullet", 0, "One"),
        ("bullet", 1, "Two"),
        ("bullet", 0, "Three"),
    ]


def test_a_span_leads_into_the_source_with_its_markup():
    page = '<p>\n  It <b class="x">is</b> warm. <i>Very.</i>\n</p>'
    (block,) = read(page).blocks
    assert page[slice(*block.span)] == 'It <b class="x">is</b> warm. <i>Very.'


@pytest.mark.parametrize(
    ("marked", "seen"),
    [
        ('warm<b class="a b">ing</b>.', "warming."),
        ("<a href='a>b'>warm</a>, dry", "warm, dry"),
        ("warm<!-- -->, dry", "warm, dry"),
        ("warm &amp; dry&nbsp;&ndash; &#8220;nice&#8221;", "warm & dry – “nice”"),
        ("1 < 2 & 3", "1 < 2 & 3"),
        ("warm<br>and dry", "warm and dry"),
        ("a <img src=b alt='no'> b", "a b"),
        ("H<sub>2</sub>O", "H2O"),
        ("warm<sup><a href='#fn1'>1</a></sup>.", "warm ."),
        ("<o:p>warm</o:p>ing", "warm ing"),
    ],
)
def test_marks_within_a_line_leave_the_words_as_a_browser_shows_them(marked, seen):
    assert said(f"<p>{marked}</p>") == [seen]


@pytest.mark.parametrize(
    "clutter",
    [
        "<nav>Menu</nav>",
        "<header><a href=/>Home</a></header>",
        "<footer>Us</footer>",
        "<aside>Ad</aside>",
        "<script>let a = '<p>b</p>';</script>",
        "<style>p { }</style>",
        "<noscript>Please</noscript>",
        "<template><p>Later</p></template>",
        "<svg><text>x</text></svg>",
        "<!-- <p>Gone</p> -->",
        "<form><label>Name <input></label><select><option>A</select><textarea>b</textarea><button>Go</button></form>",
        "<p hidden>Gone</p>",
        "<p aria-hidden=true>Gone</p>",
        "<div style='color: red; display: none'>Gone</div>",
        "<dialog>Gone</dialog>",
        "<div role=dialog>We set cookies.</div>",
        "<div class='cookie-banner'><p>We set cookies.</div>",
        "<div id=CybotCookiebotDialog class=cookie-consent>We set cookies.</div>",
        "<div class=breadcrumbs><a href=a>Home</a> &gt; Sauna</div>",
        "<div class='social-share'><a href=a>Tweet</a></div>",
        "<div class=sidebar><h4>Related</h4><a href=a>How to sleep well at night</a></div>",
        "<ul><li><a href=a>Home</a><li><a href=b>Shop</a><li><a href=c>Blog</a></ul>",
        "<section id=comments><p>It healed my knee.</section>",
        "<span class=screen-reader-text>Skip</span>",
        "<title>Sauna</title>",
        "<iframe>Map</iframe>",
        "<div class=hidden-thing><math><mi>x</mi></math></div>",
    ],
)
def test_what_no_reader_came_for_is_left_out(clutter):
    prose = "It is warm, and it is dry, and the heat of the stones stays in the muscles for hours after it."
    assert said(f"<body>{clutter}<p>{prose}</p>{clutter}") == [prose]


@pytest.mark.parametrize(
    "page",
    [
        "<article><header><h1>Sauna</h1></header><p>Warm.</p></article>",
        "<header><h1>Sauna</h1><a href=/>Home</a></header><p>Warm.</p>",
        "<div class=menu-page><h1>Sauna</h1></div><p>Warm.</p>",
        "<div class='elementor-widget'><h1>Sauna</h1></div><div class='elementor-widget'><p>Warm.</div>",
        "<div class=promo><h1>Sauna</h1><p>Warm.</div>",
        "<form><h1>Sauna</h1><p>Warm.</form>",
        "<div class=page><h1>Sauna</h1></div><p><a class='details-popup' href=/warm>Warm</a>.</p>",
        "<div class='cookie-policy-free'><h1>Sauna</h1><p>Warm.</p></div>",
    ],
)
def test_what_only_looks_like_clutter_stays(page):
    assert said(page) == ["Sauna", "Warm."]


def test_the_main_part_stands_alone_where_it_is_most_of_the_page():
    prose = "<p>It is warm, and it is dry.</p>" * 3
    assert said(f"<div>Call us</div><main>{prose}</main>") == ["It is warm, and it is dry."] * 3
    assert said(f"<main>Sale</main>{prose}")[0] == "Sale"
    assert said(f"<article>{prose}</article><article>Two</article><p>Three")[-2:] == ["Two", "Three"]
    assert said(f"<article>{prose}</article><ul><li>Calms the mind.<li>Warms the feet.</ul>")[-1] == "Warms the feet."


@pytest.mark.parametrize(
    ("page", "shape"),
    [
        (
            "<p>A day at sea.<br><br><b>Good for:</b><br>Calm nerves<br>Sound sleep<br><br>Ask us first.</p>",
            "p p - - p",
        ),
        ("<p><b>Good for:</b><br>Calm<br>Sleep<br><br><b>What to bring</b><br>A towel<br>Slippers", "p - - h p p"),
        (
            "<h2>It does you good</h2><p>eases stiff joints<br>\nclears the head<br>\nhelps you to fall asleep</p>",
            "h - - -",
        ),
        ("<p><b>It does you good</b><br>eases joints<br>clears the head<br>helps you to sleep</p>", "h - - -"),
        ("<p>Benefits:<br>\n- Opens the airways<br>\n- Deepens the rest<br>\n", "p - -"),
        ("<p>It is warm,<br>and it is dry<br>as a bone.</p>", "p"),
        ("<p><b>Massage<br>for runners</b><br>\n<b>It is warm.</b></p>", "h p"),
        ("<p>Bath Street<br>Bath<br>01225", "p p p"),
        ("<address>Come to:<br>Bath Street<br>Bath</address>", "p p p"),
    ],
)
def test_the_lines_of_a_paragraph_are_what_they_look_like(page, shape):
    signs = {"paragraph": "p", "bullet": "-", "heading": "h"}
    assert " ".join(signs[str(block.kind)] for block in read(page).blocks) == shape


def test_two_breaks_part_blocks_and_one_does_before_a_large_letter():
    assert said("<p>It is warm.<br><br>it is dry.") == ["It is warm.", "it is dry."]
    assert said("<p>It is warm.<br>It is dry.") == ["It is warm.", "It is dry."]
    assert said("<h1>Hot<br>Stones</h1>") == ["Hot Stones"]


@pytest.mark.parametrize("mark", ["•", "&bull;", "-", "✓", "<span>•</span>&nbsp;", "&#8226;"])
def test_bullets_that_somebody_typed_are_bullets(mark):
    found = blocks(f"<p>{mark} It is warm.<br>{mark} It is dry.</p>")
    assert found == [("bullet", 0, "It is warm."), ("bullet", 0, "It is dry.")]


@pytest.mark.parametrize(
    "page",
    [
        "<p><strong>Why it is warm</strong></p><p>Stones.",
        "<p><b><span>Why it is</span></b> <b>warm</b></p><p>Stones.",
        "<dl><dt>Why it is warm<dd>Stones.</dl>",
        "<details><summary>Why it is warm</summary>Stones.</details>",
        "<p><strong>Why it is warm</strong><br>Stones.",
    ],
)
def test_titles_that_no_heading_names_are_headings(page):
    assert blocks(page) == [("heading", 6, "Why it is warm"), ("paragraph", 0, "Stones.")]


def test_a_bold_sentence_is_none():
    assert blocks("<p><b>It is warm.</b></p>") == [("paragraph", 0, "It is warm.")]


def test_a_title_that_folds_its_section_is_a_heading():
    assert blocks("<h3><button>Why?</button></h3>") == [("heading", 3, "Why?")]


def test_cells_are_read_without_their_head():
    page = "<table><tr><th>Name<th>Gain<tr><td>Sauna<td>It warms.</table>"
    assert said(page) == ["Sauna", "It warms."]


def test_words_that_the_tree_moves_stay_in_the_order_of_the_source():
    assert said("<table><tr><td>One</td></tr>Two</table>Three") == ["One", "Two", "Three"]
    assert said("<p>One <span hidden>no</span>two</p>") == ["One two"]
    assert said("<p>One<div>Two</div>Three</p>") == ["One", "Two", "Three"]


def test_an_item_goes_on_as_paragraphs():
    assert [kind for kind, _, _ in blocks("<ul><li><p>One<p>Two</ul>")] == ["bullet", "paragraph"]


def test_the_page_says_its_language():
    assert read("<html lang=de-AT><p>Warm.").language == "de-AT"
    assert read("<p>Warm.").language == ""
    assert read("<html lang='{{ lang }}'><p>Warm.").language == ""


def test_xhtml_closes_what_it_says_it_closes():
    page = '<?xml version="1.0"?><html><head><title/><script src="a"/></head><body><div/><p>Warm.</p></body></html>'
    assert said(page) == ["Warm."]


@pytest.mark.parametrize(
    "content",
    [
        "<p>Über</p>".encode(),
        "\ufeff<p>Über</p>".encode(),
        "<p>Über</p>".encode("utf-16"),
        b"\xfe\xff" + "<p>Über</p>".encode("utf-16-be"),
        "<meta charset=iso-8859-1><p>Über</p>".encode("windows-1252"),
        "<meta http-equiv=a content='text/html; charset=windows-1252'><p>Über</p>".encode("windows-1252"),
        "<?xml version='1.0' encoding='ISO-8859-15'?><p>Über</p>".encode("iso-8859-15"),
        "<meta charset=utf-16><p>Über</p>".encode(),
    ],
)
def test_a_page_is_decoded_as_it_says(content):
    assert decode_page(content).endswith("<p>Über</p>")


@pytest.mark.parametrize("content", [b"<p>\xfcber", b"<meta charset=utf-8><p>\xfc", b"<meta charset=rot13>a", b"<p>\0"])
def test_a_page_that_cannot_be_decoded_is_refused(content):
    with pytest.raises(DocumentError):
        parse(content)


def test_a_page_read_in_a_child_is_the_same_to_the_code_point():
    page = "<html lang=en><p>😀 It is <b>warm</b>.\r\n<p>é</html>"
    document = read_content(page.encode(), "documents/a.html")
    parsed = read(page.replace("\r\n", "\n"))
    assert (document.text, document.readable, document.blocks) == (parsed.text, parsed.readable, parsed.blocks)
    assert heard(parsed.told()) == parsed
    assert document.language == "en"
    assert place(document, document.blocks[1].span) == "line 2"
    assert words(document, document.blocks[0].span) == "😀 It is warm."
