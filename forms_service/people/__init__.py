"""Who they are. Station 6: pure rules, queries that read, changes that write."""
