"""What an essay is called and where it stands, as the built site has it."""

from __future__ import annotations

from dataclasses import dataclass

from bridge.page_index import PageIndexError, load_page_index
from forms_service.config import Config


@dataclass(frozen=True)
class Essay:
    title: str
    address: str


def essay(config: Config, article_id: str) -> Essay:
    """The essay of that id; one that no build knows any more goes by its id, at its frozen address."""
    for root in config.site_roots:
        try:
            article = load_page_index(root).articles.get(article_id)
        except PageIndexError:
            continue
        if article is not None:
            return Essay(article.title, config.identity.url + article.path)
    return Essay(article_id, f"{config.identity.url}/{article_id}.html")
