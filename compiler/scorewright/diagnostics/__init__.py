"""What is wrong with a spec, where, and how it is shown."""
