"""Reads the history of one person from a JSON or CSV file, and says everything that is wrong with it in one run."""
