"""LinkedIn's reader of little text, written from its grammar: it stops at the first thing that it cannot read."""

RESERVED = set("\\|{}@[]()<>#*_~")


class Cut(Exception):
    """There is something that no element begins with."""


class Reader:
    """`shown` is what readers see; `cut` is what was lost, silently; `tags` are the hashtags that can be followed."""

    def __init__(self, text):
        self.text, self.at, self.shown, self.tags, self.cut = text, 0, "", [], ""
        try:
            while self.at < len(text):
                self.shown += self._element()
        except Cut:
            self.cut = text[self.at :]

    def _element(self):
        here, rest = self.text[self.at], self.text[self.at :]
        if here not in RESERVED or here == "\\":
            return self._character()
        start, shown = self.at, None
        if rest.startswith("{hashtag|"):
            shown = self._template()
        elif rest.startswith("@["):
            shown = self._mention()
        elif here == "#":
            self.at += 1
            shown = f"#{self._until(lambda one: not (one.isalnum() or one == '_'), plain=True)}"
            self.tags += [shown[1:]] if len(shown) > 1 else []
        if not shown or shown == "#":
            self.at = start
            raise Cut
        return shown

    def _character(self):
        here = self.text[self.at]
        if here != "\\":
            self.at += 1
            return here
        escaped = self.text[self.at + 1 : self.at + 2]
        if not escaped or escaped not in RESERVED:
            raise Cut
        self.at += 2
        return escaped

    def _until(self, ends, *, plain=False):
        found = ""
        while self.at < len(self.text) and not ends(self.text[self.at]):
            if plain:
                found, self.at = found + self.text[self.at], self.at + 1
            elif self.text[self.at] in RESERVED - {"\\"}:
                return ""
            else:
                found += self._character()
        return found

    def _template(self):
        for sign in ("{hashtag|\\#|", "{hashtag|#|", "{hashtag|\\＃|", "{hashtag|＃|"):
            if self.text.startswith(sign, self.at):
                self.at += len(sign)
                word = self._until(lambda one: one == "}")
                if word and self.text[self.at : self.at + 1] == "}":
                    self.at += 1
                    self.tags.append(word)
                    return f"#{word}"
        return ""

    def _mention(self):
        self.at += 2
        name = self._until(lambda one: one == "]")
        end = self.text.find(")", self.at)
        urn = self.text[self.at + 1 : end]
        if name and urn.startswith(("(urn:li:person:", "(urn:li:organization:")) and end > 0:
            self.at = end + 1
            return name
        return ""
