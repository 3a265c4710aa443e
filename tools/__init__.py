"""What keeps the project itself in order: checks, lock files, the browser of the tests."""
