"""PDFs, written object by object."""

import zlib

CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
FONTS = b"<< /Font << /R 3 0 R /B 4 0 R >> >>"
REGULAR = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
BOLD = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>"


def stream(content, entries=b""):
    return b"<< /Length %d %b >> stream\n%b\nendstream" % (len(content), entries, content)


def file(objects, trailer=b"", root=b"/Root 1 0 R"):
    """The bytes of a file: objects by number, a table of where they stand, a trailer."""
    out, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", {}
    for number, content in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    size = max(objects) + 1
    rows = [b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(size)]
    table = b"xref\n0 %d\n%b" % (size, b"".join(rows))
    return out + table + b"trailer << /Size %d %b %b >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, trailer, len(out))


def objects(*pages, extra=b""):
    """The objects of a document with these content streams as its pages."""
    found = {1: CATALOG, 3: REGULAR, 4: BOLD}
    kids = []
    for n, content in enumerate(pages):
        page, body = 5 + 2 * n, 6 + 2 * n
        kids.append(b"%d 0 R" % page)
        found[page] = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources %b /Contents %d 0 R %b >>" % (
            FONTS,
            body,
            extra,
        )
        found[body] = content if content.startswith(b"<<") else stream(content)
    found[2] = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (b" ".join(kids), len(kids))
    return found


def line(words, x=72, y=700, *, size=11, font="R", matrix=""):
    """One line of text in a content stream."""
    shown = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    place = matrix or f"1 0 0 1 {x} {y}"
    return b"BT /%b %d Tf %b Tm (%b) Tj ET\n" % (font.encode(), size, place.encode(), shown)


def column(*lines, x=72, y=700, size=11, font="R", leading=14):
    return b"".join(line(words, x, y - n * leading, size=size, font=font) for n, words in enumerate(lines))


def pdf(*pages):
    return file(objects(*pages))


def packed(content):
    """A page's content, compressed."""
    return stream(zlib.compress(content), b"/Filter /FlateDecode")


PROSE = column(
    "A sauna warms the whole body, so that the muscles soften and let go of",
    "what they have held on to for the length of a working week in the cold.",
)
