"""A project of the smallest kind: two essays, three templates, our own plugins. Real builds, in a second."""

import os
import shutil
from pathlib import Path

from authoring.build import Built, build
from tests.conftest import ROOT

SETTINGS = f"""
import os, sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from bridge.identity import load_identity
ROOT = Path(__file__).parent
SITE = load_identity(ROOT / "site.toml", os.environ)
SITENAME, SITEURL, TIMEZONE, DEFAULT_LANG = SITE.name, SITE.url, SITE.timezone, SITE.language
PREVIEW, LOCALE, BUILD_DATE = False, ["C"], "2026-11-18"
PATH, ARTICLE_PATHS, STATIC_PATHS = str(ROOT / "content"), ["articles"], ["images"]
ARTICLE_URL = ARTICLE_SAVE_AS = "{{date:%Y}}/{{date:%m}}/{{slug}}.html"
ARTICLE_TRANSLATION_ID = PAGE_TRANSLATION_ID = None
CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
DIRECT_TEMPLATES, TEMPLATE_EXTENSIONS, THEME = ["index"], [".html", ".xml"], str(ROOT / "theme")
JINJA_ENVIRONMENT = {{"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}}
JINJA_GLOBALS = {{"SITE": SITE}}
PLUGINS = ["plugins.site_dates", "plugins.drafts", "plugins.write_if_changed", "plugins.page_index",
           "plugins.comment_feeds"]
"""
ARTICLE = """<title>{{ article.title }}</title>
{% if article.article_id is defined %}
<!-- comments:data {{ article.article_id }} --><!-- /comments:data -->
<!-- comments:thread {{ article.article_id }} --><!-- /comments:thread -->
{% if article.comments_closed %}<p>Closed.</p>{% else %}<form method="post"></form>{% endif %}
{% endif %}
{{ article.content|safe }}
"""
INDEX = """<title>{{ SITENAME }}</title>{{ "preview" if PREVIEW }}
{% for article in articles %}
<a href="{{ SITEURL }}/{{ article.url }}">{{ article.title }}</a>
<!-- comments:count {{ article.article_id }} --><!-- /comments:count -->
{% endfor %}
"""


def small_project(root: Path) -> Path:
    """A project in `root` with the essays `first` and `second` of November 2026."""
    templates = root / "theme" / "templates"
    shutil.copytree(ROOT / "theme" / "templates" / "fragments", templates / "fragments")
    shutil.copy(ROOT / "theme" / "templates" / "comments_feed.xml", templates)
    (templates / "article.html").write_text(ARTICLE, encoding="utf-8")
    (templates / "index.html").write_text(INDEX, encoding="utf-8")
    for name in ("author", "category", "tag", "page"):
        (templates / f"{name}.html").write_text("<title>unused</title>\n", encoding="utf-8")
    (root / "theme" / "static").mkdir()
    (root / "theme" / "static" / "site.css").write_text("body { color: black }\n", encoding="utf-8")
    (root / "content" / "images").mkdir(parents=True)
    (root / "content" / "images" / "bread.svg").write_text("<svg/>\n", encoding="utf-8")
    (root / "publishconf.py").write_text(SETTINGS, encoding="utf-8")
    shutil.copy(ROOT / "site.toml", root)
    write_essay(root, "first", "2026-11-08")
    write_essay(root, "second", "2026-11-15")
    return root


def write_essay(root: Path, slug: str, date: str, body: str = "Words.", **metadata: str) -> Path:
    head = {
        "Title": slug.title(),
        "Date": f"{date} 08:00",
        "Slug": slug,
        "Category": "none",
        "Summary": "…",
        **metadata,
    }
    path = root / "content" / "articles" / f"{date}-{slug}.md"
    path.parent.mkdir(exist_ok=True)
    lines = [f"{key}: {value}" for key, value in head.items() if value]
    path.write_text("\n".join([*lines, "", body, ""]), encoding="utf-8")
    return path


def built(root: Path, **options: object) -> Built:
    """Build as a fresh shell would: nothing of this test run's own settings."""
    environ = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    return build(root, environ={**environ, "PYTHONPATH": str(ROOT)}, **options)  # type: ignore[arg-type]
