"""`make doctor`: looks at a running host as its readers, visitors and author do, and says what to mend."""
