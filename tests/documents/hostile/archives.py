"""Hostile Word files: archives that lie, parts that declare, words that never end."""

import io
import struct
import zipfile

from tests.documents.hostile.secret import SECRET
from tests.documents.word import NUMBERING, TYPES, W, document, docx, packed, paragraph, parts, table

WARM = paragraph("It is warm here.")
LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def sound():
    return docx(WARM)


def cut(at):
    """The first bytes of a sound file: a share of it, or up to a sign and some bytes behind."""

    def made():
        content = sound()
        if isinstance(at, float):
            return content[: int(len(content) * at)]
        sign, behind = at
        return content[: content.index(sign) + behind]

    return made


def patched(sign, offset, value, *, last=False):
    """A sound file in which one field of one record says something else."""

    def made():
        content = bytearray(sound())
        start = content.rindex(sign) if last else content.index(sign)
        content[start + offset : start + offset + len(value)] = value
        return bytes(content)

    return made


CUT = {
    "cut in the first sign": cut((LOCAL, 2)),
    "cut behind the first sign": cut((LOCAL, 4)),
    "cut in the first header": cut((LOCAL, 20)),
    "cut in the first name": cut((LOCAL, 35)),
    "cut in a part": cut(0.3),
    "cut in the middle": cut(0.5),
    "cut before the directory": cut((CENTRAL, 0)),
    "cut in the directory": cut((CENTRAL, 30)),
    "cut in the last entry": cut(0.95),
    "cut before the end record": cut((END, 0)),
    "cut in the end record": cut((END, 10)),
    "cut by one byte": lambda: sound()[:-1],
    "without its first bytes": lambda: sound()[4:],
    "words before it": lambda: b"words" * 1000 + sound(),
    "words behind it": lambda: sound() + b"words" * 1000,
    "twice": lambda: sound() * 2,
}
SHORT, LONG = b"\xff\xff", b"\xff\xff\xff\xff"
PATCHED = {
    name: patched(*where)
    for name, where in {
        "a header's sign": (LOCAL, 0, b"XX"),
        "a header's flag: locked": (LOCAL, 6, b"\1\0"),
        "a header's flag: streamed": (LOCAL, 6, b"\x08\0"),
        "a header's method: none": (LOCAL, 8, b"\0\0"),
        "a header's checksum": (LOCAL, 14, LONG),
        "a header's packed size": (LOCAL, 18, LONG),
        "a header's size": (LOCAL, 22, LONG),
        "a header's name length": (LOCAL, 26, SHORT),
        "a header's extra length": (LOCAL, 28, SHORT),
        "a header's name": (LOCAL, 30, b"../../x"),
        "an entry's sign": (CENTRAL, 0, b"XX"),
        "an entry's version": (CENTRAL, 6, SHORT),
        "an entry's flag: locked": (CENTRAL, 8, b"\1\0"),
        "an entry's flag: strongly locked": (CENTRAL, 8, b"\x41\0"),
        "an entry's flag: patched": (CENTRAL, 8, b"\x20\0"),
        "an entry's method: none": (CENTRAL, 10, b"\0\0"),
        "an entry's method: bzip": (CENTRAL, 10, b"\x0c\0"),
        "an entry's method: lzma": (CENTRAL, 10, b"\x0e\0"),
        "an entry's method: unknown": (CENTRAL, 10, b"\x63\0"),
        "an entry's date": (CENTRAL, 12, LONG),
        "an entry's checksum": (CENTRAL, 16, LONG),
        "an entry's packed size: none": (CENTRAL, 20, b"\0\0\0\0"),
        "an entry's packed size: endless": (CENTRAL, 20, LONG),
        "an entry's size: none": (CENTRAL, 24, b"\0\0\0\0"),
        "an entry's size: endless": (CENTRAL, 24, LONG),
        "an entry's name length": (CENTRAL, 28, SHORT),
        "an entry's extra length": (CENTRAL, 30, SHORT),
        "an entry's comment length": (CENTRAL, 32, SHORT),
        "an entry's disk": (CENTRAL, 34, SHORT),
        "an entry's place: behind the end": (CENTRAL, 42, b"\xff\xff\xff\x7f"),
        "an entry's place: elsewhere": (CENTRAL, 42, b"\x08\0\0\0"),
        "an entry's name: not UTF-8": (CENTRAL, 46, b"\xff\xfe"),
        "an entry's name: with a zero": (CENTRAL, 47, b"\0"),
        "the end's disk": (END, 4, SHORT),
        "the end's count": (END, 10, SHORT),
        "the end's size": (END, 12, LONG),
        "the end's place": (END, 16, LONG),
        "the end's comment": (END, 20, SHORT),
    }.items()
}


def overlapping():
    """Each entry of the directory names the same bytes."""
    content = bytearray(packed({**parts(WARM), "word/media/a.bin": b"a" * 5_000}))
    first = content.index(CENTRAL)
    second = content.index(CENTRAL, first + 4)
    content[second + 42 : second + 46] = content[first + 42 : first + 46]
    return bytes(content)


def named(*names):
    return lambda: packed([*parts(WARM).items(), *((name, SECRET.name) for name in names)])


def linked():
    """An entry that is a symbolic link."""
    file = io.BytesIO(sound())
    with zipfile.ZipFile(file, "a") as archive:
        link = zipfile.ZipInfo("word/media/link.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, str(SECRET))
    return file.getvalue()


def twice(name):
    def made():
        file = io.BytesIO(sound())
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr(name, document(paragraph("Something else.")))
        return file.getvalue()

    return made


ARCHIVES = {
    "entries that overlap": overlapping,
    "a name that climbs": named("../../../../etc/cron.d/x", "word/../../x"),
    "a name from the root": named("/etc/passwd"),
    "a name with backslashes": named("word\\..\\..\\x"),
    "a name with a drive": named("C:\\x"),
    "a name without letters": named(" ", "."),
    "a very long name": named("a" * 60_000),
    "a link": linked,
    "one part in two cases": twice("WORD/DOCUMENT.XML"),
    "ten thousand entries": named(*(f"a/{n}" for n in range(10_000))),
    "an archive in an archive": lambda: docx(WARM, **{"word/embeddings/a.docx": docx(WARM).decode("latin-1")}),
    "an empty archive": lambda: packed({}),
    "an end record alone": lambda: END + b"\0" * 18,
    "an end record that tells of a larger one": lambda: (
        LOCAL + b"PK\x06\x06" + b"\0" * 52 + b"PK\x06\x07" + LONG * 4 + END + LONG * 4 + b"\0\0"
    ),
    "a bomb of words": lambda: docx(paragraph("a" * 100_000_000)),
    "a bomb of zeros elsewhere": lambda: docx(WARM, **{"word/media/a.bin": "\0" * 150_000_000}),
    "a bomb that hides its size": lambda: patched_size(docx(paragraph("a" * 30_000_000))),
    "a bomb of styles": lambda: docx(WARM, **{
        "word/styles.xml": f"<w:styles {W}>{'<w:style/>' * 3_000_000}</w:styles>"
    }),
    "words for days": lambda: packed(parts("".join(paragraph(f"{n} warm") for n in range(15_000))), zipfile.ZIP_STORED),
}  # fmt: skip


def patched_size(content):
    """The directory says that the main part is small."""
    changed = bytearray(content)
    at = changed.index(b"word/document.xml", changed.index(CENTRAL)) - 46
    changed[at + 24 : at + 28] = struct.pack("<I", 1000)
    return bytes(changed)


LAUGHS = "<!DOCTYPE a [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefghi", "bcdefghix", strict=True)
)
DECLARATIONS = {
    "a file as an entity": f"<!DOCTYPE a [<!ENTITY x SYSTEM '{SECRET.as_uri()}'>]>",
    "a file as a parameter": f"<!DOCTYPE a [<!ENTITY % p SYSTEM '{SECRET.as_uri()}'> %p; <!ENTITY x 'a'>]>",
    "another type definition": f"<!DOCTYPE a SYSTEM '{SECRET.as_uri()}'>",
    "a billion laughs": LAUGHS + "]>",
    "one long laugh": f"<!DOCTYPE a [<!ENTITY x '{'ha' * 100_000}'>]>",
    "a page of the web": "<!DOCTYPE a [<!ENTITY x SYSTEM 'http://169.254.169.254/latest/meta-data'>]>",
    "a declaration without an entity": "<!DOCTYPE a>",
}
DECLARED = {
    f"{name} in the document": lambda declared=declared: docx("", **{
        "word/document.xml": document(paragraph("<w:r><w:t>It is warm &x; here.</w:t></w:r>"), declared)
    })
    for name, declared in DECLARATIONS.items()
}  # fmt: skip
DECLARED |= {
    f"a file as an entity in {name}": lambda name=name: docx(WARM, **{
        name: f"<?xml version='1.0'?>{DECLARATIONS['a file as an entity']}" + (parts()[name].removeprefix("<?xml?>"))
    })
    for name in ("word/styles.xml", "word/numbering.xml", "_rels/.rels", "[Content_Types].xml")
}  # fmt: skip
WORDED = document(paragraph("<w:r><w:t>It is warm &x; here.</w:t></w:r>"), DECLARATIONS["a file as an entity"])
DECLARED["a file as an entity in UTF-16"] = lambda: docx("", **{
    "word/document.xml": WORDED.replace("UTF-8", "UTF-16").encode("utf-16")
})  # fmt: skip


def xml(body):
    return lambda: docx("", **{"word/document.xml": body})


MALFORMED = {
    "a part that is empty": lambda: packed({**parts(WARM), "word/document.xml": ""}),
    "a part of zeros": xml(b"\0" * 1000),
    "a part that is no XML": xml("It is warm here."),
    "a part that never closes": xml(document(WARM)[:-20]),
    "a part with another root": xml("<a/>"),
    "a part without its namespace": xml("<w:document><w:body/></w:document>"),
    "a part in no known encoding": xml(document(WARM).replace("UTF-8", "rot13")),
    "a part in utf-7": xml(document(WARM).replace("UTF-8", "utf-7")),
    "a part that is not UTF-8": xml(document(WARM).encode() + b"\xff\xfe"),
    "half a surrogate pair": xml(document(paragraph("&#xD800;"))),
    "a control character": xml(document(paragraph("&#1;"))),
    "a page instead": xml("<html><body><p>It is warm here.</p></body></html>"),
    "no content types": lambda: docx(WARM, **{"[Content_Types].xml": ""}),
    "no main part": lambda: docx(WARM, **{"word/document.xml": ""}),
    "no relations": lambda: docx(WARM, **{"_rels/.rels": ""}),
    "relations that lead out": lambda: docx(WARM, **{
        "_rels/.rels": parts()["_rels/.rels"].replace("word/document.xml", SECRET.as_uri())
    }),
    "relations that climb": lambda: docx(WARM, **{
        "_rels/.rels": parts()["_rels/.rels"].replace("word/document.xml", "../../../../etc/passwd")
    }),
    "relations that go round": lambda: docx(WARM, **{
        "_rels/.rels": parts()["_rels/.rels"].replace("word/document.xml", "_rels/.rels")
    }),
    "content types of something else": lambda: docx(WARM, **{"[Content_Types].xml": TYPES.replace("word", "cake")}),
}  # fmt: skip


def nested(opens, closes, depth):
    return lambda: docx(f"{opens * depth}{WARM}{closes * depth}")


CELL = ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>")
BOX = ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>")
NESTED = {
    "tables in tables, a hundred thousand": nested(*CELL, 100_000),
    "tables in tables, as many as may be": nested(*CELL, 46),
    "boxes in boxes": nested(*BOX, 10_000),
    "boxes in boxes, as many as may be": nested(*BOX, 34),
    "controls in controls": nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 70),
    "insertions in insertions": nested("<w:ins>", "</w:ins>", 140),
    "elements that nobody knows": nested("<w:what>", "</w:what>", 140),
}
LINK = f'<w:hyperlink r:id="x" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{WARM}'
LEVELS = NUMBERING.replace('<w:lvl w:ilvl="0">', '<w:lvl w:ilvl="99999">')
ROUND = '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="A"/></w:style>'
INSIDE = {
    "a picture that is a file": (
        lambda: docx(
            WARM
            + paragraph(
                '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
                '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>'
                '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
                '<a:blip r:link="p" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
                "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
            ),
            **{
                "word/_rels/document.xml.rels": parts()["_rels/.rels"]
                .replace('Id="r1"', 'Id="p" TargetMode="External"')
                .replace("officeDocument", "image")
                .replace("word/document.xml", SECRET.as_uri())
            },
        )
    ),
    "a link that runs": lambda: docx(f"{LINK}</w:hyperlink>"),
    "another file's words": lambda: docx(WARM + '<w:altChunk r:id="x" xmlns:r="a"/><w:subDoc r:id="x" xmlns:r="a"/>'),
    "a field that includes a file": lambda: docx(
        WARM + paragraph(f'<w:fldSimple w:instr="INCLUDETEXT {SECRET}"><w:r><w:t>Warm.</w:t></w:r></w:fldSimple>')
    ),
    "macros": lambda: docx(WARM, **{"word/vbaProject.bin": "Sub AutoOpen()"}),
    "a map of styles of its own": lambda: docx(WARM, **{"mammoth/style-map": "p => script:fresh"}),
    "a style that stands on itself": lambda: docx(paragraph("Warm.", "A"), **{
        "word/styles.xml": f"<w:styles {W}>{ROUND}</w:styles>"
    }),
    "a list too deep to be one": lambda: docx(paragraph("Warm.", level=99999), **{
        "word/numbering.xml": LEVELS
    }),
    "a list of no level": lambda: docx(paragraph("Warm.", level="x")),
    "a list below the first": lambda: docx(paragraph("Warm.", level=-7)),
    "a note that is not there": lambda: docx(paragraph("<w:r><w:footnoteReference w:id='9'/><w:t>Warm.</w:t></w:r>")),
    "a cell as wide as the world": lambda: docx(
        table([f'<w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>{WARM}', WARM])
    ),
    "a cell that goes on from nowhere": lambda: docx(table([f"<w:tcPr><w:vMerge/></w:tcPr>{WARM}"])),
    "a sign of no font": lambda: docx(paragraph("<w:r><w:sym w:font='x' w:char='ZZZZ'/><w:t>Warm.</w:t></w:r>")),
}  # fmt: skip
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHERS = {
    "an old Word file": lambda: OLE + b"\0" * 5000 + "WordDocument".encode("utf-16-le"),
    "a locked file": lambda: OLE + b"\0" * 5000 + "EncryptedPackage".encode("utf-16-le"),
    "a spreadsheet": lambda: packed({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<a/>"}),
    "a presentation": lambda: packed({"[Content_Types].xml": TYPES, "ppt/presentation.xml": "<a/>"}),
    "an OpenDocument file": lambda: packed({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": "<a/>",
    }),
    "a program": lambda: packed({"META-INF/MANIFEST.MF": "Main-Class: x"}),
}  # fmt: skip
LOUD = {**ARCHIVES, **NESTED}
QUIET = {**CUT, **PATCHED, **DECLARED, **MALFORMED, **INSIDE, **OTHERS}
