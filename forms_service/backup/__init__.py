"""One archive with everything that cannot be made again, and its way back. Knows both databases by one form."""
