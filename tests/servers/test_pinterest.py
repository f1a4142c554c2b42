"""The stand-in for Pinterest, judged by Pinterest's specification and by Pinterest's own client."""

import base64
import json
import subprocess
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
import requests
from PIL import Image

from tests.reference import skip
from tests.servers.pinterest import PinterestServer, official, spec
from tests.servers.pinterest.world import EVERY_SCOPE

OWN_PYTHON = Path(__file__).parents[2] / ".servers" / "pinterest" / "bin" / "python"


@pytest.fixture
def pinterest():
    with PinterestServer() as server:
        yield server


def picture(colour="teal", kind="JPEG", size=(64, 96)):
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, kind)
    return base64.b64encode(file.getvalue()).decode()


def item(**more):
    return {"content_type": "image/jpeg", "data": picture(), **more}


class Caller:
    """A plain client of the studio."""

    def __init__(self, pinterest, **asked):
        self.pinterest, self.session = pinterest, requests.Session()
        self.session.headers["Authorization"] = f"Bearer {pinterest.token(**asked)}"

    def __call__(self, method, path, **sent):
        return self.session.request(method, f"{self.pinterest.url}/v5{path}", timeout=10, **sent)

    def pin(self, source=None, **words):
        source = source or {"source_type": "image_base64", **item()}
        body = {"board_id": self.pinterest.board("Calm feet").id, "media_source": source, **words}
        return self("POST", "/pins", json=body)


@pytest.fixture
def caller(pinterest):
    caller = Caller(pinterest)
    yield caller
    caller.session.close()


def refused(answer, status, words):
    assert answer.status_code == status
    assert set(answer.json()) == {"code", "message"}
    assert words in answer.json()["message"]


def tokens(pinterest, secret="", **form):
    app = pinterest.world.app
    auth = (app.id, secret or app.secret)
    return requests.post(f"{pinterest.url}/v5/oauth/token", data=form, auth=auth, timeout=10)


def test_every_operation_served_is_one_of_the_specification():
    assert {operation["operationId"] for operation in spec.operations().values()} == {
        "boards/get",
        "boards/list",
        "boards/list_pins",
        "oauth/token",
        "pins/analytics",
        "pins/create",
        "pins/delete",
        "pins/get",
        "pins/list",
        "user_account/get",
    }


def test_pinterests_own_client_signs_in_pins_reads_measures_and_deletes(pinterest):
    if not OWN_PYTHON.exists():
        skip("Pinterest's own client is not installed: `make servers`")
    told = {
        "url": pinterest.url,
        "token": pinterest.token(),
        "app": pinterest.world.app.id,
        "secret": pinterest.world.app.secret,
        "refresh": pinterest.world.issue(pinterest.world.refreshers, "studio", EVERY_SCOPE, timedelta(60)),
        "board": pinterest.board("Calm feet").id,
        "data": picture(),
    }
    asked = [OWN_PYTHON, official.__file__]
    done = subprocess.run(asked, input=json.dumps(told), text=True, capture_output=True, check=False, env={})
    assert done.stderr == ""
    assert json.loads(done.stdout) == {
        "fresh": True,
        "boards": ["Calm feet", "Recipes"],
        "pin": ["Calm feet", "Feet are wide.", "Words.", "https://example.com/", told["board"]],
        "listed": True,
        "figures": {"IMPRESSION": 0.0, "SAVE": 0.0},
        "me": "studio",
        "left": 0,
    }
    assert pinterest.violations == []


def test_the_log_and_the_answers_hold_no_secret(pinterest, caller):
    caller.pin(title="Feet.")
    caller("GET", "/user_account")
    said = repr(pinterest.log)
    assert not [word for word in (*pinterest.world.tokens, pinterest.world.app.secret) if word in said]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ({"source_type": "image_base64", "content_type": "image/jpeg", "data": "not base64!"}, "does not match"),
        ({"source_type": "image_base64", "content_type": "image/webp", "data": "aaaa"}, "not one of"),
        ({"source_type": "image_base64", "data": "aaaa"}, "required property"),
        ({"source_type": "multiple_image_base64", "items": [item()]}, "too short"),
        ({"source_type": "multiple_image_base64", "items": [item()] * 6}, "too long"),
        ({"source_type": "image_base64", **item(alt="Words.")}, "PinMediaSourceImageBase64 has no alt"),
        ({"source_type": "multiple_image_base64", "items": [item(), item(alt_text="W")]}, "has no alt_text"),
    ],
)
def test_pictures_that_the_specification_forbids_are_refused(pinterest, caller, source, words):
    refused(caller.pin(source), 400, words)
    assert pinterest.violations
    assert pinterest.posts == []


def test_words_that_the_specification_forbids_are_refused(pinterest, caller):
    for words in (
        {"title": "x" * 101},
        {"description": "x" * 801},
        {"alt_text": "x" * 501},
        {"link": "https://example.com/" + "x" * 2048},
        {"tags": ["feet"]},
        {"board_id": "Calm feet"},
    ):
        refused(caller.pin(**words), 400, "Invalid request")
    assert len(pinterest.violations) >= 6
    assert pinterest.posts == []


def test_a_picture_must_be_what_it_says_it_is(pinterest, caller):
    png = {"source_type": "image_base64", "content_type": "image/jpeg", "data": picture(kind="PNG")}
    refused(caller.pin(png), 400, "not what it says")
    refused(caller.pin({**png, "data": base64.b64encode(b"no picture").decode()}), 400, "could not read")
    pinterest.world.image_bytes_max = 100
    refused(caller.pin(), 400, "too large")
    assert pinterest.violations == []


def test_how_pinterest_counts_is_a_switch(pinterest, caller):
    refused(caller.pin(title="🦶" * 51), 400, "maxLength=100")
    pinterest.world.text_unit = "codepoints"
    assert caller.pin(title="🦶" * 51).status_code == 201


def test_the_same_pin_twice_is_taken_and_counted(pinterest, caller):
    assert [caller.pin(title="Feet.").status_code for _ in range(2)] == [201, 201]
    assert len(pinterest.twice()) == 1


def test_pins_of_an_app_on_trial_are_seen_by_their_creator_only(pinterest, caller):
    pinterest.set_access("trial")
    made = caller.pin(title="Feet.").json()
    listed = caller("GET", f"/boards/{made['board_id']}/pins").json()["items"]
    assert [pin["id"] for pin in listed] == [made["id"]]
    assert (len(pinterest.posts), len(pinterest.public)) == (1, 0)


def test_an_app_on_trial_may_be_refused_altogether(pinterest, caller):
    pinterest.set_access("sandbox")
    refused(caller.pin(title="Feet."), 403, "Apps with Trial access may not create Pins")


def test_a_day_on_trial_has_a_thousand_requests(pinterest, caller):
    pinterest.set_access("trial")
    day = pinterest.world.now().date()
    pinterest.world._days[day] = 999
    assert caller("GET", "/boards").status_code == 200
    refused(caller("GET", "/boards"), 429, "rate limit")
    pinterest.advance(86_400)
    assert caller("GET", "/boards").status_code == 200


def test_a_token_opens_what_its_scopes_name(pinterest):
    reader = Caller(pinterest, scopes={"boards:read", "pins:read"})
    assert reader("GET", "/boards").status_code == 200
    refused(reader.pin(), 401, "sufficient permissions")
    refused(reader("GET", "/user_account"), 401, "sufficient permissions")


def test_a_token_lives_thirty_days(pinterest, caller):
    assert caller("GET", "/boards").status_code == 200
    pinterest.advance(30 * 86_400)
    refused(caller("GET", "/boards"), 401, "Authentication failed")


def test_a_refresh_token_is_used_once_and_gives_the_next(pinterest):
    code = {"grant_type": "authorization_code", "code": pinterest.code(), "redirect_uri": pinterest.world.app.redirect}
    first = tokens(pinterest, **code).json()
    refused(tokens(pinterest, **code), 400, "authorization code")
    second = tokens(pinterest, grant_type="refresh_token", refresh_token=first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert second["refresh_token_expires_in"] == 60 * 86_400
    refused(tokens(pinterest, grant_type="refresh_token", refresh_token=first["refresh_token"]), 400, "refresh token")
    pinterest.advance(61 * 86_400)
    refused(tokens(pinterest, grant_type="refresh_token", refresh_token=second["refresh_token"]), 400, "refresh token")
    assert pinterest.violations == []


def test_tokens_are_given_to_the_app_with_its_secret_for_what_is_asked_in_full(pinterest):
    code = {"grant_type": "authorization_code", "code": pinterest.code()}
    redirect = pinterest.world.app.redirect
    refused(tokens(pinterest, secret="wrong", **code, redirect_uri=redirect), 401, "Authentication failed")
    refused(tokens(pinterest, **code), 400, "redirect_uri is missing")
    refused(tokens(pinterest, **code, redirect_uri=redirect, client_secret="x"), 400, "client_secret is not known")
    refused(tokens(pinterest, **code, redirect_uri="http://elsewhere/"), 400, "authorization code")
    pinterest.world.app = replace(pinterest.world.app, continuous=False)
    refused(tokens(pinterest, **code, redirect_uri=redirect), 400, "continuous_refresh")
    assert tokens(pinterest, **code, redirect_uri=redirect, continuous_refresh="true").status_code == 200


def test_boards_of_others_and_secret_ones_are_closed(pinterest, caller):
    theirs = pinterest.board("Recipes", "clinic")
    hidden = pinterest.world.add_board("studio", "Plans", "SECRET")
    for board in (theirs, hidden):
        refused(caller("GET", f"/boards/{board.id}/pins"), 403, "not permitted")
    assert hidden.id not in caller("GET", "/boards").text
    refused(caller("GET", "/boards/1/pins"), 404, "Board not found")


def test_a_list_goes_on_at_its_bookmark(pinterest, caller):
    ids = [caller.pin(title=f"Pin {n}.").json()["id"] for n in range(5)]
    board, seen, mark = pinterest.board("Calm feet").id, [], ""
    while mark is not None:
        asked = {"page_size": "2", **({"bookmark": mark} if mark else {})}
        page = caller("GET", f"/boards/{board}/pins", params=asked).json()
        seen, mark = [*seen, *(pin["id"] for pin in page["items"])], page["bookmark"]
    assert seen == ids[::-1]
    refused(caller("GET", f"/boards/{board}/pins", params={"bookmark": "9"}), 400, "bookmark")
    refused(caller("GET", f"/boards/{board}/pins", params={"limit": "9"}), 400, "limit is not known")


def test_a_new_pin_may_take_a_while_to_show(pinterest, caller):
    pinterest.world.lag_reads = 1
    made = caller.pin(title="Feet.").json()
    shown = [caller("GET", f"/boards/{made['board_id']}/pins").json()["items"] for _ in range(2)]
    assert [len(items) for items in shown] == [0, 1]


def test_figures_go_ninety_days_back(pinterest, caller):
    made = caller.pin(title="Feet.").json()
    today = pinterest.world.now().date()
    asked = {"end_date": str(today), "metric_types": "IMPRESSION,TOTAL_REACTIONS"}
    good = caller("GET", f"/pins/{made['id']}/analytics", params={**asked, "start_date": str(today - timedelta(90))})
    assert good.json()["all"]["summary_metrics"] == {"IMPRESSION": 0}
    bad = caller("GET", f"/pins/{made['id']}/analytics", params={**asked, "start_date": str(today - timedelta(91))})
    refused(bad, 400, "Invalid pins analytics")


def test_what_is_deleted_is_gone(pinterest, caller):
    made = caller.pin(title="Feet.").json()
    assert caller("DELETE", f"/pins/{made['id']}").content == b""
    for method in ("GET", "DELETE"):
        refused(caller(method, f"/pins/{made['id']}"), 404, "Pin not found")
    assert caller("GET", "/pins").json()["items"] == []


def test_an_unknown_path_is_a_violation(pinterest, caller):
    refused(caller("GET", "/boards/mine/of/old"), 404, "not there")
    assert pinterest.violations == ["GET /v5/boards/mine/of/old: no such operation here"]
