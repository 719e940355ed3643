"""From files to a sandbox: plan, journal, apply, read back.  Not built yet."""
