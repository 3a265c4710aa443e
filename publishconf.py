"""The one Pelican settings file: reads `site.toml`, hands the forms and the identity to the templates.

The author's build overrides nothing but `SITEURL` (empty, so that pages work on any host) and `PREVIEW`.
"""

import os
import sys
from pathlib import Path

from jinja2 import StrictUndefined

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))  # `pelican` starts with its own folder on the path, not with ours

from bridge.identity import load_identity  # noqa: E402  # needs the path set above
from bridge.places import places, settings  # noqa: E402
from forms_service.forms import FORMS  # noqa: E402
from plugins.filters import FILTERS, newest_first  # noqa: E402
from plugins.once import once  # noqa: E402  # as above

VALUES = settings(os.environ, ROOT)
SITE = load_identity(ROOT / "site.toml", VALUES)

SITENAME = SITE.name
SITESUBTITLE = SITE.tagline
SITEURL = SITE.url
AUTHOR = SITE.author
DEFAULT_LANG = SITE.language
PREVIEW = False  # True in the author's own preview: shows the banner, asks search engines to stay away

# The same bytes on every machine: no locale, no local zone, no sets' order.
TIMEZONE = SITE.timezone
LOCALE = ["C"]
ARTICLE_ORDER_BY = newest_first

PATH = str(ROOT / "content")
ARTICLE_PATHS = ["articles"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images"]
READERS = {"html": None}
IGNORE_FILES = [".*"]  # what editors leave beside a file they have open
MARKDOWN = {"extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.meta": {}}}
FORMATTED_FIELDS: list[str] = []  # a summary is plain text, escaped like all other text
SLUGIFY_USE_UNICODE = True  # a title without a Latin letter needs a slug too
DELETE_OUTPUT_DIRECTORY = False  # the build writes into a folder of its own and takes away what is left over

# An essay is known by its address alone; two essays of one slug are not translations of each other.
ARTICLE_TRANSLATION_ID = PAGE_TRANSLATION_ID = None

ARTICLE_URL = ARTICLE_SAVE_AS = "{date:%Y}/{date:%m}/{slug}.html"
PAGE_URL, PAGE_SAVE_AS = "{slug}/", "{slug}/index.html"
YEAR_ARCHIVE_URL, YEAR_ARCHIVE_SAVE_AS = "{date:%Y}/", "{date:%Y}/index.html"
MONTH_ARCHIVE_URL, MONTH_ARCHIVE_SAVE_AS = "{date:%Y}/{date:%m}/", "{date:%Y}/{date:%m}/index.html"
TAG_URL, TAG_SAVE_AS = "tags/{slug}/", "tags/{slug}/index.html"
CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = ""  # one author, and tags do the sorting

DIRECT_TEMPLATES = ["index", "archives", "tags", "search", "404", "robots", "sitemap"]
TEMPLATE_EXTENSIONS = [".html", ".txt", ".xml"]
ARCHIVES_URL, ARCHIVES_SAVE_AS = "archive/", "archive/index.html"
TAGS_URL, TAGS_SAVE_AS = "tags/", "tags/index.html"
SEARCH_URL, SEARCH_SAVE_AS = "search/", "search/index.html"
ROBOTS_SAVE_AS = "robots.txt"
SITEMAP_SAVE_AS = "sitemap.xml"
PAGINATED_TEMPLATES: dict[str, int | None] = {}

FEED_DOMAIN = SITE.url
FEED_ALL_ATOM, FEED_ALL_JSON = "feeds/posts.atom", "feeds/posts.json"
TAG_FEED_ATOM = "feeds/tags/{slug}.atom"
FEED_MAX_ITEMS = 25
CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None

PICTURES_DIR = str(places(VALUES, ROOT).pictures_dir)

THEME = str(ROOT / "theme")
JINJA_ENVIRONMENT = {
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "undefined": StrictUndefined,
    "auto_reload": False,
}
JINJA_GLOBALS = {"SITE": SITE, "FORMS": FORMS, "once": once()}
JINJA_FILTERS = FILTERS

# Listed one by one: a plugin that is installed somewhere on the machine must not join in by itself.
PLUGINS = [
    "plugins.all_cores",
    "plugins.reader_cache",
    "plugins.addresses",
    "plugins.site_dates",
    "plugins.visibility",
    "plugins.drafts",
    "plugins.beside",
    "plugins.placeholders",
    "plugins.samples",
    "plugins.start_here",
    "plugins.series",
    "plugins.neighbours",
    "plugins.continues",
    "plugins.related",
    "plugins.feeds",
    "plugins.cards",
    "plugins.old_addresses",
    "plugins.page_index",
    "plugins.comment_feeds",
    "plugins.sources",
    "plugins.lasting",
    "plugins.redirects",
    "plugins.write_if_changed",
    "plugins.standby",
]
