"""The words of a post: HTML of any age in, Markdown out that shows exactly these words."""
