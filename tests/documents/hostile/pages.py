"""Hostile web pages."""

from tests.documents.hostile.secret import SECRET

MANY = 100_000


def page(body, head=b""):
    return b"<html><head>%b</head><body><p>It is warm here.</p>%b</body></html>" % (head, body)


def repeated(piece, times=MANY, end=b"x"):
    return lambda: page(piece * times + end)


NESTED = {
    f"nested {tag}": repeated(f"<{tag}>".encode())
    for tag in "div ul blockquote table b span font a section dl details form svg math template button ruby".split()
}
STORMS = {
    "a million tiny elements": lambda: page(b"<i>a</i>" * 600_000),
    "breaks": repeated(b"a<br>"),
    "paragraphs that never close": repeated(b"<p>a"),
    "items that never close": repeated(b"<li>a"),
    "pictures": repeated(b"<img>"),
    "options": repeated(b"<option>a"),
    "cells without a table": repeated(b"<td>a"),
    "tables in cells": repeated(b"<table><tr><td>", 40_000),
    "words in tables without cells": repeated(b"<table>a", 20_000),
    "misnested marks": repeated(b"<b><p></b><i></p>", 20_000),
    "attributes": lambda: page(b"<p " + b"".join(b"a%d=1 " % n for n in range(MANY)) + b">x"),
    "one endless attribute": lambda: page(b"<p class='" + b"menu-" * 400_000 + b"'>x"),
    "one endless style": lambda: page(b"<p style='" + b"display : " * 400_000 + b"'>x"),
    "one endless id": lambda: page(b"<p id='" + b"cookie" * 400_000 + b"'>x"),
    "one endless language": lambda: b"<html lang='" + b"en-" * 400_000 + b"'><p>It is warm here.",
    "one endless word": lambda: page(b"w" * 4_900_000),
    "one endless tag name": lambda: page(b"<" + b"w" * 3_000_000 + b">x"),
    "entities": repeated(b"&amp;", 900_000),
    "numbers as entities": repeated(b"&#x10FFFF;", 300_000),
    "half an entity": repeated(b"&", 2_000_000),
    "numbers too large": repeated(b"&#99999999999999999999;"),
    "bullets": repeated("<br>• ".encode()),
    "blank lines": repeated(b"\n", 2_000_000),
    "no-break spaces": repeated(b"&nbsp;", 500_000),
    "headings": repeated(b"<h1>a</h1>", 40_000),
    "custom elements": repeated(b"<a-b>a</a-b>", 60_000),
    "classes": repeated(b"<p class='widget menu cookie-bar share'>a", 40_000),
}
UNCLOSED = {
    f"unclosed {name}": repeated(piece, times)
    for name, piece, times in [
        ("comments", b"<!--", 500_000),
        ("comments with dashes", b"<!-- --", 300_000),
        ("quotes", b'<a href="', 300_000),
        ("single quotes", b"<a href='", 300_000),
        ("equals signs", b"<a =", 300_000),
        ("tags", b"<p ", 500_000),
        ("closing tags", b"</", 500_000),
        ("angles", b"<", 2_000_000),
        ("instructions", b"<?", 500_000),
        ("declarations", b"<!", 500_000),
        ("sections", b"<![CDATA[", 200_000),
        ("scripts", b"<script>", 200_000),
        ("styles", b"<style>", 200_000),
        ("texts", b"<textarea>", 200_000),
        ("titles", b"<title>", 200_000),
        ("plain texts", b"<plaintext>", 200_000),
        ("metas", b"<meta charset", 200_000),
    ]
}
ODD = {
    "frames": lambda: b"<frameset><frame src='file:///etc/passwd'></frameset>",
    "styles in a drawing": lambda: page(b"<svg><style><p>a</style><p>b"),
    "formulas with words": lambda: page(b"<math><annotation-xml encoding=text/html><p>a"),
    "numbers of runs, forged": lambda: page("\ue0000\ue000 \ue00099999999999999999999\ue000".encode()),
    "numbers in an attribute": lambda: page("<p title='\ue0000\ue000'>a<a-b \ue0001\ue000>".encode()),
    "numbers in a comment": lambda: page("<!-- \ue0000\ue000 --><p>a".encode()),
    "a head that never ends": lambda: b"<head>" + b"<meta a=b>" * 50_000 + b"<p>It is warm here.",
    "letters that turn around": lambda: page("<p>\u202ewarm\u202c \u200b\ufeff".encode()),
    "absurd spans": lambda: page(b"<table><tr><td colspan=99999999999 rowspan=99999999999>a"),
    "absurd size": lambda: page(b"<img width=99999999999999 height=-1><canvas width=1e308>"),
    "xml that closes nothing": lambda: b"<?xml version='1.0'?>" + b"<div/>" * 50_000 + b"<p>It is warm here.",
}
ENCODINGS = {
    "a zero byte": lambda: page(b"a\0b"),
    "zero bytes only": lambda: b"\0" * 1000,
    "a lone continuation": lambda: page(b"\x80"),
    "an overlong letter": lambda: page(b"\xc0\xaf"),
    "half a surrogate pair": lambda: page(b"\xed\xa0\x80"),
    "past the last letter": lambda: page(b"\xf5\x80\x80\x80"),
    "a letter cut short": lambda: page(b"") + b"\xe2\x82",
    "a surrogate as an entity": lambda: page(b"<p>&#xD800;&#xDFFF; warm"),
    "control characters as entities": lambda: page(b"<p>&#0;&#1;&#27;[31m&#127; warm"),
    "utf-16 cut short": lambda: "<p>It is warm.".encode("utf-16")[:-1],
    "utf-16 with half a pair": lambda: b"\xff\xfe<\0p\0>\0\x00\xd8a\0",
    "utf-16 without its mark": lambda: "<p>It is warm.".encode("utf-16-le"),
    "utf-32": lambda: "<p>It is warm.".encode("utf-32"),
    "utf-7 declared": lambda: page(b"+ADw-script+AD4-", b"<meta charset=utf-7>"),
    "an encoding that runs code": lambda: page(b"x", b"<meta charset=unicode_escape>"),
    "an encoding that packs": lambda: page(b"x", b"<meta charset=zlib_codec>"),
    "an encoding without a name": lambda: page(b"x", b"<meta charset=>"),
    "an encoding of another kind": lambda: page(b"\x81\x8d", b"<meta charset=windows-1252>"),
    "two marks": lambda: b"\xef\xbb\xbf\xef\xbb\xbf<p>It is warm here.",
}
FOREIGN = {
    name: lambda body=body: page(body.replace("FILE", SECRET.as_uri()).encode())
    for name, body in {
        "an iframe": "<iframe src='FILE'></iframe>",
        "an object": "<object data='FILE'></object>",
        "an import": "<link rel=import href='FILE'>",
        "an include": "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='FILE' parse='text'/>",
        "a server's include": f"<!--#include file='{SECRET}' -->",
        "a script that asks": "<script>document.write(new XMLHttpRequest('FILE'))</script>",
        "a template that asks": f"<?php echo file_get_contents('{SECRET}'); ?>",
        "another base": "<base href='FILE'><img src='a'>",
        "a refresh": "<meta http-equiv=refresh content='0;url=FILE'>",
    }.items()
}
DECLARED = {
    name: lambda declared=declared: (
        b"<?xml version='1.0'?>"
        + declared.replace("FILE", SECRET.as_uri()).encode()
        + b"<html><body><p>It is warm &x; here.</p></body></html>"
    )
    for name, declared in {
        "a file as an entity": "<!DOCTYPE html [<!ENTITY x SYSTEM 'FILE'>]>",
        "a file as a parameter": "<!DOCTYPE html [<!ENTITY % p SYSTEM 'FILE'> %p;]>",
        "another type definition": "<!DOCTYPE html SYSTEM 'FILE'>",
        "a billion laughs": "<!DOCTYPE html [<!ENTITY a 'ha'>"
        + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefghi", "bcdefghix", strict=True))
        + "]>",
    }.items()
}
LOUD = {**NESTED, **STORMS, **UNCLOSED}
QUIET = {**ODD, **ENCODINGS, **FOREIGN, **DECLARED}
