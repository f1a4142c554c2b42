"""Hostile PDFs: tables that lie, objects that go round, streams that never end."""

import io
import zlib

from pypdf import PdfWriter

from tests.documents.hostile.secret import SECRET
from tests.documents.press import CATALOG, PROSE, REGULAR, file, objects, packed, pdf, stream

MANY = 100_000


def sound():
    return pdf(PROSE)


def cut(where, behind=0):
    def made():
        content = sound()
        return (
            content[: int(len(content) * where)]
            if isinstance(where, float)
            else content[: content.index(where) + behind]
        )

    return made


def swapped(before, after, times=1):
    """A sound file in which some bytes say something else (and all that follows stands elsewhere)."""
    return lambda: sound().replace(before, after, times)


def changed(**numbered):
    """A sound file with other objects (o1=...) put in or replaced; the table is right."""
    return lambda: file({**objects(PROSE), **{int(name[1:]): content for name, content in numbered.items()}})


def shown(content):
    return lambda: file(objects(content))


def round_tables():
    content = sound()
    at = content.rindex(b"\nxref") + 1
    return content.replace(b"/Size 7", b"/Size 7 /Prev %d" % at)


CUT = {
    "cut in the sign": cut(b"%PDF", 3),
    "cut behind the sign": cut(b"%PDF-1.7", 8),
    "cut in the first object": cut(b"/Catalog"),
    "cut in a stream": cut(b"muscles"),
    "cut before a stream ends": cut(b"endstream"),
    "cut in the middle": cut(0.5),
    "cut in the table": cut(b"xref\n0", 30),
    "cut before the trailer": cut(b"trailer"),
    "cut in the trailer": cut(b"/Size", 5),
    "cut before the table's place": cut(b"startxref", 9),
    "cut by its end": cut(b"%%EOF"),
    "words before it": lambda: b" " * 100 + sound(),
    "words behind it": lambda: sound() + b"words " * 10_000,
    "twice": lambda: sound() * 2,
    "newlines of a Mac": lambda: sound().replace(b"\n", b"\r"),
}
TABLES = {
    "a table's place: nowhere": swapped(b"startxref\n", b"startxref\n999999999"),
    "a table's place: before the start": swapped(b"startxref\n", b"startxref\n-"),
    "a table's place: a word": swapped(b"startxref\n", b"startxref\nhere"),
    "a table's place: the file's start": lambda: sound().rsplit(b"startxref", 1)[0] + b"startxref\n0\n%%EOF",
    "a table of too many": swapped(b"xref\n0 7", b"xref\n0 99999999"),
    "a table of less than none": swapped(b"xref\n0 7", b"xref\n0 -7"),
    "a table from nowhere": swapped(b"xref\n0 7", b"xref\n99999999 7"),
    "a table of words": swapped(b" 00000 n", b" warm! n", 9),
    "a table that leads astray": swapped(b"0000000015", b"0000000099"),
    "a table before itself": lambda: file(objects(PROSE), b"/Prev 9"),
    "a table before a table, round": round_tables,
    "no trailer": swapped(b"trailer", b"retliart"),
    "no root": lambda: file(objects(PROSE), root=b""),
    "a root that is a page": lambda: file(objects(PROSE), root=b"/Root 5 0 R"),
    "a root that is nothing": lambda: file(objects(PROSE), root=b"/Root 99 0 R"),
    "a root that is a number": lambda: file(objects(PROSE), root=b"/Root 1"),
    "a version of its own": swapped(b"%PDF-1.7", b"%PDF-99999999999.9"),
    "a size without end": swapped(b"/Size 7", b"/Size 99999999999999999999"),
}


def ladder(rungs, each=b"%d 0 R %d 0 R"):
    """Each node of the tree of pages holds the next twice."""

    def made():
        found = objects(PROSE)
        found[2] = b"<< /Type /Pages /Count 9 /Kids [100 0 R] >>"
        for n in range(100, 100 + rungs):
            below = (n + 1, n + 1) if n + 1 < 100 + rungs else (5, 5)
            found[n] = b"<< /Type /Pages /Parent 2 0 R /Count 9 /Kids [" + each % below[: each.count(b"%d")] + b"] >>"
        return file(found)

    return made


def kids(kids, count=b"1"):
    return changed(o2=b"<< /Type /Pages /Kids %b /Count %b >>" % (kids, count))


TREES = {
    "pages within themselves": kids(b"[2 0 R]"),
    "pages within the root": kids(b"[1 0 R]"),
    "pages that are nothing": kids(b"[99 0 R null 7 (a)]"),
    "pages that are no list": kids(b"5 0 R"),
    "pages less than none": kids(b"[5 0 R]", b"-1"),
    "pages that say they are many": kids(b"[5 0 R]", b"999999999999"),
    "pages that say they are words": kids(b"[5 0 R]", b"(a)"),
    "one page a hundred thousand times": kids(b"[" + b"5 0 R " * MANY + b"]", b"100000"),
    "pages that double at every step": ladder(30),
    "pages ten thousand deep": ladder(10_000, b"%d 0 R"),
    "a page that is its own parent": changed(o5=b"<< /Type /Page /Parent 5 0 R /Contents 6 0 R >>"),
    "a page without anything": changed(o5=b"<< /Type /Page >>"),
    "a page of no type": changed(o5=b"<< /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 6 0 R >>"),
    "a page that is its own words": changed(o5=b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R >>"),
    "words that name each other": changed(
        o5=b"<< /Type /Page /Parent 2 0 R /Contents [6 0 R] >>", o6=b"[7 0 R]", o7=b"[6 0 R]"
    ),
    "names that lead to each other": changed(o6=b"7 0 R", o7=b"6 0 R"),
    "a box without end": changed(o5=b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1e308 1e308] /Contents 6 0 R >>"),
    "a box inside out": changed(o5=b"<< /Type /Page /Parent 2 0 R /MediaBox [9 9 -9 -9] /Contents 6 0 R >>"),
    "a box of words": changed(o5=b"<< /Type /Page /Parent 2 0 R /MediaBox [(a) /b null] /Contents 6 0 R >>"),
    "a page that turns for ever": lambda: file(objects(PROSE, extra=b"/Rotate 9999999999")),
    "a page that turns a little": lambda: file(objects(PROSE, extra=b"/Rotate 45")),
    "a unit without end": lambda: file(objects(PROSE, extra=b"/UserUnit 1e308")),
}


def bomb(times, size=20_000_000):
    """Zeros, packed again and again."""

    def made():
        content = b"\0" * size
        for _ in range(times):
            content = zlib.compress(content)
        return file(objects(stream(content, b"/Filter [" + b"/FlateDecode " * times + b"]")))

    return made


def filtered(filters, content=b"warm", parms=b""):
    return shown(stream(content, b"/Filter %b %b" % (filters, parms)))


def predicted(parms):
    return filtered(b"/FlateDecode", zlib.compress(PROSE), b"/DecodeParms << %b >>" % parms)


STREAMS = {
    "a bomb of zeros": bomb(1, 120_000_000),
    "a bomb in a bomb": bomb(2),
    "a bomb in a bomb in a bomb": bomb(3),
    "a bomb of words": lambda: file(objects(packed(b"BT /R 9 Tf (" + b"warm " * 8_000_000 + b") Tj ET"))),
    "a bomb of runs": filtered(b"/RunLengthDecode", b"\x81a" * 2_000_000),
    "a bomb of codes": filtered(b"/LZWDecode", b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01" * 100_000),
    "sixteen digits that are none": filtered(b"/ASCIIHexDecode", b"zz" * 1000),
    "letters of no alphabet": filtered(b"/ASCII85Decode", b"\xff~z" * 1000),
    "a filter nobody knows": filtered(b"/WarmDecode"),
    "a filter for pictures": filtered(b"/DCTDecode"),
    "a filter for faxes": filtered(b"/CCITTFaxDecode", parms=b"/DecodeParms << /Columns 999999999 /Rows 999999999 >>"),
    "a filter for old pictures": filtered(b"/JBIG2Decode"),
    "a filter for locks": filtered(b"/Crypt"),
    "a thousand filters": filtered(b"[" + b"/FlateDecode " * 1000 + b"]", zlib.compress(PROSE)),
    "a filter that is itself": filtered(b"6 0 R"),
    "packed words that are none": filtered(b"/FlateDecode", b"words"),
    "packed words cut short": filtered(b"/FlateDecode", zlib.compress(PROSE)[:-20]),
    "columns without end": predicted(b"/Predictor 12 /Columns 999999999999"),
    "no columns": predicted(b"/Predictor 15 /Columns 0"),
    "colours without end": predicted(b"/Predictor 2 /Colors 99999999 /BitsPerComponent 99999999"),
    "a guess nobody knows": predicted(b"/Predictor 99"),
    "a length below none": changed(o6=b"<< /Length -1 >> stream\nwarm\nendstream"),
    "a length without end": changed(o6=b"<< /Length 99999999999 >> stream\nwarm\nendstream"),
    "a length that is itself": changed(o6=b"<< /Length 6 0 R >> stream\nwarm\nendstream"),
    "a length that is a word": changed(o6=b"<< /Length (a) >> stream\nwarm\nendstream"),
    "a stream that is a file": lambda: file(
        objects(stream(b"", b"/F << /Type /Filespec /FS /URL /F (%b) >>" % SECRET.as_uri().encode()))
    ),
}


def form(content, names=b""):
    return stream(content, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << %b >> >>" % names)


def doubling(depth, draws=b"/X Do /X Do"):
    """Each form draws the next, twice."""

    def made():
        found = objects(b"/X Do")
        found[5] = found[5].replace(b"/Resources <<", b"/Resources << /XObject << /X 100 0 R >>")
        for n in range(100, 100 + depth):
            found[n] = form(draws, b"/X %d 0 R" % (n + 1))
        found[100 + depth] = form(PROSE)
        return file(found)

    return made


def drawing(content, names):
    found = objects(content)
    found[5] = found[5].replace(b"/Resources <<", b"/Resources << /XObject << %b >>" % names)
    return found


def packs(content, entries):
    """Objects packed in a stream of objects."""
    return changed(o100=stream(content, b"/Type /ObjStm " + entries), o2=b"100 0 R")


def tabled(entries, content=b"\0" * 100):
    """A table that is a stream."""

    def made():
        out = b"%PDF-1.7\n" + b"1 0 obj\n" + CATALOG + b"\nendobj\n"
        table = stream(content, b"/Type /XRef /Root 1 0 R " + entries)
        return out + b"9 0 obj\n" + table + b"\nendobj\nstartxref\n%d\n%%%%EOF" % len(out)

    return made


ROUND = {
    "a form that draws itself": lambda: file({
        **drawing(b"/X Do", b"/X 100 0 R"),
        100: form(b"/X Do", b"/X 100 0 R"),
    }),
    "two forms that draw each other": lambda: file({
        **drawing(b"/X Do", b"/X 100 0 R"),
        100: form(b"/X Do", b"/X 101 0 R"),
        101: form(b"/X Do", b"/X 100 0 R"),
    }),
    "forms that double at every step": doubling(30),
    "forms a thousand deep": doubling(1000, b"/X Do"),
    "a pack of objects in itself": packs(b"100 0 (a)", b"/N 1 /First 6"),
    "a pack that goes on with itself": packs(b"2 0 (a)", b"/N 1 /First 4 /Extends 100 0 R"),
    "a pack of too many": packs(b"2 0 (a)", b"/N 999999999 /First 4"),
    "a pack that begins nowhere": packs(b"2 0 (a)", b"/N 1 /First 999999999"),
    "a pack of less than none": packs(b"2 0 (a)", b"/N -1 /First -1"),
    "a table in a stream, too wide": tabled(b"/W [999999999 1 1] /Size 9"),
    "a table in a stream, of no width": tabled(b"/W [0 0 0] /Size 999999999"),
    "a table in a stream, below none": tabled(b"/W [-1 2 1] /Size 9"),
    "a table in a stream, of too many": tabled(b"/W [1 2 1] /Size 99999999 /Index [0 99999999]"),
    "a table in a stream, round": tabled(b"/W [1 2 1] /Size 9 /Prev 9"),
    "a table in a stream, of words": tabled(b"/W (warm) /Size (a) /Index /b"),
}  # fmt: skip


def fonted(font, **more):
    return changed(o3=font, **more)


def mapped(cmap):
    return fonted(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 100 0 R "
        b"/DescendantFonts [101 0 R] >>",
        o100=stream(b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n%b\nendcmap" % cmap),
        o101=b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << >> >>",
    )


FONTS = {
    "letters without end": mapped(b"1 beginbfrange <00000000> <ffffffff> <0041> endbfrange"),
    "letters backwards": mapped(b"1 beginbfrange <ffff> <0000> <0041> endbfrange"),
    "letters of many letters": mapped(b"1 beginbfchar <4120> <" + b"0041" * 500_000 + b"> endbfchar"),
    "letters that are half a pair": mapped(b"1 beginbfrange <0000> <ffff> <d800> endbfrange"),
    "letters that are odd bytes": mapped(b"1 beginbfchar <4> <0> endbfchar 9 beginbfchar <zz> <> endbfchar"),
    "ranges that never end": mapped(b"1 beginbfrange <0000> <ffff> [" + b"<0041> " * 200_000),
    "a map that uses itself": fonted(
        REGULAR.replace(b">>", b"/ToUnicode 100 0 R >>"), o100=stream(b"/A usecmap", b"/UseCMap 100 0 R")
    ),
    "differences without end": fonted(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /A /Encoding << /Differences [99999999999 /a -5 /b (c) "
        + b"/d " * MANY
        + b"] >> >>"
    ),
    "an encoding that is itself": fonted(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /A /Encoding 100 0 R >>", o100=b"<< /BaseEncoding 100 0 R >>"
    ),
    "a font that is itself": fonted(b"<< /Type /Font /Subtype /Type0 /BaseFont /A /DescendantFonts [3 0 R] >>"),
    "a font of nothing": fonted(b"<< >>"),
    "a font that is a number": fonted(b"7"),
    "widths without end": fonted(
        REGULAR.replace(b">>", b"/FirstChar -9 /LastChar 999999999 /Widths [" + b"1e308 " * MANY + b"] >>")
    ),
    "letters that draw themselves": fonted(
        b"<< /Type /Font /Subtype /Type3 /FontMatrix [0 0 0 0 0 0] /CharProcs << /a 100 0 R >> "
        b"/Encoding << /Differences [65 /a] >> >>",
        o100=stream(b"BT /R 9 Tf (A) Tj ET"),
    ),
    "a font program that is none": fonted(
        REGULAR.replace(b">>", b"/FontDescriptor << /FontFile 100 0 R >> >>"),
        o100=stream(b"\xff" * 1000, b"/Length1 -1"),
    ),
}  # fmt: skip
WORDS = {
    "lists in lists": shown(b"[" * MANY + b" TJ"),
    "names in names": shown(b"<<" * MANY),
    "brackets in brackets": shown(b"BT (" + b"(" * MANY + b" Tj ET"),
    "states in states": shown(b"q " * MANY + PROSE),
    "states never begun": shown(b"Q " * MANY + PROSE),
    "texts in texts": shown(b"BT " * MANY + PROSE),
    "numbers without end": shown(b"1e999 -1e999 0 0 1e400 nan Tm " + PROSE),
    "a number of a million digits": shown(b"9" * 1_000_000 + b" Tz " + PROSE),
    "a place without end": shown(PROSE.replace(b"1 0 0 1", b"1e308 1e308 1e308 1e308")),
    "a place of nothing": shown(PROSE.replace(b"1 0 0 1", b"0 0 0 0")),
    "a size of nothing": shown(PROSE.replace(b"/R 11", b"/R 0")),
    "a size below nothing": shown(PROSE.replace(b"/R 11", b"/R -11")),
    "a size without end": shown(PROSE.replace(b"/R 11", b"/R 9" + b"9" * 400)),
    "a picture that never ends": shown(PROSE + b"BI /W 99999999 /H 99999999 ID " + b"E" * MANY),
    "a million orders": shown(b"0 0 m " * 700_000 + PROSE),
    "words letter by letter": shown(b"BT /R 9 Tf " + b"(a) Tj 9 0 Td " * 20_000 + b"ET"),
    "lines without end": shown(b"BT /R 9 Tf 9 TL " + b"(a warm one) Tj T* " * 20_000 + b"ET"),
    "orders nobody knows": shown(b"BX " + b"warm " * MANY + b"EX " + PROSE),
    "orders without what they need": shown(b"Tm Td Tf Tj TJ ' \" cm Do " + PROSE),
    "words with zeros": shown(PROSE.replace(b"sauna", b"sa\0\1\2una")),
    "words that never close": shown(b"BT /R 9 Tf (It is warm here"),
    "a font that is not there": shown(PROSE.replace(b"/R", b"/Nobody")),
    "letters in sixteens that never close": shown(b"BT /R 9 Tf <" + b"41" * MANY),
}


def rooted(entries, **more):
    return changed(o1=CATALOG.replace(b">>", entries + b" >>"), **more)


LAUGHS = b"<!DOCTYPE a [<!ENTITY x SYSTEM '%b'>]><a>&x;</a>" % SECRET.as_uri().encode()
FILE = b"(%b)" % str(SECRET).encode()
ACTS = {
    "a script when it opens": rooted(b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"),
    "a program when it opens": rooted(b"/OpenAction << /S /Launch /F (/bin/sh) >>"),
    "another file when it opens": rooted(b"/OpenAction << /S /GoToR /F %b >>" % FILE),
    "a page of the web when it opens": rooted(b"/OpenAction << /S /URI /URI (http://169.254.169.254/) >>"),
    "a form that sends": rooted(b"/AcroForm << /Fields [] /XFA 100 0 R >>", o100=stream(LAUGHS)),
    "a description that declares": rooted(b"/Metadata 100 0 R", o100=stream(LAUGHS, b"/Type /Metadata /Subtype /XML")),
    "a file within": rooted(
        b"/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /EF << /F 100 0 R >> >>] >> >>",
        o100=stream(sound()),
    ),
    "names that go round": rooted(b"/Names 100 0 R", o100=b"<< /Kids [100 0 R] >>"),
    "chapters that go round": rooted(b"/Outlines 100 0 R", o100=b"<< /First 100 0 R /Next 100 0 R >>"),
    "labels without end": rooted(b"/PageLabels << /Nums [0 << /S /R /St 999999999999 >>] >>"),
    "layers that go round": rooted(b"/OCProperties 100 0 R", o100=b"<< /D 100 0 R /OCGs [100 0 R] >>"),
}


def locked(**ways):
    def made():
        writer = PdfWriter(clone_from=io.BytesIO(sound()))
        writer.encrypt(**ways)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    return made


def lock(entries):
    return lambda: file(objects(PROSE), b"/Encrypt << /Filter /Standard %b >> /ID [(a) (b)]" % entries)


LOCKS = {
    "a password": locked(user_password="warm"),
    "a password, the new way": locked(user_password="warm", algorithm="AES-256"),
    "an owner's password alone": locked(user_password="", owner_password="warm"),
    "a lock nobody knows": lock(b"/V 99 /R 99"),
    "a lock without a key": lock(b"/V 1 /R 2 /O () /U () /P -4"),
    "a lock of one bit": lock(b"/V 2 /R 3 /Length 1 /O (a) /U (b) /P 0"),
    "a lock without end": lock(b"/V 2 /R 3 /Length 99999999999 /O (%b) /U (%b) /P 0" % (b"a" * 32, b"b" * 32)),
    "a lock that is itself": lambda: file({**objects(PROSE), 100: b"100 0 R"}, b"/Encrypt 100 0 R"),
    "a lock that is a word": lambda: file(objects(PROSE), b"/Encrypt (a)"),
}
LOUD = {**TREES, **STREAMS, **ROUND, **FONTS, **WORDS}
QUIET = {**CUT, **TABLES, **ACTS, **LOCKS}
