# Two commands do it all: `make serve` shows the site, `make test` runs the tests. Nothing has to be installed first but Python 3.11+.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help serve site build check test lint bench measure golden lock clean

help: ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 10

# The lists name every package with its hash, so nothing is to be worked out; modules are compiled when they are first used.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --require-hashes

$(VENV)/.ready: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) -r requirements.txt
	@touch $@

$(VENV)/.ready-test: requirements-test.txt requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) -r requirements-test.txt
	@touch $(VENV)/.ready $@

serve: $(VENV)/.ready ## build the site from seeds/ and show it at http://127.0.0.1:8000/
	$(BIN)/python -m build_tools serve --port $(PORT)

site: $(VENV)/.ready ## build the site into site/, ready for any static host
	$(BIN)/python -m build_tools site

build: $(VENV)/.ready ## make pages and data below docs/ from seeds/
	$(BIN)/python -m build_tools build

check: $(VENV)/.ready ## list everything that is wrong or doubtful in seeds/
	$(BIN)/python -m build_tools check

test: $(VENV)/.ready-test ## install what the tests need, and run them all
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(VENV)/.ready-test ## types, style, structure
	$(BIN)/python -m ruff check build_tools tests tools
	$(BIN)/python -m mypy

golden: $(VENV)/.ready-test ## write the golden files anew; read the difference before you commit it
	$(BIN)/python -m pytest --update-golden tests/test_golden.py tests/test_problems.py

bench: $(VENV)/.ready-test ## speed as a ratio to a plain mkdocs build of the same articles
	$(BIN)/python tools/bench.py

measure: $(VENV)/.ready-test ## quality of the rules on other people's data, where that is at hand
	$(BIN)/python tools/measure.py

lock: ## pin all versions with hashes anew
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --extra test pyproject.toml -o requirements-test.txt

clean: ## remove what was built
	rm -rf site $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
