"""How often one client may post: a sliding window, in our own table or in Redis.

It fails open: words are never lost because somebody could not be counted.
A window slides by weight: what was counted in the previous slot counts for as much of it as the
last so many minutes still cover.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from forms_service.config import Config
from forms_service.db import Database, upsert
from forms_service.models import RateWindow
from forms_service.origin import client_of

if TYPE_CHECKING:
    from limits.strategies import RateLimiter

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limit:
    """At most `hits` within any `minutes`."""

    hits: int
    minutes: int


#: Ten in ten minutes: a lively reader with several replies, or an office behind one address, stays
#: below it; a program that floods the author's inbox does not.
POSTS = Limit(10, 10)
#: A storage that does not answer must not keep a visitor waiting.
STORAGE_SECONDS = 1.0


def allow(database: Database, config: Config, scope: str, client: str, now: datetime, limit: Limit = POSTS) -> bool:
    """Count one act of `client` in `scope`; False if that is too many. A storage that is down lets everyone pass."""
    if not config.ratelimit_enabled:
        return True
    key = client_key(config.secret_key, scope, client)
    if config.ratelimit_storage_url:
        return _allow_in_storage(config.ratelimit_storage_url, key, limit)
    try:
        return _allow_in_table(database, key, now, limit)
    except SQLAlchemyError as error:
        return _let_pass(error)


def client_key(secret: str, scope: str, client: str) -> str:
    """A keyed hash: nobody can find the address again, whoever reads the table."""
    return hmac.new(secret.encode(), f"rate\0{scope}\0{client_of(client)}".encode(), hashlib.sha256).hexdigest()


def _let_pass(error: Exception) -> bool:
    log.warning("posts cannot be counted, so everyone may pass: %s", type(error).__name__)
    return True


def _allow_in_table(database: Database, key: str, now: datetime, limit: Limit) -> bool:
    minute = now.timestamp() / 60
    slot = int(minute) - int(minute) % limit.minutes
    passed = (minute - slot) / limit.minutes
    with database.write() as session:
        hits = session.scalars(_count(session, key, slot)).one()
        before = session.scalar(select(RateWindow.hits).filter_by(key=key, slot=slot - limit.minutes)) or 0
    return bool(min(before, limit.hits) * (1 - passed) + hits <= limit.hits)


def _count(session: Session, key: str, slot: int) -> Any:
    return (
        upsert(session.get_bind().dialect.name)(RateWindow)
        .values(key=key, slot=slot, hits=1)
        .on_conflict_do_update(index_elements=["key", "slot"], set_={"hits": RateWindow.hits + 1})
        .returning(RateWindow.hits)
    )


def _allow_in_storage(url: str, key: str, limit: Limit) -> bool:
    from limits import RateLimitItemPerMinute

    try:
        return _limiter(url).hit(RateLimitItemPerMinute(limit.hits, limit.minutes), key)
    except Exception as error:  # whatever it is: a setting nothing can make sense of, a storage that is away
        return _let_pass(error)


@lru_cache(maxsize=1)
def _limiter(url: str) -> RateLimiter:
    """The `limits` library, loaded only where a storage is set."""
    from limits.storage import storage_from_string
    from limits.strategies import SlidingWindowCounterRateLimiter

    patience = {} if url.startswith("memory:") else _PATIENCE
    return SlidingWindowCounterRateLimiter(storage_from_string(url, wrap_exceptions=True, **patience))


_PATIENCE = {"socket_timeout": STORAGE_SECONDS, "socket_connect_timeout": STORAGE_SECONDS}
