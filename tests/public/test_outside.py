"""What keeps a network from a picture, each as a real server shows it."""

import threading

import pytest
import trustme

from bot.public import Outside
from tests.public.world import says

ADVICE = "is the shop open?"
NAME = "media.example.com"


def look(address, picture, **ways):
    return list(Outside(**{"patience": 20.0, **ways}).faults(address + "m/abc.jpg", picture, ADVICE))


def picture_and(robots, picture):
    def answer(handler):
        if handler.path == "/robots.txt":
            says(handler, robots.encode(), "text/plain", 200 if robots else 404)
        else:
            says(handler, picture)

    return answer


def test_a_picture_that_anybody_can_fetch_is_well(world, picture):
    asked = []

    def answer(handler):
        asked.append((handler.path, handler.headers["User-Agent"].split("/")[0], handler.headers["Authorization"]))
        picture_and("", picture)(handler)

    assert look(world.serve(NAME, answer), picture) == []
    agent = "facebookexternalhit"
    assert asked == [("/m/abc.jpg", agent, None), ("/robots.txt", agent, None)]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda one, it: says(one, b"<html>", "text/html; charset=utf-8"), 'calls the picture "text/html", not image/'),
        (lambda one, it: says(one, it, "image/png"), 'calls the picture "image/png", not image/jpeg'),
        (lambda one, it: says(one, it, ""), "calls the picture nothing, not image/jpeg"),
        (lambda one, it: says(one, b"", status=302, Location="/sign-in"), "sends its visitors on to /sign-in"),
        (lambda one, it: says(one, b"", status=401), "asks for a password"),
        (lambda one, it: says(one, b"no", status=403), "refuses to show the picture (it answered 403)"),
        (lambda one, it: says(one, b"no", status=404), "does not have the picture"),
        (lambda one, it: says(one, b"no", status=502), "has nobody behind it"),
        (lambda one, it: says(one, b"no", status=500), "it answered 500"),
        (lambda one, it: says(one, it[:100], length=len(it)), "stopped after 100 of"),
        (lambda one, it: says(one, it[:100]), "stopped after 100 of"),
        (lambda one, it: says(one, it[:-9] + b"\0" * 9), "shows another picture"),
    ],
)
def test_each_wrong_answer_has_its_own_sentence(world, picture, answer, said):
    def all_but_robots(handler):
        says(handler, b"", status=404) if handler.path == "/robots.txt" else answer(handler, picture)

    (fault,) = look(world.serve(NAME, all_but_robots), picture)
    assert said in fault.said
    assert fault.is_certain
    assert fault.advice
    assert "abc" not in fault.said + fault.advice, "nobody reads the address in a log"


@pytest.mark.parametrize("begun", [False, True])
def test_what_never_ends_is_too_slow(world, picture, begun):
    over = threading.Event()

    def answer(handler):
        if begun:
            says(handler, picture[:100], length=len(picture))
        over.wait(30)

    try:
        faults = look(world.serve(NAME, answer), picture, patience=0.5)
    finally:
        over.set()
    assert "takes too long" in faults[0].said


def test_a_certificate_must_be_one_that_everybody_knows(world, picture):
    stranger = trustme.CA().issue_cert(NAME)
    (fault,) = look(world.serve(NAME, picture_and("", picture), stranger), picture)
    assert "the certificate of https://media.example.com is not valid" in fault.said
    assert fault.is_certain


def test_a_certificate_must_be_for_this_name(world, picture):
    other = world.authority.issue_cert("www.example.com")
    (fault,) = look(world.serve(NAME, picture_and("", picture), other), picture)
    assert "is not valid" in fault.said
    assert "media.example.com" in fault.said


def test_what_cannot_be_reached_from_here_may_be_reached_from_outside(world, picture):
    (fault,) = look("https://behind-the-router.example.com/", picture)
    assert "cannot be reached from here" in fault.said
    assert "Wi-Fi off" in fault.advice
    assert not fault.is_certain


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "192.168.1.5", "10.0.0.1", "[::1]", "[fd00::1]", "studio.local", "nas", "a.home.arpa"],
)
def test_an_address_of_this_house_is_no_address(picture, host):
    (fault,) = look(f"https://{host}/", picture)
    assert "which no network reaches" in fault.said
    assert fault.is_certain


def test_an_address_is_https_and_in_plain_letters(picture):
    assert "is not https" in look("http://media.example.com/", picture)[0].said
    assert "characters" in look("https://füße.example.com/", picture)[0].said


def test_a_name_that_leads_home_is_a_warning_and_an_unknown_one_is_not(picture, monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    first, second = look("https://media.example.com:1/", picture, resolve=lambda _: ["192.168.1.5"])
    assert "leads to 192.168.1.5" in first.said
    assert (first.is_certain, second.is_certain) == (False, False)

    def unknown(_):
        raise OSError

    (fault,) = look("https://media.example.com/", picture, resolve=unknown)
    assert "no address is known for media.example.com" in fault.said
    assert fault.is_certain


def test_a_robots_txt_may_keep_them_out(world, picture):
    faults = look(world.serve(NAME, picture_and("User-agent: *\nDisallow: /m/\n", picture)), picture)
    assert [fault.said.split(" forbids ")[1].split(",")[0] for fault in faults] == ["facebookexternalhit", "Googlebot"]
    assert 'below it "Allow: /m/"' in faults[0].advice
