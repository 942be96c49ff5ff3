# 引证 Yinzheng. `make chat` and `make test` do everything on a fresh machine.
#
#   make setup   .venv/ with the command at .venv/bin/yinzheng
#   make chat    set-up, reading of corpus/, a chat; reads a pipe too
#   make test    all tests
#   make web     the YASGUI editor for the page of `yinzheng serve`, from npm
#   make lint    ruff and mypy --strict
#   make eval    scores against the project's own gold
#   make bench   speed and quality, side by side with what others do
#
# PYTHON names the interpreter that .venv/ is made with; YINZHENG_HOME the
# knowledge base, by default .home/ beside this file, so that a clone needs
# nothing outside its own folder.

PYTHON ?= python3
YINZHENG_HOME ?= $(CURDIR)/.home
export YINZHENG_HOME

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check
INSTALL := $(PIP) install --constraint constraints.txt
SETUP := $(VENV)/.setup
BENCHMARKS = $(filter-out __init__,$(notdir $(basename $(wildcard benchmarks/*.py))))
SETUP_TEST := $(VENV)/.setup-test

WEB := kg/http/web

.PHONY: setup chat test web lint eval bench clean
.DELETE_ON_ERROR:

setup: $(SETUP)

# What a set-up says goes to standard error: standard output is the answer's.
$(SETUP): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { \
	  echo "make: no $(PYTHON) here; install Python 3.11 to 3.13, or name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' || { \
	  echo "make: $$($(PYTHON) --version 2>&1) does not fit, 3.11 to 3.13 does; name one: make PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up $(VENV)/ (once, some minutes) ..." >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) >&2
	@$(INSTALL) --editable . >&2
	@touch $@

$(SETUP_TEST): $(SETUP)
	@$(INSTALL) --editable '.[test]' >&2
	@touch $@

chat: $(SETUP)
	@$(BIN)/yinzheng ingest corpus/articles </dev/null >&2
	@$(BIN)/yinzheng chat

test: $(SETUP_TEST)
	@$(BIN)/python -m pytest -n 2 --dist worksteal

# Versions and hashes are those of the lock file; without npm the server has a plain page.
web:
	@command -v npm >/dev/null || { \
	  echo "make: no npm here; install Node.js, or use the plain page that needs none" >&2; exit 1; }
	@npm ci --prefix $(WEB) --omit=dev --no-audit --no-fund >&2

lint: $(SETUP_TEST)
	@$(BIN)/ruff check .
	@$(BIN)/mypy

eval: $(SETUP)
	@$(BIN)/yinzheng ingest corpus/articles </dev/null >&2
	@$(BIN)/yinzheng eval corpus/gold/*/*.jsonl

bench: $(SETUP_TEST)
	@for name in $(BENCHMARKS); do echo "== $$name"; $(BIN)/python -m benchmarks.$$name || exit 1; done

clean:
	@rm -rf $(VENV) $(WEB)/node_modules .home build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
