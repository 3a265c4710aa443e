"""What must become of each kind of old address, on every server: the site of `CONTENT`, and what to ask of it."""

from urllib.parse import quote

from tests.support.site import essay

ID = "tag:blogger.com,1999:blog-123.post-4567890123456789012"
ESSAYS = {
    "first": essay("First", Slug="first", Tags="thanks, Zwei Wörter", Id=ID),
    "old": essay("Old", "2015-10-11 07:00", Slug="old", Tags="感謝"),
}
TABLE = "/2015/10/gone.html /2015/10/old.html\n/search/label/Old%20One /tags/thanks/\n/p/hello.html /about/\n"

#: Old address, and the file it is answered with.
KEPT = {
    "/feeds/posts/default": "feeds/posts.atom",
    "/feeds/posts/default/": "feeds/posts.atom",
    "/feeds/posts/default?alt=atom": "feeds/posts.atom",
    "/feeds/posts/default?alt=rss": "feeds/posts.atom",
    "/feeds/posts/default?alt=rdf&max-results=5": "feeds/posts.atom",
    "/feeds/posts/default?alt=json": "feeds/posts.json",
    "/feeds/posts/summary?orderby=updated&alt=json&max-results=9": "feeds/posts.json",
    "/feeds/posts/full": "feeds/posts.atom",
    "/atom.xml": "feeds/posts.atom",
    "/atom.xml?redirect=false": "feeds/posts.atom",
    "/rss.xml": "feeds/posts.atom",
    "/feeds/posts/default/-/thanks": "feeds/tags/thanks.atom",
    "/feeds/posts/default/-/Zwei%20W%C3%B6rter?alt=rss": "feeds/tags/zwei-wörter.atom",
    f"/feeds/posts/default/-/{quote('感謝')}": "feeds/tags/感謝.atom",
    "/feeds/posts/default/-/Old%20One": "feeds/tags/thanks.atom",
    "/feeds/comments/default": "feeds/comments.atom",
    "/feeds/comments/summary?alt=rss": "feeds/comments.atom",
    "/feeds/4567890123456789012/comments/default": "feeds/comments/2026/11/first.atom",
    "/2026/11/first.html?m=1": "2026/11/first.html",
    "/2026/11/first.html?m=0": "2026/11/first.html",
    "/2026/11/first.html?showComment=1447000000000": "2026/11/first.html",
    "/2026/11/": "2026/11/index.html",
    "/2015/": "2015/index.html",
    "/sitemap-pages.xml": "sitemap.xml",
    "/sitemap.xml?page=1": "sitemap.xml",
}
#: Old address, status, and the new one.
MOVED = {
    "/search/label/thanks": (301, "/tags/thanks/"),
    "/search/label/Zwei%20W%C3%B6rter": (301, "/tags/zwei-w%C3%B6rter/"),
    "/search/label/thanks?updated-max=2015-10-11T07:00:00-07:00&max-results=20": (301, "/tags/thanks/"),
    "/search/label/Old%20One": (301, "/tags/thanks/"),
    "/search/label/THANKS": (301, "/tags/"),
    "/search/label/Never%20Heard": (301, "/tags/"),
    "/search?updated-max=2015-10-11T07%3A00%3A00-07%3A00&max-results=7": (301, "/archive/"),
    "/search?q=baker%27s+van": (302, "/search/?q=baker%27s+van"),
    "/search": (301, "/search/"),
    "/2015_10_01_archive.html": (301, "/2015/10/"),
    "/2015/10/gone.html": (301, "/2015/10/old.html"),
    "/p/hello.html": (301, "/about/"),
    "/archive": (301, "/archive/"),
    "/archive/index.html": (301, "/archive/"),
    "/index.html": (301, "/"),
}
#: Not to be found, on this host or any other.
LOST = ("/feeds/posts/default/-/never", "/feeds/1/comments/default", "/search/nothing", "/2015/10/none.html?m=1")
#: Whatever is sent, nobody is sent elsewhere by it and no header is broken.
HOSTILE = (
    "/search/label/%0d%0aSet-Cookie:%20a=b", "//evil.example/index.html", "/%5cevil.example/index.html",
    "/evil.example%0d%0aX:%20y/index.html", "/search?q=%0d%0aX-Evil:%20y", "/2015_10_01_archive.html%0d%0aX-Evil:y",
)  # fmt: skip
