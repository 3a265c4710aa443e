"""What a reader has to fetch: the list of all essays stays light however many Sundays have passed."""

import gzip
import json
import runpy

from tests.conftest import ROOT
from tests.support.demonstration import NUMBER, SAMPLES, write_essays
from tests.support.site import build, content

KILOBYTE = 1024
NOT_NEEDED = {"plugins.cards", "plugins.related"}  # heavy to make, and nothing that stands in the list

EMPTY_ESSAY = "<!-- comments:thread {{ article.article_id }} --><!-- /comments:thread -->"


def test_the_archive_of_730_essays_is_light(tmp_path):
    source = content(tmp_path / "content")
    write_essays(source, NUMBER + len(SAMPLES))
    (tmp_path / "article.html").write_text(EMPTY_ESSAY, encoding="utf-8")
    plugins = runpy.run_path(str(ROOT / "publishconf.py"))["PLUGINS"]
    settings = {
        "PLUGINS": [name for name in plugins if name not in NOT_NEEDED],
        "THEME_TEMPLATES_OVERRIDES": [str(tmp_path)],
    }
    site = build(tmp_path / "output", source, **{name: json.dumps(value) for name, value in settings.items()})
    assert len([link for link in site.page("/archive/").links if link.endswith(".html")]) == NUMBER
    assert len(gzip.compress(site.file("/archive/").read_bytes(), mtime=0)) <= 25 * KILOBYTE
