"""Word files, written part by part."""

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{OFFICE}.document.main+xml"/></Types>'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>'
)
NAMES = {"Title": "Title", "Heading1": "heading 1", "ListBullet": "List Bullet", "TOC1": "toc 1"}
STYLES = (
    f"<w:styles {W}>"
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in NAMES.items()
    )
    + "</w:styles>"
)
LEVELS = "".join(f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="bullet"/></w:lvl>' for level in range(4))
NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def paragraph(words, style="", level=None, bold=False):
    """One paragraph; `words` may hold runs of XML, `level` makes it an item of a list."""
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>' if level is not None else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = words if words.startswith("<") else f"<w:r>{'<w:rPr><w:b/></w:rPr>' * bold}<w:t>{words}</w:t></w:r>"
    return f"<w:p><w:pPr>{named}{number}</w:pPr>{runs}</w:p>"


def table(*rows):
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def document(body, declared=""):
    return f'<?xml version="1.0" encoding="UTF-8"?>{declared}<w:document {W}><w:body>{body}</w:body></w:document>'


def parts(body="", **other):
    """The parts of a whole file, by name; `other` adds or replaces some ("" drops one)."""
    found = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS,
        "word/document.xml": document(body),
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        **other,
    }
    return {name: part for name, part in found.items() if part}


def packed(found, compression=zipfile.ZIP_DEFLATED):
    """The parts as a file's bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, part in found.items() if isinstance(found, dict) else found:
            archive.writestr(name, part)
    return file.getvalue()


def docx(body, **other):
    return packed(parts(body, **other))
