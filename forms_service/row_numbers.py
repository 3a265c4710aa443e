"""The numbers in addresses: they name rows, and no row has a larger number than the database can count to."""

from __future__ import annotations

from typing import Any

from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1


class RowNumber(IntegerConverter):
    """`<int:…>` of a route; anything larger is an address that leads nowhere, not a question to the database."""

    def __init__(self, url_map: Map, *args: Any, **settings: Any) -> None:
        super().__init__(url_map, *args, **{"max": LARGEST, **settings})
