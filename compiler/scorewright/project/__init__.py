"""``scorewright.toml``: the defaults of a repository of models."""

from __future__ import annotations

from scorewright.project.read import FILE_NAME, Loaded, find_project, load_project
from scorewright.project.values import Instance, Project

__all__ = ["FILE_NAME", "Instance", "Loaded", "Project", "find_project", "load_project"]
