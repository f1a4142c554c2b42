"""A person's yes in her browser comes back here, or is pasted."""

import threading
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from bot.consent import Consent
from bot.errors import FootnoteError
from bot.networks.oauth import Grant
from tests.servers import free_port


@pytest.fixture
def consent():
    grant = Grant("https://a.example/oauth", "https://a.example/token", {"post": "to post"})
    return Consent(grant, "app", redirect=f"http://localhost:{free_port()}/")


def test_the_address_tells_the_challenge_and_never_the_verifier(consent):
    asked = parse_qs(urlsplit(consent.address).query)
    assert asked["redirect_uri"] == [consent.back]
    assert len(asked["code_challenge"][0]) == 43
    assert consent.verifier not in consent.address


def test_the_browser_comes_back_and_gets_a_page(consent):
    pages = []

    def browse():
        port = urlsplit(consent.back).port
        queries = ("favicon.ico", "?code=evil&state=wrong", f"?code=abc&state={consent.state}")
        pages.extend(requests.get(f"http://127.0.0.1:{port}/{query}", timeout=5) for query in queries)

    def ready():
        threading.Thread(target=browse).start()

    code = consent.wait(ready, patience=10)
    assert (code.code, code.redirect, code.verifier) == ("abc", consent.back, consent.verifier)
    assert [page.status_code for page in pages[:2]] == [404, 404]


def test_nobody_comes_and_a_taken_port_are_said(consent):
    with pytest.raises(FootnoteError, match="nobody came"):
        consent.wait(lambda: None, patience=0.1)
    import socket

    with (
        socket.create_server(("127.0.0.1", urlsplit(consent.back).port)),
        pytest.raises(FootnoteError, match="--paste"),
    ):
        consent.wait(lambda: None, patience=0.1)


def test_a_pasted_address_gives_its_code(consent):
    pasted = f" {consent.back}?state={consent.state}&code=a%2Fb#_ \n"
    assert consent.code_in(pasted).code == "a/b"


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("", "not the address"),
        ("http://[", "not the address"),
        ("abc", "not the address"),
        ("http://localhost/?error=access_denied&error_description=No+thanks", "No thanks"),
        ("http://localhost/?code=abc", "another sign-in"),
        ("http://localhost/?code=abc&state=é", "another sign-in"),
    ],
)
def test_anything_else_is_refused_with_what_to_do(consent, pasted, said):
    with pytest.raises(FootnoteError, match=said):
        consent.code_in(pasted)
