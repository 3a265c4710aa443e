"""The service: takes what visitors send, keeps it, and helps the author act on it.

Importing this package imports nothing, so that Pelican can import `forms_service.forms` alone.
"""
