"""What may be sent. Station 1: WTForms only; Pelican and Flask both import it."""
