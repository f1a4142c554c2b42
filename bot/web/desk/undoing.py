"""The button that takes a post down."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from bot.errors import UnknownName
from bot.planner import withdraw
from bot.retracting import retract
from bot.web.desk.acts import WHO, go
from bot.web.desk.pages import Seat


def take_down(seat: Seat, request: Request, told: FormData) -> Response:
    """Take it down wherever it is out, and call off the rest; or write down that she did so herself."""
    app, name = seat.app, str(request.path_params["post"])
    standing = seat.look().season.posts.get(name)
    if standing is None:
        raise UnknownName(f'there is no post "{name}"')
    if standing.file and not standing.is_withdrawn:
        withdraw(app.config, standing.file)
        app.plan(only=name)
    by_hand = told.get("how") == "by-hand"
    rows = app.deliveries_of(name)
    every = [retract(app.ledger, row, app.network, app.now(), who=WHO, by_hand=by_hand) for row in rows]
    left = [one.delivery.account for one in every if not one.is_done]
    return go(f"/posts/{name}", said="down-some" if left else "down", of=" ".join(left))
