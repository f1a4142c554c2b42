"""Ways into a network, by the spelling of an address or by what its name stands for: none of them leads anywhere."""

import pytest

from bot.errors import FetchError
from bot.io.address import spelled
from bot.io.fetch import Gate, fetch
from bot.io.machines import is_public

NUMBERS = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.254 127.0.0.1 127.1.2.3 127.255.255.255
168.63.129.16 169.254.0.1 169.254.169.254 169.254.170.2 169.254.170.23 172.16.0.1 172.31.255.254 192.0.0.1 192.0.0.192
192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1
239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 ::2 ::127.0.0.1 ::10.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:8.8.8.8
::ffff:0:127.0.0.1 ::ffff:7f00:1 64:ff9b::127.0.0.1 64:ff9b::169.254.169.254 64:ff9b::8.8.8.8 64:ff9b:1::10.0.0.1
64:ff9b:1:fffe::1 100::1 100:0:0:1::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1 2001:20::1
2001:db8::1 2002:7f00:1:: 2002:a00:1::1 2002:a9fe:a9fe::1 2002:808:808::1 3fff::1 3fff:fff::1 5f00::1 4000::1
fc00::1 fd00::1 fd00:ec2::254 fd20:ce::254 fe80::1 fe80::1%eth0 fe80::a9fe:a9fe%1 febf::1 fec0::1 ff02::1 ff0e::1
2600:1f14::5efe:10.0.0.1 2600:1f14::200:5efe:127.0.0.1 2606:4700::1111%eth0 fe80::5efe:192.168.0.1
""".split()
"""What resolvers may answer: loopback, private, link-local, metadata, mapped, translated, tunnelled, reserved."""
UNREADABLE = ["", "1", "127.1", "0x7f.0.0.1", "0177.0.0.1", "010.8.8.8", "8.8.8.8 ", "localhost", "8.8.8.8/32", "[::1]"]
PUBLIC = """
1.1.1.1 8.8.8.8 9.9.9.9 11.0.0.1 93.184.215.14 100.63.255.255 100.128.0.1 126.255.255.255 128.0.0.1 169.253.1.1
172.15.255.255 172.32.0.1 192.0.1.1 192.167.1.1 192.169.1.1 198.17.1.1 198.20.0.1 223.255.255.254 2606:4700::1111
2001:4860:4860::8888 2a00:1450:4001:80b::200e 2600:1f14::5efe:8.8.8.8 2001:200::1
""".split()
SPELLINGS = [
    *["https://127.0.0.1/", "https://127.0.0.1:443/", "https://127.1/", "https://0/", "https://2130706433/"],
    *["https://0x7f000001/", "https://0x7f.0x0.0x0.0x1/", "https://0177.0.0.1/", "https://017700000001/"],
    *["https://127.0.0.01/", "https://127.0.0.1./", "https://127.0.0.0x1/", "https://00000177.1/", "https://1.1/"],
    *["https://169.254.169.254/latest/meta-data/", "https://2852039166/", "https://0xA9FEA9FE/", "https://8.8.8.8/"],
    *["https://[::1]/", "https://[::]/", "https://[::ffff:127.0.0.1]/", "https://[fe80::1%25eth0]/", "https://[::1/"],
    *["https://[0:0:0:0:0:ffff:7f00:1]/", "https://::1/", "https://[v1.fe80::a]/", "https://[2606:4700::1111]/"],
    *["https://localhost/", "https://localhost:443/", "https://LOCALHOST/", "https://router/", "https://a/"],
    *[
        "https://１２７.0.0.1/",
        "https://①②⑦.⓪.⓪.①/",
        "https://127。0。0。1/",
        "https://127｡0.0.1/",
        "https://loc\u0430lhost/",
    ],
    *["https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "https://exa\u00admple.com/", "https://exam\u200bple.com/", "https://faß.example/"],
    *[
        "https://example.com@127.0.0.1/",
        "https://127.0.0.1@example.com/",
        "https://a:b@example.com/",
        "https://@a.com/",
    ],
    *["https://example.com\\@127.0.0.1/", "https://example.com\\.inside/", "https:\\\\example.com/", "https:/\\a.com/"],
    *["https://127.0.0.1%2f@a.com/", "https://example%2ecom/", "https://%31%32%37.0.0.1/", "https://exa%00mple.com/"],
    *["https://example.com\t/", "https://exam\nple.com/", "https://example.com /", "https://example .com/"],
    *[
        "https://example.com\r\nHost: inside/",
        "https://example.com/\r\nX: y",
        "https://example.com/a b",
        "https://\x00a.com/",
    ],
    *["https://example.com:22/", "https://example.com:80/", "https://example.com:8443/", "https://example.com:0/"],
    *[
        "https://example.com:/",
        "https://example.com:443:443/",
        "https://example.com:443@inside/",
        "https://a.com:4４3/",
    ],
    *["https://example.com:99999/", "https://example.com:-1/", "https://example.com:0x1bb/", "https://.example.com/"],
    *[
        "https://example..com/",
        "https://-a.com/",
        "https://a-.com/",
        "https://_a.com/",
        "https://*.com/",
        "https://$(id).com/",
    ],
    *[
        "https://example.com./",
        "https://" + "a" * 64 + ".com/",
        "https://" + "a." * 130 + "com/",
        "https://a.com/" + "a" * 2000,
    ],
    *[
        "http://example.com/",
        "HTTP://example.com/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "file://localhost/etc/passwd",
    ],
    *[
        "gopher://127.0.0.1:70/_a",
        "dict://127.0.0.1:11211/",
        "ldap://example.com/",
        "jar:https://a.com!/",
        "ws://a.com/",
    ],
    *[
        "data:text/html,a",
        "javascript:alert(1)",
        "mailto:a@example.com",
        "https:example.com",
        "https:/example.com",
        "//a.com/",
    ],
    *[
        "",
        " ",
        "https://",
        "https:///",
        "https://?",
        "https://#a",
        "://a.com",
        "example.com",
        "/etc/passwd",
        "https//a.com",
    ],
]


class NotReached(AssertionError):
    """Somebody was about to be asked."""


def nobody():
    raise NotReached


@pytest.mark.parametrize("number", NUMBERS)
def test_a_name_that_stands_for_a_machine_inside_is_not_fetched(number):
    asked = []
    gate = Gate(resolve=lambda host, port: asked.append(host) or ["93.184.215.14", number], trust=nobody)
    with pytest.raises(FetchError, match="is not on the public Internet"):
        fetch("https://rebound.example.com/", gate=gate)
    assert asked == ["rebound.example.com"]


@pytest.mark.parametrize("number", [*NUMBERS, *UNREADABLE])
def test_what_is_not_public_is_not_public(number):
    assert not is_public(number)


@pytest.mark.parametrize("number", PUBLIC)
def test_what_is_public_is_public(number):
    assert is_public(number)


@pytest.mark.parametrize("written", SPELLINGS)
def test_an_address_that_could_be_read_in_two_ways_is_not_even_looked_up(written):
    gate = Gate(resolve=lambda host, port: nobody(), trust=nobody)
    with pytest.raises(FetchError) as caught:
        fetch(written, gate=gate)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 400


MEANT = {
    "https://example.com": "https://example.com/",
    "  https://Example.COM/A?b=C#d  ": "https://example.com/A?b=C",
    "HTTPS://example.com:443/": "https://example.com/",
    "https://example.com?a=b": "https://example.com/?a=b",
    "https://münchen.example/fuß": "https://xn--mnchen-3ya.example/fu%C3%9F",
    "https://ＥＸＡＭＰＬＥ.com/": "https://example.com/",
    "https://xn--mnchen-3ya.example/": "https://xn--mnchen-3ya.example/",
    "https://a.co/%7e%20?q=%C3%A4&b=[1]": "https://a.co/%7e%20?q=%C3%A4&b=%5B1%5D",
    "https://127.0.0.1.nip.io/": "https://127.0.0.1.nip.io/",
    "https://example.com/@me/127.0.0.1": "https://example.com/@me/127.0.0.1",
    "https://3com.com/": "https://3com.com/",
}


@pytest.mark.parametrize("written", MEANT)
def test_an_address_is_read_as_browsers_read_it(written):
    assert str(spelled(written)) == MEANT[written]
