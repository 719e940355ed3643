"""Plans to bring a scoring category down, which can be moved by a number and never set: pure arithmetic, proven."""
