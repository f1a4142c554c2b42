"""How a person lets us in at LinkedIn, as herself or for an organisation's page, and what she says yes to."""

from __future__ import annotations

from bot.networks.base import Ask
from bot.networks.oauth import Grant

AUTHORIZE, TOKEN = "https://www.linkedin.com/oauth/v2/authorization", "https://www.linkedin.com/oauth/v2/accessToken"
MEMBER = Grant(
    authorize=AUTHORIZE,
    token=TOKEN,
    scopes={
        "openid": "to know whose profile it is",
        "profile": "to show you its name",
        "w_member_social": "to post on your profile, and to take a post down; it lets nobody read there",
    },
    pkce=False,
)
ORGANISATION = Grant(
    authorize=AUTHORIZE,
    token=TOKEN,
    scopes={
        "rw_organization_admin": "to show you which page it is, and how its posts are doing; nothing is changed there",
        "w_organization_social": "to post on the page, and to take a post down",
        "r_organization_social": "to look whether a post is out, and never send it twice",
    },
    pkce=False,
)
ASKS = (Ask("client_id", "Your LinkedIn app's Client ID"), Ask("client_secret", "Its Primary Client Secret"))
HELP = (
    "On linkedin.com/developers: Create app. Under Products, ask for Share on LinkedIn and for Sign In with LinkedIn "
    "using OpenID Connect (for an organisation's page: for the Community Management API, in an app of its own, which "
    f"LinkedIn reviews). Under Auth, add {MEMBER.redirect} to the redirect URLs, and copy Client ID and secret."
)
