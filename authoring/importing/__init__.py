"""Essays from elsewhere: pure parsers, then one writer."""
