"""Whether words of thanks sell something: a price, an offer, a booking link, a wish for more referrals. Pure.

A gentle word to the author before he sends them, never a lock: he may have his reasons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINK = r"(?:https?://|www\.)\S{0,200}"
#: What each finding is called, and the words that give it away. An apostrophe is a straight one.
_SIGNS = {
    "A price": (
        r"[$€£¥]\s?\d+(?:[.,]\d+)*",
        r"\b\d[\d.,]*\s?(?:dollars?|bucks|euros?|pounds|usd|eur|gbp)\b",
        r"\b(?:only|just|for) \d[\d.,]* (?:a|per) (?:month|year|week|hour|person)\b",
    ),
    "An offer": (
        r"\b\d+\s?(?:%|percent) (?:off|discount|less|cheaper)",
        r"\bdiscounts?\b", r"\bcoupons?\b", r"\bvouchers?\b", r"\bpromo(?:tion|tional)?\b", r"\blimited[- ]time\b",
        r"\bspecial (?:offers?|deals?|rates?|prices?)\b",
        r"\bfree (?:trial|consultation|quote|estimate|month|sample)\b",
        r"\bon sale\b", r"\bmoney[- ]back\b", r"\b(?:buy|order|act|sign up|upgrade|subscribe) (?:now|today)\b",
        r"\b(?:i|we)(?:'d| would| can| could)?(?: like to| love to)? offer you\b",
        r"\b(?:my|our) (?:new|latest|next) (?:product|service|package|offer|course|book|program)\b",
    ),
    "A booking link": (
        rf"{_LINK}(?:book|schedul|appointment|calend|cal\.com|savvycal|acuity|tidycal|doodle|meetings?\b|demo)\S*",
        r"\b(?:calendly|cal|savvycal|tidycal|youcanbook|acuityscheduling)\.(?:com|me)\S*",
        r"\b(?:book|schedule|reserve) (?:a|an|your) (?:\w+ )?(?:call|meeting|appointment|slot|demo|time)\b",
        r"\bpick a time\b",
    ),
    "A wish for referrals": (
        r"\b(?:do you|if you|should you)(?: \w+){0,3} (?:know|hear|think|meet)(?: of| about)? "
        r"(?:any|some|other|more|people|friends)\w*",
        r"\bwho(?:m)? else\b[^.!]{0,40}\?",
        r"\brefer (?:me|us)\b", r"\brecommend (?:me|us) to (?:your|any|other|more|friends|people)\w*",
        r"\bsend \w+(?: \w+)? (?:my|our) way\b", r"\b(?:keep|have) (?:me|us) in mind\b", r"\bspread the word\b",
        r"\btell your (?:friends|family|colleagues|neighbou?rs)\b", r"\bleave (?:me|us) a review\b",
        r"\b(?:more|any|other|further|future) referrals\b",
        r"\bpass (?:on )?(?:my|our) (?:name|card|number|details)\b",
    ),
}  # fmt: skip
_PATTERNS = {what: re.compile("|".join(signs), re.IGNORECASE) for what, signs in _SIGNS.items()}
LONGEST_QUOTE = 60


@dataclass(frozen=True)
class Pitch:
    """`what` it looks like, and the words that look so, as they were typed."""

    what: str
    quote: str


def pitches(words: str) -> list[Pitch]:
    """What in `words` might sell something, one finding of each sort, in the order of the words."""
    straight = words.replace("’", "'")  # one character for one: places stay the same
    found = [(match.start(), what, match) for what, sign in _PATTERNS.items() if (match := sign.search(straight))]
    return [Pitch(what, _quoted(words, match)) for _, what, match in sorted(found, key=lambda each: each[:2])]


def _quoted(words: str, match: re.Match[str]) -> str:
    return words[match.start() : match.end()][:LONGEST_QUOTE]
