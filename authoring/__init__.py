"""The author's commands on the static half: files in, files out, no database."""
