"""`make setup`: asks who the author is, where the site stands and how mail leaves, and checks each answer at once."""
