"""The author's side: plain pages, one file per subject, its templates in `templates/`."""
