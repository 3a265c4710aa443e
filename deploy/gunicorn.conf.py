"""How gunicorn runs the service: `gunicorn -c deploy/gunicorn.conf.py`. GUNICORN_CMD_ARGS overrules it."""

import gc
import os
import signal
import sys

from forms_service.even_worker import forget
from forms_service.parent import end_with_parent

wsgi_app = "forms_service.wsgi:application"
bind = "127.0.0.1:8001"

# Reading and checking a form takes longer than keeping it, so two processes do the former; for the latter
# they stand in line (forms_service/turns.py), and what the threads of one bring together is kept together.
workers = 2
worker_class = "forms_service.even_worker.EvenWorker"
threads = 16

# Loaded once, then copied: the service answers sooner after a start. Nothing is connected or opened before.
preload_app = True

# A visitor on a slow line is the proxy's affair; without one, a form has this long to arrive.
timeout = 60
graceful_timeout = 20

# Nobody manages the service over a socket, and two services of one user would share it.
control_socket_disable = True


def when_ready(_server):
    """What was loaded stays for good: it is not looked through for garbage again and again."""
    gc.collect()
    gc.freeze()
    # Under `make start` gunicorn ends with the command that started it, even if that one was killed.
    end_with_parent(lambda: os.kill(os.getpid(), signal.SIGTERM))


def post_fork(_server, _worker):
    """Whoever has the turn to write gets the interpreter back soon: it lets go of it at each step of SQLite's."""
    sys.setswitchinterval(0.001)


def child_exit(_server, worker):
    """Its place among those who share the connections is free."""
    forget(worker)


def post_worker_init(worker):
    """The log names nobody: neither who sent what is no proper HTTP, nor what it was."""
    worker.log.error_log.addFilter(_without_the_sender)


def _without_the_sender(record):
    if record.getMessage().startswith(("Invalid request from", "Error handling request /")):
        record.msg, record.args, record.exc_info = "A request that is no proper HTTP was refused", (), None
    return True
