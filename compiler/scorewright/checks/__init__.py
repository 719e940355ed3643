"""The rules that a spec must keep (errors) or should keep (warnings, advice), one file a family."""
