"""What X says when it says no, in the words it was seen to use."""

from dataclasses import dataclass, field

PROBLEMS = "https://api.x.com/2/problems/"
PROBLEM_JSON = "application/problem+json"
JSON = "application/json; charset=utf-8"


@dataclass(frozen=True)
class Answer:
    status: int
    body: dict
    content_type: str = JSON
    headers: dict = field(default_factory=dict)


class Refused(Exception):
    """A rule said no; `answer` is what the caller reads."""

    def __init__(self, answer):
        self.answer = answer
        super().__init__(f"{answer.status} {answer.body}")


def invalid(*reasons, **parameters):
    """400; the reasons are told one by one, as X tells them."""
    errors = [{"message": r, **({"parameters": parameters} if parameters else {})} for r in reasons]
    body = {
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
        "type": f"{PROBLEMS}invalid-request",
        "status": 400,
        "errors": errors,
    }
    return Refused(Answer(400, body, PROBLEM_JSON))


def unauthorized():
    body = {"title": "Unauthorized", "type": "about:blank", "status": 401, "detail": "Unauthorized"}
    return Refused(Answer(401, body, PROBLEM_JSON))


def forbidden(detail, kind="about:blank"):
    body = {"title": "Forbidden", "type": kind, "status": 403, "detail": detail}
    return Refused(Answer(403, body, PROBLEM_JSON))


def duplicate():
    return forbidden("You are not allowed to create a Tweet with duplicate content.")


def read_only():
    detail = "Your client app is not configured with the appropriate oauth1 app permissions for this endpoint."
    return forbidden(detail, f"{PROBLEMS}oauth1-permissions")


def depleted(user):
    body = {
        "account_id": int(user.id),
        "title": "CreditsDepleted",
        "detail": f"Your enrolled account [{user.id}] does not have any credits to fulfill this request.",
        "type": f"{PROBLEMS}credits",
    }
    return Refused(Answer(402, body))


def rate_limited():
    return Refused(Answer(429, {"errors": [{"code": 88, "message": "Rate limit exceeded"}]}))


def missing(kind, value, parameter="id"):
    """The entry X puts in `errors` for something that is not there; it comes with a 200."""
    return {
        "type": f"{PROBLEMS}resource-not-found",
        "title": "Not Found Error",
        "detail": f"Could not find {kind} with {parameter}: [{value}].",
        "resource_type": kind,
        "resource_id": value,
        "parameter": parameter,
        "value": value,
    }


def not_found(kind, value):
    return Refused(Answer(404, {**missing(kind, value), "status": 404}, PROBLEM_JSON))


def trouble(status):
    """What a server out of order says."""
    if status == 429:
        return rate_limited().answer
    if status == 500:
        body = {
            "title": "Internal Error",
            "type": f"{PROBLEMS}internal-error",
            "status": 500,
            "detail": "Internal Error",
        }
        return Answer(500, body, PROBLEM_JSON)
    names = {401: "Unauthorized", 403: "Forbidden", 502: "Bad Gateway", 503: "Service Unavailable"}
    title = names.get(status, "Error")
    return Answer(status, {"title": title, "type": "about:blank", "status": status, "detail": title}, PROBLEM_JSON)
