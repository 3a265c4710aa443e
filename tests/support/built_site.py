"""Built sites without Pelican: essays, an index, pages with their regions, comments to put in."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

from bridge.comment_file import PublicComment
from bridge.fill import Build, fragments_of
from bridge.page_index import IndexedArticle, PageIndex, SiteFacts, save_page_index
from bridge.regions import Region, regions_in
from tests.conftest import ROOT

FRAGMENTS = ROOT / "theme" / "templates" / "fragments"
FIRST, SECOND = "2026/11/first", "2026/11/second"
SITE = SiteFacts(
    name="A Site", url="https://example.com", prefix="", author="The Author", language="en", timezone="America/New_York"
)
BEGINNING = datetime(2026, 11, 8, 12, 0, tzinfo=UTC)

#: What nobody should be able to break a page or a feed with.
HOSTILE = (
    "<script>alert(1)</script>", "</script>", "]]>", "<!--", "-->", "<img src=x onerror=alert(1)>", '"onclick="x', "'",
    "<!-- /comments:thread -->", "<!-- comments:thread 2026/11/first -->", "javascript:alert(1)", "data:text/html,x",
    "http://", "https://[", "https://example.com/a?b=1&c=2", 'https://example.com/"><b>', "https://example.com/).",
    "&amp;", "&#60;", "\x00", "\x0b", "\x1b", "\ufffe", "\u202e", "\u2066", "\u2028", "\r\n", "\n\n", "\n", "\t",
    "👩‍👧", "é", "שלום", "{{ 7 * 7 }}", "{% raw %}", "\\u003c", "ﷺ",
)  # fmt: skip


def comment(number: int = 1, text: str = "Well said.", **values: object) -> PublicComment:
    """A comment by a baker, one minute after the one before it."""
    fields: dict[str, object] = {
        "id": str(number), "parent": None, "name": "A baker", "text": text,
        "at": BEGINNING + timedelta(minutes=number), "by_author": False,
    }  # fmt: skip
    return PublicComment(**{**fields, **values})  # type: ignore[arg-type]


def essay(article_id: str, title: str = "An Essay", closed: bool = False) -> IndexedArticle:
    return IndexedArticle(article_id, title, f"/{article_id}.html", BEGINNING, None, closed)


def index(*essays: IndexedArticle, pages: dict[str, tuple[Region, ...]] | None = None) -> PageIndex:
    return PageIndex(SITE, {e.id: e for e in essays or (essay(FIRST), essay(SECOND))}, pages or {})


def build(*essays: IndexedArticle) -> Build:
    return Build(index(*essays), fragments_of(FRAGMENTS))


def marked(*regions: tuple[str, str]) -> str:
    """Empty regions, one a line."""
    return "\n".join(f"{Region(*pair).opening}{Region(*pair).closing}" for pair in regions)


def page(article_id: str = FIRST) -> str:
    """An essay's page as a build leaves it before it is filled."""
    regions = marked(("data", article_id), ("count", article_id), ("thread", article_id))
    return f"<!doctype html>\n<title>An Essay</title>\n{regions}\n<p>The end.</p>\n"


def feed(article_id: str = "*") -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom">\n{marked(("feed", article_id))}\n</feed>\n'


def write_site(root: Path, files: dict[str, str] | None = None, fragments: Path = FRAGMENTS) -> Path:
    """A built site of two essays, a home page and the feed of all comments."""
    files = files or {
        f"{FIRST}.html": page(FIRST),
        f"{SECOND}.html": page(SECOND),
        "index.html": f"<title>Home</title>\n{marked(('count', FIRST), ('count', SECOND))}\n",
        "feeds/comments.atom": feed(),
        "about/index.html": "<title>About</title>\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    for path in fragments.iterdir():
        target = root / ".build" / "fragments" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    pages = {name: regions for name, text in files.items() if (regions := regions_in(text))}
    ids = dict.fromkeys(region.article for regions in pages.values() for region in regions if region.article != "*")
    save_page_index(root, index(*map(essay, ids), pages=pages))
    return root


class Seen(HTMLParser):
    """What a browser would make of a piece of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.remarks: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self.text += " " if tag in ("br", "p", "li") else ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.remarks.append(data)

    def values(self, name: str) -> list[str]:
        return [value or "" for key, value in self.attributes if key == name]


def tree(root: Path) -> dict[str, bytes]:
    """Every file below `root` with its bytes."""
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def by_essay(comments: Sequence[PublicComment], article_id: str = FIRST) -> dict[str, Sequence[PublicComment]]:
    return {article_id: comments}
