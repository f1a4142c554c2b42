"""Templates -> answers: every page gets the same frame, and whatever is put into it is escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.app import App
from bot.web.desk.entrance import Entrance
from bot.web.desk.views import Said

FOLDER = Path(__file__).parent


class Renderer:
    """Sets pages for one studio."""

    def __init__(self, app: App, entrance: Entrance) -> None:
        self._frame, self._entrance = {"studio": app.config.brand.studio, "zone": app.config.zone}, entrance
        _templates()

    def page(
        self,
        template: str,
        *,
        status: int = 200,
        here: str = "",
        waiting: int = 0,
        said: Said | None = None,
        signed_in: bool = True,
        **context: object,
    ) -> Response:
        """A page in its frame."""
        about = {"here": here, "waiting": waiting, "said": said, "signed_in": signed_in}
        about["password"] = signed_in and self._entrance.has_password
        html = _templates().get_template(template).render(**self._frame, **about, **context)
        return HTMLResponse(html.encode("utf-8", "replace"), status)  # a file's name may be no text

    def outside(self, _request: Request, template: str, status: int = 200, **context: object) -> Response:
        """A page for somebody who is not in."""
        return self.page(template, status=status, signed_in=False, **context)  # type: ignore[arg-type]

    def sorry(self, status: int, title: str, text: str, *, kept: str = "", signed_in: bool = True) -> Response:
        """A page for what did not work; `kept` are words that a person typed, given back."""
        return self.page("sorry.html", status=status, signed_in=signed_in, title=title, text=text, kept=kept)


@cache
def _templates() -> Environment:
    """All of them, made ready at once: the first page of each kind waits for none."""
    templates = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in templates.list_templates():
        templates.get_template(name)
    return templates
