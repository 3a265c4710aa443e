"""`python -m forms_service <command>`."""

from forms_service.cli import main

main()
