"""What an import says when it will not go on."""


class ImportingError(Exception):
    """Nothing was changed; the message says what, where, and how to mend it."""
