"""What stands around the words of a page and is none of them: menus, bars, footers, forms, what is hidden."""

from __future__ import annotations

import re

from bot.documents.tree import Element

UNREAD = frozenset(
    "head script style noscript template svg math nav aside select textarea input button label legend option datalist "
    "iframe object embed video audio canvas map meter progress output rt rp th title".split()
)
UNREAD_ROLES = frozenset(
    "navigation search dialog alertdialog complementary menu menubar toolbar tooltip tablist".split()
)
AROUND = {"header": "header", "banner": "header", "footer": "footer", "contentinfo": "footer"}
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
ROWS = frozenset("ul ol div td p".split())
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
NOTICE = re.compile(
    r"gdpr|consent|onetrust|cmplz|usercentrics|didomi|borlabs|cc-window|"
    r"cookie[-_]?(?:bar|banner|notice|popup|law|policy|modal|overlay|message|info|alert|dialog|warning|wall|bot)"
)
SPOKEN = re.compile(r"(?:^| )(?:sr-only|visually-hidden|screen-reader-text|skip-link|skip-to-content)(?: |$)")
COMMENTS = re.compile(r"(?:^| )(?:comments?|comments?-?(?:list|area|respond|section)|respond|disqus_thread)(?: |$)")
SHARING = re.compile(
    r"(?<![a-z])(?:breadcrumbs?|share|sharing|sharedaddy|social|socials|related|pagination|pager|newsletter|byline)(?![a-z])"
)
SIDE = re.compile(
    r"(?<![a-z])(?:menu|nav|navbar|navigation|topbar|sidebar|tags|tagcloud|tag-cloud|toc|subscribe|author|"
    r"advert|ads?|promo|sponsored)(?![a-z])"
)
POPUP = re.compile(r"(?<![a-z])(?:popup|modal)(?![a-z])")
WIDGET = re.compile(r"(?<![a-z])widget(?![a-z])")
MOSTLY, LITTLE, ITEM = 0.5, 120, 30
"""The share of links, and the letters, of what is no prose; the letters of a link in a menu."""


def is_clutter(element: Element, page: Element, *, within: bool) -> bool:
    """Whether no reader came for these words; `within` says that the element stands in an article or a section."""
    role = element.attributes.get("role", "").lower()
    around = AROUND.get(role) or AROUND.get(element.tag)
    return (
        element.tag in UNREAD
        or role in UNREAD_ROLES
        or _is_hidden(element)
        or (around is not None and (not within or (around == "footer" and _is_linked(element))))
        or _is_named_so(element, page)
        or (element.tag in ROWS and _is_menu(element))
        or _is_reference(element)
    )


def keeps(element: Element) -> list[Element]:
    """The headings worth keeping of a page's header: its title, unless that is the way home."""
    is_header = AROUND.get(element.attributes.get("role", "").lower(), element.tag) == "header"
    return [title for title in element.find("h1") if title.letters > title.linked] if is_header else []


def _is_hidden(element: Element) -> bool:
    told = element.attributes
    return (
        "hidden" in told
        or told.get("aria-hidden", "").lower() == "true"
        or bool(HIDDEN.search(told.get("style", "")))
        or (element.tag == "dialog" and "open" not in told)
    )


def _is_linked(element: Element) -> bool:
    return element.linked >= MOSTLY * element.letters


def _is_named_so(element: Element, page: Element) -> bool:
    names = element.names
    if not names or element.tag in {"html", "body", "main", "article"}:
        return False
    if SPOKEN.search(names):
        return True
    if (NOTICE.search(names) or COMMENTS.search(names)) and element.letters < MOSTLY * page.letters:
        return True
    if SHARING.search(names) and (_is_linked(element) or element.letters < LITTLE):
        return True
    opens = POPUP.search(names) and element.tag != "a"  # a link so named opens one
    if (opens or SIDE.search(names)) and (
        _is_linked(element) or (element.letters < LITTLE and not _has_heading(element))
    ):
        return True
    return bool(WIDGET.search(names)) and element.linked > MOSTLY * element.letters


def _has_heading(element: Element) -> bool:
    return element.tag in HEADINGS or next(element.find(*HEADINGS), None) is not None


def _is_menu(element: Element) -> bool:
    """Nothing but short links, several of them."""
    if not element.letters or element.linked < 0.95 * element.letters:
        return False
    links = sum(1 for _ in element.find("a"))
    return links > 1 and element.letters <= ITEM * links


def _is_reference(element: Element) -> bool:
    """A footnote's number."""
    links = [link.attributes.get("href", "") for link in element.find("a")] if element.tag == "sup" else []
    return bool(links) and all("#" in link for link in links)
