"""What an import says when it will not go on."""


class ImportingError(Exception):
    """Nothing was changed, unless the message says so; it says what, where, and how to mend it."""
