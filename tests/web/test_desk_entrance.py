"""Who comes in to the desk, by what, for how long; and who does not."""

import logging
import re
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
import requests
from starlette.responses import PlainTextResponse

from bot.errors import FootnoteError
from bot.web.desk.entrance import Entrance
from bot.web.desk.passwords import NOBODYS, Guesses, TooManyGuesses, hashed, matches
from bot.web.desk.policy import check_door, client_of, needs_password, policy_of
from bot.web.desk.server import DeskServer, open_desk
from tests.web.house import House, cookie_of, site

PASSWORD = "quiet feet, loud heart"


@pytest.fixture
def house(tmp_path):
    house = House(tmp_path).open()
    yield house
    house.close()


@pytest.fixture
def locked(tmp_path):
    """A desk with a password."""
    house = House(tmp_path)
    house.app.ledger.admissions.keep_password(hashed(PASSWORD))
    yield house.open()
    house.close()


def test_the_start_gives_a_link_that_opens_once(house):
    assert re.fullmatch(
        rf"http://127\.0\.0\.1:{house.port}/enter/[\w-]{{32}}   \(opens once; `bot desk` gives another link\)",
        house.said,
    )
    first = house.ask("GET", f"/enter/{house.key}")
    assert (first.status, first.headers["location"]) == (303, "/")
    assert house.ask("GET", "/", session=cookie_of(first)).body == "inside"
    again = house.ask("GET", f"/enter/{house.key}")
    assert (again.status, "set-cookie" in again.headers) == (403, False)
    assert "has been opened already" in again.body


def test_a_used_link_still_leads_in_where_it_was_opened(house):
    session = house.enter()
    again = house.ask("GET", f"/enter/{house.key}", session=session)
    assert (again.status, again.headers["location"]) == (303, "/")
    assert "set-cookie" not in again.headers


def test_of_two_who_open_a_link_at_the_same_moment_one_comes_in(house):
    with ThreadPoolExecutor(2) as pool:
        for _ in range(10):
            key, start = Entrance(house.app).new_link().rpartition("/")[2], Barrier(2)

            def knock(_, start=start, key=key):
                start.wait()
                return house.ask("GET", f"/enter/{key}").status

            assert sorted(pool.map(knock, range(2))) == [303, 403]


def test_a_link_is_good_for_an_hour(house):
    other = Entrance(house.app).new_link().rpartition("/")[2]
    house.later(minutes=59, seconds=59)
    assert house.enter(other)
    house.later(seconds=1)
    assert not house.enter()


@pytest.mark.parametrize(
    "path", ["/enter/x", "/enter/" + "x" * 5000, "/enter/%00", "/enter/%ff%fe", "/enter/%F0%9F%92"]
)
def test_a_guessed_link_opens_nothing(house, path):
    answer = house.ask("GET", path)
    assert (answer.status, "set-cookie" in answer.headers) == (403, False)
    assert house.enter(), "the real one is still good"


@pytest.mark.parametrize(
    "looks",
    [
        {"Sec_Purpose": "prefetch"},
        {"Sec_Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X_Purpose": "preview"},
    ],
)
def test_a_browser_that_looks_ahead_does_not_use_the_link_up(house, looks):
    answer = house.ask("GET", f"/enter/{house.key}", **looks)
    assert (answer.status, "set-cookie" in answer.headers) == (503, False)
    assert house.ask("HEAD", f"/enter/{house.key}").status == 503
    assert house.enter()


def test_the_cookie_is_for_this_desk_and_for_no_script(house):
    cookie = house.ask("GET", f"/enter/{house.key}").headers["set-cookie"]
    name, *rest = cookie.split("; ")
    assert re.fullmatch(r"footnote-[0-9a-f]{8}=[\w-]{32}", name)
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Max-Age=2592000"} <= set(rest)
    assert "Secure" not in rest
    assert "Domain" not in cookie


def test_two_desks_on_one_machine_do_not_log_each_other_out(house):
    names = {
        Entrance(replace(house.app, config=replace(house.app.config, workspace=name))).cookie for name in ("a", "b")
    }
    assert len(names) == 2


def test_a_session_is_new_at_each_entry_and_the_one_before_ends(house):
    planted = house.enter().partition("=")[0] + "=" + "x" * 32
    mine = house.enter(Entrance(house.app).new_link().rpartition("/")[2], session=planted)
    assert mine
    assert mine != planted
    assert house.ask("GET", "/", session=planted).status == 303
    then = house.enter(Entrance(house.app).new_link().rpartition("/")[2], session=mine)
    assert house.ask("GET", "/", session=mine).status == 303
    assert house.ask("GET", "/", session=then).status == 200


def test_a_session_lasts_thirty_days_and_outlives_the_program(tmp_path, house):
    session = house.enter()
    house.desk.stop()
    house.desk.start()
    assert house.ask("GET", "/", session=session).status == 200
    house.later(days=29, hours=23)
    assert house.ask("GET", "/", session=session).status == 200
    house.later(hours=1)
    assert house.ask("GET", "/", session=session).status == 303


def test_who_leaves_is_out(house):
    session = house.enter()
    assert house.ask("GET", "/leave", session=session).status == 405
    assert house.ask("POST", "/leave", session=session).status == 403, "nobody is thrown out by another page"
    answer = house.post("/leave", Cookie=session)
    assert (answer.status, answer.headers["location"]) == (303, "/enter")
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert house.ask("GET", "/", session=session).status == 303


def test_with_a_password_the_address_is_enough_to_say(locked):
    assert locked.said == f"http://127.0.0.1:{locked.port}/"
    assert "'has_password': True" in locked.ask("GET", "/enter").body


def test_the_password_lets_in(locked):
    answer = locked.post("/enter", f"password={PASSWORD}")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert locked.ask("GET", "/", session=cookie_of(answer)).body == "inside"


@pytest.mark.parametrize(
    "words", ["", "password=", "password=wrong", "passwort=x", "password=%00", "password=%ff", "=", "&&&"]
)
def test_another_word_does_not(locked, words):
    answer = locked.post("/enter", words)
    assert (answer.status, "set-cookie" in answer.headers) == (403, False)
    assert "That is not the password" in answer.body
    assert "wrong" not in answer.body


def test_a_file_is_no_password(locked):
    body = '--b\r\nContent-Disposition: form-data; name="password"; filename="p"\r\n\r\nx\r\n--b--\r\n'
    answer = locked.post("/enter", body, Content_Type="multipart/form-data; boundary=b")
    assert (answer.status, "set-cookie" in answer.headers) == (400, False)


def test_where_there_is_no_password_none_lets_in(house):
    for words in ("password=", "password=anything", ""):
        assert house.post("/enter", words).status == 403


def test_guessing_ends_after_five_and_goes_on_a_minute_later(locked):
    assert [locked.post("/enter", "password=wrong").status for _ in range(7)] == [403] * 5 + [429] * 2
    answer = locked.post("/enter", f"password={PASSWORD}")
    assert (answer.status, answer.headers["retry-after"]) == (429, "60")
    assert "Wait a minute" in answer.body
    locked.later(minutes=1)
    assert locked.post("/enter", f"password={PASSWORD}").status == 303


def test_many_who_guess_at_the_same_moment_have_no_more_guesses(locked):
    with ThreadPoolExecutor(12) as pool:
        told = list(pool.map(lambda _: locked.post("/enter", "password=wrong").status, range(12)))
    assert sorted(told) == [403] * 5 + [429] * 7


def test_from_many_addresses_there_are_twenty_guesses(house):
    guesses, now = Guesses(), house.time
    for number in range(20):
        guesses.check(f"192.0.2.{number}", now)
        guesses.note(f"192.0.2.{number}", now)
    with pytest.raises(TooManyGuesses):
        guesses.check("192.0.2.99", now)


def test_one_is_looked_at_at_a_time_and_each_costs_a_look(house):
    looks, inside, most = [], [], []

    def slow(kept, password):
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.01)
        inside.pop()
        looks.append(kept)
        return False

    entrance = Entrance(house.app, matches=slow)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: entrance.enter_by_password("", f"192.0.2.{n}"), range(8)))
    assert (len(looks), max(most)) == (8, 1)


def test_where_there_is_no_password_a_guess_costs_what_it_costs_elsewhere():
    costs = re.compile(r"\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$")
    assert costs.match(NOBODYS)[0] == costs.match(hashed(PASSWORD))[0]
    assert not matches("", PASSWORD)
    assert not matches("not a hash", PASSWORD)


def test_a_password_is_the_same_on_every_keyboard_and_long_enough():
    assert matches(hashed("gr\u00fcne F\u00fc\u00dfe"), "gru\u0308ne Fu\u0308\u00dfe")
    with pytest.raises(FootnoteError, match=r"at least 10 characters \(this one: 9\); nothing was changed"):
        hashed("123456789")


def test_a_new_password_ends_sessions_and_links(house):
    session, link = house.enter(), Entrance(house.app).new_link().rpartition("/")[2]
    house.app.ledger.admissions.keep_password(hashed(PASSWORD))
    assert house.ask("GET", "/", session=session).status == 303
    assert not house.enter(link)
    assert house.post("/enter", f"password={PASSWORD}").status == 303


def test_no_secret_is_in_the_log_or_in_the_ledger(house, tmp_path, caplog, capfd):
    with caplog.at_level(logging.DEBUG):
        session = house.enter().partition("=")[2]
        for path in (f"/enter/{house.key}", f"/enter/{house.key}/x", f"/nothing?{house.key}"):
            house.ask("GET", path)
        house.post("/enter", "password=a-guess-of-mine")
        house.close()
    kept = b"".join(path.read_bytes() for path in (tmp_path / "ledger").rglob("*") if path.is_file())
    printed = capfd.readouterr()
    for secret in (house.key, session, "a-guess-of-mine"):
        assert secret not in caplog.text + printed.out + printed.err
        assert secret.encode() not in kept


REACH = [
    ("127.0.0.1", "", False),
    ("localhost", "", False),
    ("::1", "", False),
    ("127.0.0.1", "http://localhost:9000/", False),
    ("127.0.0.1", "http://[::1]:9000/", False),
    ("127.0.0.1", "https://desk.example.com/", True),
    ("localhost", "http://127.0.0.1.nip.io/", True),
    ("192.168.1.5", "", True),
    ("192.168.1.5", "http://localhost/", True),
    ("0.0.0.0", "http://localhost/", True),
    ("::", "http://a.example/", True),
    ("0", "", True),
    ("my-computer", "", True),
]


@pytest.mark.parametrize(("host", "url", "needed"), REACH)
def test_a_password_is_needed_where_others_can_knock(house, host, url, needed):
    config = replaced(house, host, url)
    assert needs_password(config) is needed
    if needed:
        with pytest.raises(FootnoteError, match=r"no password\. Set one \(`bot desk --set-password`\)"):
            check_door(config, has_password=False)
    check_door(config, has_password=True)


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_who_listens_everywhere_says_how_people_reach_it(house, host):
    with pytest.raises(FootnoteError, match=r'listens everywhere .* Name how people reach it there: url = "http'):
        check_door(replaced(house, host, ""), has_password=True)


def replaced(house, host, url):
    return replace(house.app.config, desk_host=host, desk_url=url)


def test_an_open_door_is_not_opened(tmp_path):
    house = House(tmp_path, 'port = 0\nurl = "https://desk.example.com/"\n')
    with pytest.raises(FootnoteError, match="no password"):
        house.desk.start()
    assert house.app.ledger.admissions.address() == ""
    house.close()


def test_behind_a_proxy_it_is_known_by_its_public_name(house):
    policy = policy_of(replaced(house, "127.0.0.1", "https://Desk.example.com/"), 8030)
    assert {"desk.example.com", "desk.example.com:443", "127.0.0.1:8030"} <= policy.hosts
    assert "https://desk.example.com" in policy.origins
    assert "http://desk.example.com" not in policy.origins
    assert policy.is_https
    assert "127.0.0.1" in policy_of(replaced(house, "127.0.0.1", ""), 80).hosts
    assert not {"0.0.0.0:8030", "[::]:8030"} & policy_of(replaced(house, "::", "http://a.example"), 8030).hosts


ASKS = [
    ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
    ("127.0.0.1", "10.0.0.1, 198.51.100.7", "198.51.100.7"),
    ("127.0.0.1", "10.0.0.1,", "127.0.0.1"),
    ("127.0.0.1", "unknown", "127.0.0.1"),
    ("127.0.0.1", "", "127.0.0.1"),
    ("198.51.100.9", "198.51.100.7", "198.51.100.9"),
    ("::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ("::ffff:198.51.100.9", "", "198.51.100.9"),
]


@pytest.mark.parametrize(("peer", "forwarded", "client"), ASKS)
def test_who_asks_is_whom_the_proxy_on_this_machine_names_last(house, peer, forwarded, client):
    assert client_of(policy_of(replaced(house, "127.0.0.1", "https://a.example"), 8030), peer, forwarded) == client


def test_without_a_proxy_nobody_is_believed_who_says_for_whom_he_asks(house):
    session = house.enter()
    told = house.ask("GET", "/who", session=session, X_Forwarded_For="198.51.100.7", X_Forwarded_Proto="https")
    assert told.body == "127.0.0.1"


@pytest.fixture
def public(tmp_path):
    """A desk with a password behind a proxy on this machine, which brings the public name along."""
    house = House(tmp_path, f'port = {free_port()}\nurl = "https://desk.example.com"\n')
    house.app.ledger.admissions.keep_password(hashed(PASSWORD))
    yield house.open()
    house.close()


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def test_over_https_the_cookie_and_the_headers_say_so(public):
    assert public.said == "https://desk.example.com/"
    more = {"Host": "desk.example.com", "Origin": "https://desk.example.com", "X_Forwarded_For": "198.51.100.7"}
    answer = public.post("/enter", f"password={PASSWORD}", **more)
    assert answer.status == 303
    assert "Secure" in answer.headers["set-cookie"].split("; ")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    told = public.ask(
        "GET", "/who", session=cookie_of(answer), Host="desk.example.com", X_Forwarded_For="1.1.1.1, 198.51.100.7"
    )
    assert told.body == "198.51.100.7"


def test_behind_a_proxy_each_client_has_its_own_guesses(public):
    def guess(address):
        more = {"Host": "desk.example.com", "Origin": "https://desk.example.com"}
        return public.post("/enter", "password=wrong", X_Forwarded_For=f"203.0.113.1, {address}", **more).status

    assert [guess("198.51.100.7") for _ in range(6)] == [403] * 5 + [429]
    assert guess("198.51.100.8") == 403


@pytest.mark.parametrize("host", ["localhost", "::1", "127.0.0.2"])
def test_it_listens_where_it_is_told_to(tmp_path, host):
    house = House(tmp_path, f'host = "{host}"\nport = 0\n')
    try:
        link = house.desk.start().split()[0]
    except FootnoteError as error:
        pytest.skip(str(error))
    first = requests.get(link, allow_redirects=False, timeout=30)
    assert first.status_code == 303
    assert link.startswith(f"http://{f'[{host}]' if ':' in host else host}:")
    house.close()


def test_a_refusal_of_a_page_is_a_page_of_the_site(tmp_path):
    def polite(app, entrance):
        found = site(app, entrance)
        found.state.sorry = lambda request, status, words: PlainTextResponse(f"sorry.html {words}", status)
        return found

    house = House(tmp_path)
    house.desk = open_desk(house.app, polite)
    house.open()
    session = house.enter()
    for answer in (
        house.ask("POST", "/length", session=session),
        house.post("/texts", "x" * 30_000_000, Cookie=session),
    ):
        assert answer.status in {403, 413}
        assert answer.body.startswith("sorry.html This ")
        assert answer.headers["x-frame-options"] == "DENY"
    assert house.ask("GET", "/", Host="evil.example").body == "This is not the address of this desk.\n"
    house.close()


def test_a_port_that_is_taken_is_told(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        house = House(tmp_path, f"port = {port}\n")
        with pytest.raises(
            FootnoteError, match=rf"the desk cannot listen on 127\.0\.0\.1:{port}: .*another host or port"
        ):
            house.desk.start()
        house.close()


@pytest.mark.parametrize("host", ["203.0.113.1", "no-such-host.invalid", "999.1.1.1"])
def test_a_place_that_is_not_here_is_told(host):
    with pytest.raises(FootnoteError, match="the desk cannot listen on"):
        DeskServer(lambda port: None, host, 0).start()


def test_it_stops_when_clients_hang(house):
    session = house.enter()
    lines = [socket.create_connection(("127.0.0.1", house.port)) for _ in range(4)]
    host = f"Host: 127.0.0.1:{house.port}\r\nCookie: {session}\r\nSec-Fetch-Site: same-origin\r\n"
    lines[1].sendall(b"GET /ente")
    lines[2].sendall(f"GET /slow HTTP/1.1\r\n{host}\r\n".encode())
    lines[3].sendall(f"POST /length HTTP/1.1\r\n{host}Content-Length: 9\r\n\r\nx".encode())
    assert house.ask("GET", "/enter").status == 200
    before = {thread.name for thread in threading.enumerate()}
    house.desk.stop()
    assert "desk" in before
    assert "desk" not in {thread.name for thread in threading.enumerate()}, "it ended by itself in the time it has"
    house.desk.stop()
    for line in lines:
        line.close()


def test_its_port_is_free_as_soon_as_it_has_stopped(house):
    for _ in range(3):
        port = house.port
        house.desk.stop()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port))
        house.desk.start()
