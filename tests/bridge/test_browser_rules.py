"""What pages may do in a browser: nothing but show themselves, save on the few that are named."""

import pytest

from bridge.browser_rules import EXCEPTIONS, meta_policy, policy, runs_scripts


def directives(written: str) -> dict[str, list[str]]:
    return {words[0]: words[1:] for words in (part.split() for part in written.split(";"))}


@pytest.mark.parametrize("address", ["/", "/2026/11/an-essay.html", "/dashboard/", "/subscribe", "/about/subscribe/"])
def test_an_ordinary_page_runs_and_loads_nothing_foreign(address: str):
    told = directives(policy(address))
    assert told["default-src"] == told["base-uri"] == told["frame-ancestors"] == ["'none'"]
    assert told.pop("img-src") == ["'self'", "data:"]  # the icon stands in the page itself
    assert {source for sources in told.values() for source in sources} == {"'none'", "'self'"}
    assert "script-src" not in told
    assert not runs_scripts(address)


@pytest.mark.parametrize("address", EXCEPTIONS)
def test_where_scripts_run_they_are_files_of_ours(address: str):
    assert runs_scripts(address + "index.html")
    told = directives(policy(address + "index.html"))
    assert "'self'" in told["script-src"]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:"} & {s for v in told.values() for s in v}
    assert [name for name, sources in told.items() if "data:" in sources] == ["img-src"]


def test_a_page_says_in_itself_all_that_a_page_can_say():
    header, meta = directives(policy("/subscribe/")), directives(meta_policy("/subscribe/"))
    assert meta == {name: sources for name, sources in header.items() if name != "frame-ancestors"}
