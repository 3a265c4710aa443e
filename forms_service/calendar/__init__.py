"""The author's days in his own calendar: a feed at a secret address that he makes and revokes."""
