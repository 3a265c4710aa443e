"""Reads a page as a browser does: its fields with their values, its links, its words."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """What a visitor finds on `html`. Values are unescaped exactly once."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.values: dict[str, str] = {}
        self.title = self.text = self._area = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.elements.append((tag, found))
        self._open.append(tag)
        name = found.get("name", "")
        if tag == "input" and (found.get("type") not in ("radio", "checkbox") or "checked" in found):
            self.values[name] = found.get("value", "")
        if tag == "textarea":
            self._area = name or found.get("id", "")
            self.values[self._area] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # A browser drops one line break right behind the tag.
            self.values[self._area] = self.values[self._area].replace("\r\n", "\n").removeprefix("\n")
            self._area = ""
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data
        elif "title" in self._open:
            self.title += data
        else:
            self.text += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        """The attributes of every such element."""
        return [
            found
            for name, found in self.elements
            if name == tag and all(found.get(k.rstrip("_").replace("_", "-")) == v for k, v in wanted.items())
        ]

    def by_id(self, wanted: str) -> dict[str, str]:
        (element,) = [found for _, found in self.elements if found.get("id") == wanted]
        return element
