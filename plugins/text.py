"""Reads the HTML of an essay as plain words: its paragraphs, its opening, its first sentences. Pure."""

from __future__ import annotations

import re
from html.parser import HTMLParser

#: A tag that ends a paragraph for whoever reads aloud. Old exports have whole posts without one `<p>`.
BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1",
        "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table",
        "td", "th", "tr", "ul",
    )
)  # fmt: skip
UNSEEN = frozenset(("script", "style", "template"))
#: What XML cannot hold, not even escaped.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class _Paragraphs(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = [""]
        self.unseen = 0

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.unseen += tag in UNSEEN
        if tag == "br":
            self.found[-1] += "\n"
        elif tag in BLOCKS:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in UNSEEN and self.unseen > 0
        if tag in BLOCKS:
            self.found.append("")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.found[-1] += data.replace("\n", " ")


def paragraphs(html: str) -> list[str]:
    """The paragraphs of `html` as plain text, in order, white space made single."""
    parser = _Paragraphs()
    parser.feed(html)
    parser.close()
    parts = (part for block in parser.found for part in re.split(r"\n\s*\n", block))
    return [text for part in parts if (text := " ".join(part.split()))]


def writable(text: str) -> str:
    """`text` without what a feed cannot hold."""
    return UNWRITABLE.sub("", text)


def title_line(text: str) -> str:
    """A title as feeds want it: on one line."""
    return writable(" ".join(text.split()))


def words(html: str) -> int:
    return sum(len(paragraph.split()) for paragraph in paragraphs(html))


def shortened(text: str, limit: int = 160) -> str:
    """`text` within `limit` characters: whole sentences if the first one fits, whole words otherwise."""
    if len(text) <= limit:
        return text
    sentences = list(re.finditer(r"[.!?][”\"’)]*(?=\s)", text[: limit + 1]))
    if sentences and sentences[-1].end() >= limit // 3:
        return text[: sentences[-1].end()]
    return text[:limit].rpartition(" ")[0].rstrip(",;:–—- ") + "…" if " " in text[:limit] else text[: limit - 1] + "…"
