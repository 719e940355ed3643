"""The reference machine: what a spec means, as a program that can be run.  Not built yet."""
