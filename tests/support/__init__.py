"""What tests share: databases, a site, makers of rows."""
