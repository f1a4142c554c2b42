"""What Pinterest says when it says no: a code and a message, in the words it was seen to use where they are known."""

from tests.servers.x.answers import Answer, Refused

NAMES = {
    401: (2, "Authentication failed."),
    403: (29, "You are not permitted to access that resource."),
    404: (50, "Pin not found."),
    429: (8, "You have exceeded your rate limit. Try again later."),
}
ON_TRIAL = (
    "Apps with Trial access may not create Pins in production https://api.pinterest.com - use API Sandbox "
    "https://api-sandbox.pinterest.com instead."
)
TOO_FEW_SCOPES = (
    "Your token does not have sufficient permissions to perform this operation. Please ensure your token is "
    "authorized with the correct set of scopes."
)


def refused(status, message="", code=None):
    usual, words = NAMES.get(status, (1 if status < 500 else 12, "Something went wrong on our end."))
    return Refused(Answer(status, {"code": usual if code is None else code, "message": message or words}))


def trouble(status):
    return refused(status).answer
