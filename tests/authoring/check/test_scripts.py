"""Scripts are published where they may run, and nowhere else."""

from authoring.check.scripts import stray_scripts


def test_the_search_and_the_theme_may_bring_scripts():
    assert not list(
        stray_scripts(["theme/search.js", "pagefind/pagefind.js", "pagefind/wasm.en.pagefind", "index.html"])
    )


def test_a_script_anywhere_else_stops_the_publishing():
    found = list(stray_scripts(["images/theme/x.js", "images/X.JS", "pagefind.mjs", "images/run.wasm"]))
    assert [finding.file for finding in found] == [
        "images/X.JS",
        "images/run.wasm",
        "images/theme/x.js",
        "pagefind.mjs",
    ]
    assert all(finding.blocking for finding in found)
