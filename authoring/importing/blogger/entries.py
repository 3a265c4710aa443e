"""What an export holds, one record an entry, whatever its format called things. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

POST, PAGE, COMMENT = "post", "page", "comment"
LIVE, DRAFT, SCHEDULED, TRASHED, REMOVED = "live", "draft", "scheduled", "trashed", "removed"


@dataclass(frozen=True)
class Entry:
    """A post, a page or a comment. Moments are aware; what the export does not say is empty or None."""

    #: POST, PAGE or COMMENT.
    kind: str
    #: The whole Atom id: "tag:blogger.com,1999:blog-1.post-2".
    id: str
    title: str
    html: str
    published: datetime | None
    updated: datetime | None
    author: str
    author_url: str
    labels: tuple[str, ...]
    #: "/2015/10/slug.html", "/p/about.html"; empty where the export has none.
    address: str
    #: LIVE, DRAFT, SCHEDULED, TRASHED, REMOVED (a comment taken back), or what else the export says, in lower case.
    status: str
    #: A comment's post, by its id.
    parent: str = ""
    #: The comment that this one answers, by its id.
    reply_to: str = ""
    #: Whether Blogger knew the writer, though the export may not name his profile.
    signed_in: bool = False

    @property
    def writer(self) -> str:
        """Who wrote it, as far as the export proves it; empty where anybody may have given that name."""
        return self.author_url or (self.author if self.signed_in else "")
