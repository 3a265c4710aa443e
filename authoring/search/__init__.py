"""The index that the search page asks: Pagefind makes it of the built pages; kept as long as it is true."""
