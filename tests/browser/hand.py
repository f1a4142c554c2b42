"""A person's hand: what it does is counted, and what it uses it finds by its role and its name."""

from playwright.sync_api import expect


class Hand:
    """A person at a page who begins with a link; `done` is each act: a click, a key that acts, a file, words typed."""

    def __init__(self, page, link="", *, by_finger=False):
        self.page, self.link, self.by_finger, self.done = page, link, by_finger, []

    @property
    def acts(self):
        return len(self.done)

    @property
    def heading(self):
        return self.page.get_by_role("heading", level=1).inner_text()

    def opens(self):
        self._does("open the link")
        self.page.goto(self.link)

    def clicks(self, role, name):
        self._does(f"click {name}")
        found = self.page.get_by_role(role, name=name).first
        found.tap() if self.by_finger else found.click()

    def presses(self, key):
        self._does(f"press {key}")
        self.page.wait_for_load_state()
        self.page.keyboard.press(key)

    def chooses(self, label, file):
        self._does(f"choose {file.name}")
        self.page.get_by_label(label).set_input_files(file)

    def types(self, label, words):
        self._does(f"type into {label}")
        self.page.get_by_label(label, exact=True).fill(words)

    def sees(self, words):
        expect(self.page.get_by_role("main")).to_contain_text(words)

    def _does(self, act):
        self.done.append(act)


def comes(page, locator, most=60):
    """Looks at the page again until it is there: what the bot did meanwhile is told by the next look."""
    for _ in range(most):
        if locator.count():
            return
        page.wait_for_timeout(250)
        page.reload()
    raise AssertionError(f"{locator} did not come: {page.get_by_role('main').inner_text()}")


def looks_again(page, most=100):
    """Time goes by, on the page's own clock, until a page that looks again by itself has done so."""
    part = page.locator("#today")
    part.evaluate("part => part.dataset.old = 'yes'")
    for _ in range(most):
        page.clock.run_for(5_000)
        if not part.evaluate("part => part.dataset.old"):
            return
        page.wait_for_timeout(50)
    raise AssertionError("the page did not look again")
