"""The grammar of the language as data, and what is made from it: JSON Schema, reference page, canonical order."""
