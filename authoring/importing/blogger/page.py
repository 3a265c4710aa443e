"""Makes the report as one page that stands by itself: the site's colours, no script, nothing to fetch."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from authoring.importing.blogger.result import Result
from authoring.importing.plural import counted

#: Where `make serve` shows what was brought in.
PREVIEW = "http://127.0.0.1:8000"


def page(result: Result, stylesheet: Path) -> str:
    """The whole page; the colours are those of `stylesheet`, which the site has."""
    environment = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined,
        loader=FileSystemLoader(Path(__file__).parent),
    )  # fmt: skip
    environment.filters["counted"] = counted
    template = environment.get_template("report.html")
    pieces = sorted(result.plan.pieces, key=lambda piece: (piece.at, piece.address))
    closings = [(p, result.words[p.entry.id]) for p in result.plan.new if result.words[p.entry.id].closing]
    return template.render(
        result=result,
        tokens=_tokens(stylesheet),
        preview=PREVIEW,
        pieces=pieces,
        closings=closings,
        footers=[(p, result.words[p.entry.id]) for p in result.plan.new if result.words[p.entry.id].footer],
        words=sum(words.count for words in result.words.values()),
    )


def _tokens(stylesheet: Path) -> str:
    """What the site's stylesheet says before it draws anything: its colours, light and dark, and its faces."""
    try:
        css = stylesheet.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return css.partition("/* Ground */")[0].replace("</", "")
