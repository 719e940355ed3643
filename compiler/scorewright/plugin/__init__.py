"""The contract between the compiler and a platform: values and protocols, without behaviour.

A target is a package that declares an entry point in the group ``scorewright.targets``.  It imports of Scorewright
only ``scorewright.plugin``, ``scorewright.model`` and ``scorewright.diagnostics``.
"""
