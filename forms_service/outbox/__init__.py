"""What is mailed, to the author and nobody else. Station 5: gather, compose, deliver, record."""
