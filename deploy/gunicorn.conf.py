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

# Nobody manages the service over a socket, and two services of one user would share it.
control_socket_disable = True


def post_worker_init(worker):
    """The log names nobody: neither who sent what is no proper HTTP, nor what it was."""
    worker.log.error_log.addFilter(_without_the_sender)


def _without_the_sender(record):
    if record.getMessage().startswith(("Invalid request from", "Error handling request /")):
        record.msg, record.args, record.exc_info = "A request that is no proper HTTP was refused", (), None
    return True
