"""How a person lets us in: what she is asked for, where she finds it, and what she says yes to."""

from __future__ import annotations

from bot.networks.base import Ask
from bot.networks.oauth import Grant

SERVER = "https://api.pinterest.com"
ASKS = (
    Ask("client_id", "App ID"),
    Ask("client_secret", "App secret key"),
)
GRANT = Grant(
    authorize="https://www.pinterest.com/oauth/",
    token=f"{SERVER}/v5/oauth/token",
    scopes={
        "user_accounts:read": "to show you whose account it is",
        "boards:read": "to find the board by its name, and to see which pins are on it",
        "pins:read": "to look whether a pin is there before it is ever sent again, and how it is doing",
        "pins:write": "to make pins, and to delete one that you take back",
        "boards:write": "because Pinterest asks for it, too, of whoever makes or deletes a pin; no board is changed",
    },
    pkce=False,
    basic=True,
    form={"continuous_refresh": "true"},  # for apps made before 2025-09-25; the others have nothing else
    joined=",",
)
HELP = (
    "On developers.pinterest.com, signed in with your business account: My apps > Connect app. Once Pinterest has let "
    f"the app in, its page shows the App ID and the App secret key; add the redirect address {GRANT.redirect} there. "
    "As long as the app has Trial access, nobody but you sees its pins: ask for Standard access on the same page."
)
