"""Brings the author's own essays in: plain text becomes articles, and nothing is invented, lost or overwritten."""
