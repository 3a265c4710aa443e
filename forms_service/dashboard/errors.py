"""What the dashboard says when something cannot be shown or done."""

from __future__ import annotations

from flask import render_template
from sqlalchemy.exc import NoResultFound
from werkzeug.exceptions import Forbidden, NotFound, TooManyRequests

from forms_service.dashboard.blueprint import dashboard
from forms_service.people.changes import ChangeError


@dashboard.errorhandler(LookupError)
@dashboard.errorhandler(NoResultFound)
@dashboard.errorhandler(NotFound)
def not_found(error: Exception) -> tuple[str, int]:
    if isinstance(error, (KeyError, IndexError)):
        raise error  # a slip of ours, which is no wrong address and belongs into the log
    return render_template("dashboard/error.html", heading="Not here", message="There is nothing at this address."), 404


@dashboard.errorhandler(Forbidden)
def refused(error: Forbidden) -> tuple[str, int]:
    return render_template("dashboard/error.html", heading="Refused", message=error.description), 403


@dashboard.errorhandler(TooManyRequests)
def too_many(error: TooManyRequests) -> tuple[str, int]:
    return render_template("dashboard/error.html", heading="A little later", message=error.description), 429


@dashboard.errorhandler(ChangeError)
def makes_no_sense(error: ChangeError) -> tuple[str, int]:
    message = str(error)
    return render_template(
        "dashboard/error.html", heading="That did not work", message=message[:1].upper() + message[1:] + "."
    ), 422
