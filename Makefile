# Set-up, run and checks with nothing but CPython (3.11 or later) and make.
#
#   make run                                  set up once, then open the page
#   make run ARGS="--plans ~/plans"           the same, with arguments of app.py
#   make test                                 set up once, then all the checks
#   make test PYTEST_ARGS="-k citation"       the same, with arguments of pytest
#   make lint | make train | make clean
#
# On Linux, pip's own index gives torch with CUDA, which is large. For the CPU build alone:
#   make run PIP_ARGS="--extra-index-url https://download.pytorch.org/whl/cpu"

VENV ?= .venv
PYTHON ?=
PIP_ARGS ?=
ARGS ?=
PYTEST_ARGS ?=
# Modules share a program and a browser, so a file of tests stays on one core. Empty: one by one.
IN_PARALLEL ?= --numprocesses auto --dist loadfile

BIN := $(VENV)/bin
INSTALL = $(BIN)/python -m pip install --disable-pip-version-check --constraint constraints.txt $(PIP_ARGS)

.PHONY: run test lint train clean

run: $(VENV)/.installed
	$(BIN)/python app.py $(ARGS)

test: lint
	$(BIN)/python -m pytest $(IN_PARALLEL) $(PYTEST_ARGS)

lint: $(VENV)/.installed-tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

train: $(VENV)/.installed
	$(BIN)/python -m training $(ARGS)

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist

# The stamps are newer than what they were made from, so that a changed list installs again.
$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/.created
	$(INSTALL) --editable .
	@touch $@

$(VENV)/.installed-tests: pyproject.toml constraints.txt | $(VENV)/.created
	$(INSTALL) --editable '.[test]'
	@touch $(VENV)/.installed $@

$(VENV)/.created:
	@for python in $(PYTHON) python3 python3.13 python3.12 python3.11 python; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    echo "Creating $(VENV) with $$("$$python" --version)"; \
	    "$$python" -m venv $(VENV) && touch $@; exit; \
	  fi; \
	done; \
	echo "Python 3.11 or later was not found. Install it, or name it: make run PYTHON=/path/to/python3" >&2; \
	exit 1
