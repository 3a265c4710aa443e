"""What a backup or a restore says when it will not go on."""


class BackupError(Exception):
    """Nothing was changed; the message is one line: what, where, how to mend it."""
