"""Comments from an author's earlier blog: read, taken in through intake, filled into the pages, and taken back."""
