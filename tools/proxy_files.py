"""Writes what the proxies must know into `deploy/`, from the tables the pages and the service use themselves.

Only what stands between `# >>> name` and `# <<<` is written; the rest of each file is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bridge.browser_rules import EXCEPTIONS, HEADERS, HSTS, POLICY_HEADER, policy
from bridge.old_addresses import FOLDER
from bridge.proxy_words import SITE_NAMES, caddy_rules, nginx_rules

RELEASE = "/srv/gratitude/var/releases/current"
DEPLOY = Path(__file__).resolve().parent.parent / "deploy"
BLOCK = re.compile(r"(?P<indent>[ \t]*)# >>> (?P<name>.+)\n(?:.*\n)*?[ \t]*# <<<\n")

Lines = Iterator[str]


def nginx_policies() -> Lines:
    """Which policy an address has, and what is said over https only."""
    yield "map $uri $policy {"
    yield f'    default "{policy()}";'
    for folder in EXCEPTIONS:
        yield f'    ~^{re.escape(folder)} "{policy(folder)}";'
    yield "}"
    yield "map $scheme $hsts {"
    yield f'    https "{HSTS[1]}";'
    yield "}"


def nginx_headers() -> Lines:
    yield f"add_header {POLICY_HEADER} $policy always;"
    yield f"add_header {HSTS[0]} $hsts always;"
    yield from (f'add_header {name} "{value}" always;' for name, value in HEADERS.items())


def nginx_old_addresses() -> Lines:
    """What the site itself knows is asked first, then the rules."""
    yield "map_hash_bucket_size 1024;"
    yield from nginx_rules()
    for name in SITE_NAMES:
        yield f"map $uri ${name}_here {{"
        yield f"    include {RELEASE}/{FOLDER}/nginx-{name}*.map;"
        yield "}"
        yield f"map ${name}_here ${name} {{"
        yield f'    "" ${name}_by_rule;'
        yield f"    default ${name}_here;"
        yield "}"


def caddy_old_addresses() -> Lines:
    for name, answer in (("moved", "redir @moved {moved_here} 301"), ("kept", "rewrite @kept {kept_here}")):
        yield f"map {{path}} {{{name}_here}} {{"
        yield f"\timport {RELEASE}/{FOLDER}/caddy-{name}*.map"
        yield '\tdefault ""'
        yield "}"
        yield f'@{name} not vars {{{name}_here}} ""'
        yield answer
    yield from caddy_rules()


def caddy_headers() -> Lines:
    """Each matcher excludes the others: Caddy would not say which of two values for one header comes last."""
    yield "@ordinary not path " + " ".join(f"{folder}*" for folder in EXCEPTIONS)
    yield f'header @ordinary {POLICY_HEADER} "{policy()}"'
    for number, folder in enumerate(EXCEPTIONS):
        yield f"@exception{number} path {folder}*"
        yield f'header @exception{number} {POLICY_HEADER} "{policy(folder)}"'
    yield from (f'header {name} "{value}"' for name, value in HEADERS.items())
    yield "@https protocol https"
    yield f'header @https {HSTS[0]} "{HSTS[1]}"'


BLOCKS = {
    "nginx.conf": {"old addresses": nginx_old_addresses, "policies": nginx_policies, "headers": nginx_headers},
    "Caddyfile": {"headers": caddy_headers, "old addresses": caddy_old_addresses},
}


def renewed(name: str, text: str) -> str:
    """The text of `deploy/<name>` with every block as the tables say. Raises KeyError for a block nobody knows."""

    def block(found: re.Match[str]) -> str:
        indent = found["indent"]
        lines = [f"# >>> {found['name']}", *BLOCKS[name][found["name"].partition(",")[0]](), "# <<<"]
        return "".join(f"{indent}{line}\n" if line else "\n" for line in lines)

    return BLOCK.sub(block, text)


def main() -> None:
    for name in BLOCKS:
        path = DEPLOY / name
        path.write_text(renewed(name, path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
