"""Brings a Blogger blog in from its export: posts, pages and comments, with their addresses, dates and words."""
