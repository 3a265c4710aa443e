"""Pelican plugins of this site, one concern each; `register()` is the only entry."""
