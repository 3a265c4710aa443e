"""The titles and addresses of essays, as the newest build knows them."""

from __future__ import annotations

from collections.abc import Mapping

from bridge.page_index import IndexedArticle, PageIndexError, load_page_index
from forms_service.config import Config


def essays(config: Config) -> Mapping[str, IndexedArticle]:
    """Essays by id. Without a build there are none, and their ids are shown instead."""
    for root in config.site_roots:
        try:
            return load_page_index(root).articles
        except PageIndexError:
            continue
    return {}
