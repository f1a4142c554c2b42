"""LinkedIn: a member's own profile, or the page of an organisation."""

from bot.networks.linkedin.network import LinkedIn as LinkedIn
