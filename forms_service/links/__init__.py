"""Signed links from mails and pages: a page with a button; only the button acts."""
