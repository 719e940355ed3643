"""From TOML files to one document with the way back to every line."""
