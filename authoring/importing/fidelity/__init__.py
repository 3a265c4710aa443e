"""Holds a built page against the post it came from, word by word, knowing nothing of how the one became the other."""
