"""The closed list of what an import takes out of a post, and in which words the report says so. Pure."""

from __future__ import annotations

SCRIPT, STYLE, HEAD = "script", "style", "head"
TRACKER, PLAYER, FORM = "tracker", "player", "form"
HANDLER, ADDRESS, PICTURE = "event handler", "address", "picture"

RULES = {
    SCRIPT: "scripts and templates, which readers never saw as words",
    STYLE: "stylesheets",
    HEAD: "titles and metadata of a whole page pasted into a post",
    TRACKER: "pictures of one pixel, which only count visitors",
    PLAYER: "embedded players; a link to what they played stands in their place",
    FORM: "fields of forms; the words around them stay",
    HANDLER: "code in attributes",
    ADDRESS: "links no browser should follow, or can; their words stay",
    PICTURE: "pictures that nobody could show: no address, or not a picture",
}
