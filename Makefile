# make demo: set up, compile a shipped model, push it to an embedded sandbox, change a number, push that.
# make test: set up and run every check that the repository has.
# Needs git, make and Python >= 3.11 with pip; uses uv where it is on the PATH.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
OUT := out
SPEC := specs/pardot-score-decay
JOBS ?= 2
# Tests start many interpreters: each finds what the first has compiled.
unexport PYTHONDONTWRITEBYTECODE

# The first interpreter that is new enough; `make PYTHON=…` overrides.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)

.PHONY: help demo test check format setup setup-dev clean

help:
	@sed -n '1,3s/^# //p' Makefile

demo: setup
	@sh tests/demo.sh $(BIN) $(OUT) $(SPEC)

test: setup-dev
	@if [ -n "$$CI" ]; then sh tests/extras.sh $(VENV)/axe; fi
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -n $(JOBS) $(PYTEST_ARGS)

format: setup-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

setup: $(VENV)/.ready
setup-dev: $(VENV)/.ready-dev

# Installing is repeated when pyproject.toml is newer than the stamp, or when the environment is broken.
$(VENV)/.ready: pyproject.toml
	@$(call install,.)
	@touch $@

$(VENV)/.ready-dev: pyproject.toml
	@$(call install,.[dev])
	@touch $@ $(VENV)/.ready

# `venv --without-pip` is quick and needs no python3-venv package; pip then installs into it from outside, and itself
# with it: whoever writes a plugin types `pip install -e` in the activated environment, and must not meet another pip.
define install
	set -e; \
	if [ -z "$(PYTHON)" ]; then echo "make: no Python 3.11 or newer found; name one with make PYTHON=/path/to/python" >&2; exit 1; fi; \
	if ! $(BIN)/python -c '' 2>/dev/null; then rm -rf $(VENV); $(PYTHON) -m venv --without-pip $(VENV); fi; \
	if command -v uv >/dev/null 2>&1; then uv pip install --quiet --python $(BIN)/python pip -e '$(1)'; \
	elif $(PYTHON) -m pip --version >/dev/null 2>&1; then $(PYTHON) -m pip --python $(BIN)/python install --quiet pip -e '$(1)'; \
	else pip --python $(BIN)/python install --quiet pip -e '$(1)'; fi
endef

clean:
	rm -rf $(VENV) $(OUT) dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
