"""Says why a score is what it is: one person's sums, and examples that did not come out."""
