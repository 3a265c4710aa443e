"""The table of old addresses in the words of nginx, of Caddy, and of hosts that read a `_redirects` file. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from bridge.old_addresses import ANY, FOR_GOOD, FOR_NOW, IN_PLACE, NAMED, QUERY, RULES, Rule, SiteMap

#: Signs that mean something to a proxy; an old address with one of them has its signpost, and no line in a map.
AWKWARD = re.compile(r'["\\{}$\x00-\x1f\x7f]')
LONGEST = 500  # bytes of an address in nginx's map
SITE_NAMES = ("kept", "moved")  # those for which a site has lines of its own
STATUS_NAMES = {IN_PLACE: "kept", FOR_GOOD: "moved", FOR_NOW: "found"}

Lines = Iterator[str]


def nginx_rules() -> Lines:
    """A map for each way of answering."""
    for status, name in STATUS_NAMES.items():
        yield f'map "$uri?$args" ${name}_by_rule {{' if name in SITE_NAMES else f'map "$uri?$args" ${name} {{'
        for rule in RULES:
            if rule.status == status:
                yield f'    "~^{_named(rule.pattern)}{_nginx_query(rule)}" "{_nginx_new(rule)}";'
        yield "}"


def _named(pattern: str) -> str:
    return pattern.replace("(?P<", "(?<")


def _nginx_query(rule: Rule) -> str:
    told = [rf"(?=(?:.*&)?{re.escape(name)}={_value(value)})".replace(r"\-", "-") for name, value in rule.query.items()]
    return r"\?" + "".join(told)


def _value(value: str) -> str:
    return "" if value == ANY else f"{value}(?:&|$)"


def _nginx_new(rule: Rule) -> str:
    return re.sub(r"\{(\w+)\}", r"$\1", rule.new.replace(QUERY, "$args"))


def nginx_map(paths: Mapping[str, str]) -> Lines:
    """A site's own lines. Labels differ by case as they always did; everything else nginx looks up at once."""
    for old, new in _tame(paths):
        exact = f"~^{re.escape(old)}$" if "/label/" in old or "/-/" in old else old
        yield f'"{exact}" "{new}";'


def caddy_rules() -> Lines:
    """A matcher and what to do for each rule, in order; the site's own lines come before."""
    for number, rule in enumerate(RULES):
        yield f"@old{number} {{"
        yield f"\tpath_regexp old{number} ^{rule.pattern}$"
        yield from (f"\tquery {name}={value}" for name, value in rule.query.items())
        yield "}"
        yield _caddy_answer(rule, number)


def _caddy_answer(rule: Rule, number: int) -> str:
    new = re.sub(r"\{(\w+)\}", rf"{{re.old{number}.\1}}", rule.new.replace(QUERY, "\0")).replace("\0", "{query}")
    return f"rewrite @old{number} {new}" if rule.status == IN_PLACE else f"redir @old{number} {new} {rule.status}"


def caddy_map(paths: Mapping[str, str]) -> Lines:
    yield from (f'"{old}" "{new}"' for old, new in _tame(paths))


def _tame(paths: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for old, new in sorted(paths.items()):
        if not AWKWARD.search(old + new) and len(old.encode()) <= LONGEST and not old.startswith("~"):
            yield old, new


def redirects_file(site: SiteMap) -> str:
    """The text of `_redirects`, which Netlify and Cloudflare Pages read; the first line that fits counts."""
    lines = ["# Old addresses and where they lead. Written by the build."]
    for paths, status in ((site.kept, IN_PLACE), (site.moved, FOR_GOOD)):
        lines += [f"{quote(old)} {quote(new, safe='/%?=&#:')} {status}" for old, new in _tame(paths)]
    lines += [line for rule in RULES if (line := _redirect(rule))]
    return "\n".join([*lines, ""])


def _redirect(rule: Rule) -> str | None:
    """None for a rule such files have no words for: a name that is only a part of a folder's name, or many folders."""
    segments = [NAMED.sub(r":\g<name>", s) if NAMED.fullmatch(s) else s for s in rule.old.split("/")]
    if any("{" in segment for segment in segments) or "folder}" in rule.old:
        return None
    query = [f"{name}={f':{name}' if value == ANY else value}" for name, value in rule.query.items()]
    sent = "&".join(f"{name}=:{name}" for name, value in rule.query.items() if value == ANY)
    new = re.sub(r"\{(\w+)\}", r":\1", rule.new.replace(QUERY, sent))
    return " ".join(["/".join(segments), *query, new, str(rule.status)])
