"""Who asks: OAuth 1.0a signatures and OAuth 2 tokens, verified."""

from types import SimpleNamespace
from urllib.parse import urlsplit

from oauthlib.oauth1.rfc5849 import signature, utils

from tests.servers.x import answers

TOLERANCE = 300
NEEDED = {
    "oauth_consumer_key",
    "oauth_token",
    "oauth_nonce",
    "oauth_timestamp",
    "oauth_signature",
    "oauth_signature_method",
}


class Gate:
    """Names the user of a request, or refuses with 401; remembers every nonce."""

    def __init__(self, users, wall):
        self.users, self.wall, self._nonces = users, wall, set()

    def user(self, request, operation):
        scheme, _, rest = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return self._bearer(rest.strip(), operation)
        if scheme.lower() == "oauth":
            return self._signed(request)
        raise answers.unauthorized()

    def _bearer(self, token, operation):
        user = next((u for u in self.users.values() if u.bearer == token), None)
        if user is None or user.revoked:
            raise answers.unauthorized()
        needed = next(s["OAuth2UserToken"] for s in operation["security"] if "OAuth2UserToken" in s)
        if set(needed) - user.scopes:
            raise answers.forbidden("Your token lacks a scope: " + ", ".join(sorted(set(needed) - user.scopes)))
        return user

    def _signed(self, request):
        told = self._parameters(request)
        user = self._known(told)
        pairs = signature.collect_parameters(
            uri_query=urlsplit(request.url).query, body=request.form_body, headers=request.headers
        )
        asked = SimpleNamespace(
            params=pairs, uri=request.url, http_method=request.method, signature=told["oauth_signature"]
        )
        if not signature.verify_hmac_sha1(asked, user.keys.consumer_secret, user.keys.access_token_secret):
            raise answers.unauthorized()
        self._fresh(told)
        if request.method != "GET" and not user.may_write:
            raise answers.read_only()
        return user

    def _parameters(self, request):
        pairs = utils.parse_authorization_header(request.headers["Authorization"])
        told = dict(pairs)
        told.pop("realm", None)
        complete = NEEDED <= set(told) <= NEEDED | {"oauth_version"}
        if len(dict(pairs)) != len(pairs) or not complete or told["oauth_signature_method"] != "HMAC-SHA1":
            raise answers.unauthorized()
        if told.get("oauth_version", "1.0") != "1.0":
            raise answers.unauthorized()
        return {name: utils.unescape(value) for name, value in told.items()}

    def _known(self, told):
        for user in self.users.values():
            keys = (user.keys.consumer_key, user.keys.access_token)
            if keys == (told["oauth_consumer_key"], told["oauth_token"]) and not user.revoked:
                return user
        raise answers.unauthorized()

    def _fresh(self, told):
        stamp = told["oauth_timestamp"]
        once = (told["oauth_token"], stamp, told["oauth_nonce"])
        late = not stamp.isdigit() or abs(int(stamp) - self.wall()) > TOLERANCE
        if late or once in self._nonces:
            raise answers.unauthorized()
        self._nonces.add(once)
