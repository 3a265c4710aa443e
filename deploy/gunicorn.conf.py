"""How gunicorn runs the service: `gunicorn -c deploy/gunicorn.conf.py`. GUNICORN_CMD_ARGS overrules it."""

wsgi_app = "forms_service.wsgi:application"
bind = "127.0.0.1:8001"

# Reading and checking a form takes longer than keeping it, so several processes do the former; for the
# latter they stand in line (forms_service/turns.py). More threads than this fight over the interpreter.
workers = 3
worker_class = "gthread"
threads = 4

# A visitor on a slow line is the proxy's affair; without one, a form has this long to arrive.
timeout = 60
graceful_timeout = 20


def when_ready(_server: object) -> None:
    """Under `make start` gunicorn ends with the command that started it, even if that one was killed."""
    import os
    import signal

    from forms_service.parent import end_with_parent

    end_with_parent(lambda: os.kill(os.getpid(), signal.SIGTERM))
