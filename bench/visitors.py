"""Visitors who post forms the way people do: they click twice, and try again when nothing answers."""

from __future__ import annotations

import http.client
import math
import random
import time
from collections import defaultdict
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any
from urllib.parse import urlencode, urlsplit

from forms_service.forms import FORMS

KINDS = ("comment", "contact", "referral")
PATIENCE = 60.0  # seconds


def values_of(kind: str, who: str, words: str, article: str) -> dict[str, str]:
    """What `who` types into the form of this kind."""
    typed: dict[str, dict[str, str]] = {
        "comment": {"name": who, "email": f"{who}@example.com", "text": words, "article": article},
        "contact": {"name": who, "email": f"{who}@example.com", "message": words, "looking_for": "A printer"},
        "referral": {
            "name": who, "email": f"{who}@example.com", "level": "L1", "referred_name": "A plumber", "need": words,
        },
    }  # fmt: skip
    form: Any = FORMS[kind]()
    return {form[name].name: value for name, value in typed[kind].items()}


def post(url: str, kind: str, values: dict[str, str], timeout: float = 10.0) -> tuple[int, str]:
    """The status and the Location of one post. Raises OSError or HTTPException when nothing answers."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": url}
    try:
        connection.request("POST", f"/forms/{kind}", urlencode(values), headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Location", "")
    finally:
        connection.close()


@dataclass
class Ledger:
    """What the visitors saw: the words they sent, and the thank-you addresses they were sent to."""

    thanked: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    posts: int = 0
    unanswered: int = 0
    odd: list[tuple[int, str]] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def answered(self, kind: str, words: str, status: int, location: str) -> bool:
        with self.lock:
            self.posts += 1
            if status == 303:
                self.thanked[kind, words].append(location)
            elif status < 500:
                self.odd.append((status, f"{kind}: {words}"))
            return status < 500

    def silence(self) -> None:
        with self.lock:
            self.posts += 1
            self.unanswered += 1


def visit(url: str, number: int, ledger: Ledger, closing_time: Event, article: str) -> None:
    """One visitor: new words each time, every third post clicked twice, never giving up on one begun."""
    chance = random.Random(number)
    who, visits = f"visitor{number}", 0
    while not closing_time.is_set():
        kind = KINDS[(number + visits) % len(KINDS)]
        words = f"Words {visits} of {who}"
        values = values_of(kind, who, words, article)
        for _click in range(2 if chance.random() < 1 / 3 else 1):
            send_until_answered(url, kind, values, words, ledger, chance, closing_time)
        visits += 1
        closing_time.wait(chance.uniform(0.2, 1.6))


def send_until_answered(
    url: str, kind: str, values: dict[str, str], words: str, ledger: Ledger, chance: random.Random, closing_time: Event
) -> None:
    """Post until something answers; a person waits between tries. Once nothing is killed any more, `PATIENCE` ends."""
    enough = math.inf
    while time.monotonic() < enough:
        try:
            if ledger.answered(kind, words, *post(url, kind, values)):
                return
        except (OSError, http.client.HTTPException):
            ledger.silence()
        time.sleep(chance.uniform(0.1, 0.8))
        if closing_time.is_set():
            enough = min(enough, time.monotonic() + PATIENCE)
    ledger.odd.append((0, f"{kind}: {words} was never answered"))
