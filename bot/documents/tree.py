"""A page as a tree, built by a parser that follows the HTML standard; its leaves are the numbers of runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.documents.tags import DEEPEST, MARK, refuse_depth

NUMBER = re.compile(rf"{MARK}(\d+){MARK}")


@dataclass(slots=True)
class Element:
    """One element; `letters` is how much ink stands in it, `linked` how much of that in links."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | int] = field(default_factory=list)
    letters: int = 0
    linked: int = 0

    @property
    def names(self) -> str:
        """Its id and classes, small, parted by spaces."""
        return f"{self.attributes.get('id', '')} {self.attributes.get('class', '')}".lower().strip()

    def find(self, *tags: str) -> Iterator[Element]:
        """Every element below with one of these tags."""
        for child in self.children:
            if isinstance(child, Element):
                if child.tag in tags:
                    yield child
                yield from child.find(*tags)


def grown(page: str, ink: Sequence[int]) -> Element:
    """The tree of a page whose runs are numbered; `ink` is how much each of them weighs."""
    root = LexborHTMLParser(page).root
    tree = Element("html", _attributes(root) if root else {})
    todo: list[tuple[LexborNode, Element, int]] = [(root, tree, 0)] if root else []
    while todo:
        node, element, depth = todo.pop()
        if depth > DEEPEST:
            refuse_depth()
        for child in node.iter(include_text=True):
            if child.is_text_node:
                element.children += [int(number) for number in NUMBER.findall(child.text_content or "")]
            elif child.is_element_node:
                below = Element(child.tag or "", _attributes(child))
                element.children.append(below)
                todo.append((child, below, depth + 1))
    _weigh(tree, ink, is_linked=False)
    return tree


def _attributes(node: LexborNode) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}


def _weigh(element: Element, ink: Sequence[int], *, is_linked: bool) -> None:
    is_linked = is_linked or element.tag == "a"
    for child in element.children:
        if isinstance(child, int):
            element.letters += ink[child]
            element.linked += ink[child] if is_linked else 0
        else:
            _weigh(child, ink, is_linked=is_linked)
            element.letters += child.letters
            element.linked += child.linked
