"""Whether words of thanks sell something: a price, an offer, a booking link, a wish for more referrals. Pure.

A gentle word to the author before he sends them, never a lock: he may have his reasons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINK = r"(?:https?://|www\.)\S{0,200}"
#: Who wishes something of somebody: without it, "you refer others so kindly" is thanks.
_WISH = r"(?:^|[.!?] |\b(?:please|kindly|also|could you|can you|would you|will you|won't you)(?: \w+){0,2} )"
_ANYBODY = r"(?:any|some)(?:one|body)"
#: What each finding is called, and the words that give it away. An apostrophe is a straight one, white space a space.
_SIGNS = {
    "A price": (
        r"[$€£¥]\s?\d[\d.,]{0,20}(?<=\d)",
        r"\b\d[\d.,]{0,20}\s?(?:dollars?|bucks|euros?|pounds|usd|eur|gbp)\b",
        r"\b(?:only|just|for) \d[\d.,]{0,20} (?:a|per) (?:month|year|week|hour|person)\b",
        r"\b(?:my|our)(?: new)? (?:prices?|rates|fees?|charges|tariffs?)\b",
        r"\b(?:price ?lists?|half[- ]price|price (?:cut|drop|reduction)s?|(?:lower|reduced|new) (?:prices|rates))\b",
    ),
    "An offer": (
        r"\b\d{1,3}\s?(?:%|percent) (?:off|discount|less|cheaper)",
        r"\bdiscounts?\b", r"\bcoupons?\b", r"\bvouchers?\b", r"\bpromo(?:tion|tional)?\b", r"\blimited[- ]time\b",
        r"\bspecial (?:offers?|deals?|rates?|prices?)\b",
        r"\bfree (?:trial|consultation|quote|estimate|month|sample|shipping)\b",
        r"\bon sale\b", r"\bmoney[- ]back\b", r"\b(?:buy|order|act|sign up|upgrade|subscribe) (?:now|today)\b",
        r"\b(?:i|we)(?:'d| would| can| could)?(?: like to| love to)? offer you\b",
        r"\b(?:my|our) (?:new|latest|next) (?:product|service|package|offer|course|book|program|plan|range)\b",
        r"\b(?:my|our) (?:sale|webinar|catalog|catalogue|brochure|special offers?)\b", r"\bcheck out (?:my|our)\b",
        r"\b(?:renew|upgrade) your\b", r"\bupgrade to (?:the|our|my|a)\b",
        r"\b(?:time|ready|want|like) to (?:renew|upgrade|re-?order|subscribe)\b",
    ),
    "A booking link": (
        rf"{_LINK}(?:book|schedul|appointment|calend|cal\.com|savvycal|acuity|tidycal|doodle|meetings?\b|demo)\S*",
        r"\b(?:calendly|cal|zcal|savvycal|tidycal|youcanbook|acuityscheduling|koalendar)\.(?:com|me|co)\S*",
        r"\b(?:book|schedule|reserve) (?:a|an|your) (?:\w+ )?(?:call|meeting|appointment|slot|demo|time)\b",
        r"\b(?:pick|choose|grab) (?:a|your) (?:time|slot)\b", r"\bbook (?:me|us|online)\b",
        r"\bmy (?:calendar|booking|scheduling) (?:link|page)\b", r"\bclick (?:here|below|(?:on )?(?:the|this) link)\b",
    ),
    "A wish for referrals": (
        r"\b(?:do you|if you|should you)(?: \w+){0,3} (?:know|hear|think|meet)(?: of| about)? "
        r"(?:any|some|other|more|people|friends)\w*",
        r"\bwho(?:m)? else\b[^.!]{0,40}\?",
        r"\brefer (?:me|us)\b", r"\brecommend (?:me|us) to (?:your|any|other|more|friends|people)\w*",
        rf"{_WISH}(?:refer|recommend|introduce|mention)(?: (?:me|us|my \w+|our \w+))?(?: \w+){{0,3}} "
        rf"(?:others|people|friends|family|{_ANYBODY}|your \w+)\b",
        rf"{_WISH}refer (?:others|people|friends|{_ANYBODY})\b", rf"{_WISH}introduce (?:me|us)\b",
        rf"\bif {_ANYBODY}(?: \w+){{0,4}} (?:needs?|wants?|is looking|could use)\b",
        rf"\b{_ANYBODY}(?: else)? (?:who|that) (?:could |might |may |would )?(?:needs?|use|benefits?) "
        r"(?:a|an|me|us|my|our)\b",
        r"\bsend \w+(?: \w+)? (?:my|our) way\b", r"\b(?:keep|have) (?:me|us) in mind\b", r"\bspread the word\b",
        r"\bkeep (?:on )?(?:referring|recommending|sending)\b", r"\b(?:think of|remember) (?:me|us) (?:if|next time)\b",
        r"\btell your (?:friends|family|colleagues|neighbou?rs)\b",
        r"\b(?:leave|write|post|give)(?: (?:me|us))? (?:a|an|your) (?:\w+ )?(?:review|rating|testimonial)\b",
        r"\b(?:more|any|other|further|future) referrals\b",
        r"\b(?:looking for|welcome|need|love|take on) (?:more|new|other|further) (?:customers|clients|business|work)\b",
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
    straight = re.sub(r"\s", " ", words).replace("’", "'")  # one character for one: places stay the same
    found = [(match.start(), what, match) for what, sign in _PATTERNS.items() if (match := sign.search(straight))]
    return [Pitch(what, _quoted(words, match)) for _, what, match in sorted(found, key=lambda each: each[:2])]


def _quoted(words: str, match: re.Match[str]) -> str:
    """As it was typed; the end of the sentence before it does not belong to it."""
    begins = match.end() - len(match[0].lstrip(" .!?"))
    return words[begins : match.end()][:LONGEST_QUOTE]
