# Two commands are all the set-up there is: `make run` and `make test`. Only Python 3.11+ and make are needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CLIENTS := tests/clients/node_modules
ifdef PORT
export CATALOG_PORT := $(PORT)
endif

.PHONY: run demo test check bench soak clean help
.DEFAULT_GOAL := help

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

run: $(VENV)/.runtime ## serve the seeded catalogue on http://127.0.0.1:8000 (make run PORT=9000)
	@$(BIN)/catalog migrate
	@$(BIN)/catalog seed
	@exec $(BIN)/catalog serve

demo: export CATALOG_DATABASE_URL ?= sqlite:///var/demo.db
demo: export CATALOG_SEARCH_URL ?= var/demo-index
demo: $(VENV)/.runtime ## the same with Example College, whose offerings are open, full and upcoming today (data of its own in var/)
	@$(BIN)/catalog migrate
	@$(BIN)/catalog seed --demo
	@exec $(BIN)/catalog serve

test: $(VENV)/.development $(CLIENTS)/.installed check ## everything, on SQLite and on a real PostgreSQL
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: $(VENV)/.development ## style, types, floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

bench: $(VENV)/.development ## how fast, against references installed for it (15 minutes; parts: python -m bench queries|search|judged|differential|apply)
	$(BIN)/python -m bench

soak: $(VENV)/.development ## the long tests: 5,000 generated requests (3 minutes), 20,000 damaged feeds (4 minutes), writers killed some 3,000 times (45 minutes), search over a million credentials (10 minutes)
	CATALOG_SOAK=1 $(BIN)/python -m pytest tests/http/test_schemathesis.py tests/ingest/test_mutated.py tests/ingest/test_bombs.py
	CATALOG_SOAK=1 $(BIN)/python -m pytest -n 2 --dist worksteal tests/ingest/killed
	CATALOG_SOAK=1 $(BIN)/python -m bench search

clean: ## remove the virtual environment and the local catalogue
	rm -rf $(VENV) var

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12"; exit 1; }
	@echo "making the virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: pyproject.toml constraints.txt $(VENV)/bin/python
	@echo "installing the catalogue (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.development: pyproject.toml constraints.txt $(VENV)/bin/python
	@echo "installing the catalogue and its tools (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,telemetry]'
	@touch $@ $(VENV)/.runtime

# The tests that need Node skip where this could not install anything; CI lets none of them skip.
$(CLIENTS)/.installed: tests/clients/package.json
	@mkdir -p $(CLIENTS)
	@if command -v npm >/dev/null; then echo "installing the JavaScript clients of the tests (once)"; \
	cd tests/clients && npm install --no-package-lock --no-audit --no-fund --loglevel=error >/dev/null && touch node_modules/.installed; \
	else rmdir $(CLIENTS); echo "npm is not installed: tests of JavaScript clients are skipped"; fi
