# Everything installs into .venv; nothing needs root. `make help` lists the targets.
PYTHON ?= python3.11
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet install --require-hashes --only-binary :all:
export DJANGO_SETTINGS_MODULE ?= alongside.config.settings.demo

.PHONY: help setup demo test check fix bench mutants docs lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Alongside needs Python 3.11: apt-get install python3.11 python3.11-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python 3.11 has no venv here: apt-get install python3.11-venv"; exit 1; }

$(VENV)/.runtime: requirements/runtime.txt tools/link_command.py | $(VENV)/bin/python
	@echo "Setting up (once) ..."
	@$(PIP) -r requirements/runtime.txt
	@$(PY) tools/link_command.py
	@$(PY) -m compileall -q alongside # so that the command line starts at once
	@touch $@

$(VENV)/.development: requirements/development.txt | $(VENV)/.runtime
	@$(PIP) -r requirements/development.txt
	@touch $@

setup: $(VENV)/.runtime ## Install what the product needs to run

demo: $(VENV)/.runtime ## Start the product on PORT (8000) with an embedded database
	@PORT=$(PORT) exec $(PY) manage.py demo

test: $(VENV)/.development ## Run every test, in a real browser too
	@sh tools/need_browser.sh
	@DJANGO_SETTINGS_MODULE=alongside.config.settings.testing $(PY) -m pytest -n auto

check: $(VENV)/.development ## Lint, types, contracts, budgets, content
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@DJANGO_SETTINGS_MODULE=alongside.config.settings.testing $(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports --no-logo --cache-dir .import_linter_cache
	@$(PY) tools/budgets.py
	@$(PY) tools/content_check.py
	@DJANGO_SETTINGS_MODULE=alongside.config.settings.testing $(PY) manage.py check --fail-level WARNING
	@DJANGO_SETTINGS_MODULE=alongside.config.settings.testing $(PY) manage.py makemigrations --check --dry-run

fix: $(VENV)/.development ## Mend what can be mended by machine
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .

bench: $(VENV)/.development ## Measure speed; prints a table and writes benchmarks/latest.json
	@$(PY) -m compileall -q alongside # as a fresh setup leaves it
	@$(PY) -m benchmarks

mutants: $(VENV)/.development ## Change the domain in small places: a test must fail (an hour or two)
	@DJANGO_SETTINGS_MODULE=alongside.config.settings.testing $(PY) tools/mutate.py

docs: $(VENV)/.development ## Write the reference pages from the content
	@$(PY) tools/write_reference.py
	@$(PY) tools/write_sealed.py

lock: ## Write requirements/*.txt anew (maintainers; needs uv)
	uv pip compile -q --generate-hashes --python-version 3.11 --no-header --no-annotate requirements/runtime.in -o requirements/runtime.txt
	uv pip compile -q --generate-hashes --python-version 3.11 --no-header --no-annotate requirements/postgresql.in -o requirements/postgresql.txt
	uv pip compile -q --generate-hashes --python-version 3.11 --no-header --no-annotate requirements/development.in -o requirements/development.txt

clean: ## Remove what was built
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
