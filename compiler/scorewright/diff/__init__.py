"""What a change of a spec does: to its meaning, to people's scores, on each platform.  Not built yet."""
