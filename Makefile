# The two commands of the README: make demo, make test. Everything lives in .venv; nothing else is assumed than
# Python 3.11-3.13 with pip, git, make and a C compiler.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/run.stamp
DEV := $(VENV)/dev.stamp
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
MAKEFLAGS += --no-print-directory

.PHONY: demo test lint bench docs lock clean

demo: $(RUN)
	$(BIN)/wfm plan scenarios/helpdesk-24x7

# make test TESTS= runs the slow ones too, as continuous integration does.
TESTS ?= -m "not slow"
test: lint
	$(BIN)/python -m pytest -n 2 --dist worksteal $(TESTS)

lint: $(DEV)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/deptry --no-ansi wfm

# One question a folder, each with its own run.py; BENCH=name runs one of them.
BENCH ?= *
bench: $(DEV)
	@set -e; for script in benchmarks/$(BENCH)/run.py; do echo "== $$script"; $(BIN)/python $$script; done

docs: $(DEV)
	$(BIN)/sphinx-build -W --keep-going -q -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

# Keeps what is pinned as far as pyproject.toml allows; make lock LOCK=--upgrade takes the newest.
lock:
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip -q install uv
	$(COMPILE) --extra build --extra dev --output-file locks/dev.lock
	$(COMPILE) --extra build --constraint locks/dev.lock --output-file locks/run.lock
	@! grep -n '://' locks/*.lock

COMPILE = build/lock/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links $(LOCK)

clean:
	rm -rf $(VENV) build dist docs/_build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find wfm tests -name __pycache__ -prune -exec rm -rf {} +

# Two stamps share one environment: what runs wfm, and what tests it on top.
$(RUN): locks/run.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { \
		echo "wfm needs Python 3.11, 3.12 or 3.13: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@echo "installing wfm into $(VENV) (about 40 s)"
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r locks/run.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): $(RUN) locks/dev.lock
	@echo "installing the development tools into $(VENV)"
	$(PIP) install --require-hashes -r locks/dev.lock
	@touch $@
