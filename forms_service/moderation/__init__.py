"""What goes back. Station 4: decide on comments; then the pages that show them are filled."""
