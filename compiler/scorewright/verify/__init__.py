"""The proof that what a target compiled does what the spec means.  Not built yet."""
