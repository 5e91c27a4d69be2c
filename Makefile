# Everything a contributor runs. What needs .venv builds it first, from the locked lists.

PYTHON ?= python3
DRAFT ?= examples/drafts/first-draft.yaml
PORT ?= 8000
BIN := .venv/bin
READY := .venv/.ready
SITE := build/site
# Without npm, the site is built all the same, and its check page says how to get the checker.
CHECKER := $(if $(shell command -v npm 2>/dev/null),build/bundle/.ready)
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.DEFAULT_GOAL := help
.PHONY: help check test conformance lint site serve browser-test linkcheck prose bench bench-catalogue bench-web vocabularies worksheets lock clean

help: # List the targets
	@sed -n 's/^\([a-z-]*\):.*# \(.*\)/make \1\t\2/p' Makefile | expand -t 20

# Status 1 means that the check worked and found something to mend, so it is no failure of make.
check: $(READY) # Check a draft: make check DRAFT=my-draft.yaml
	@$(BIN)/microcred check "$(DRAFT)" || { status=$$?; test $$status -eq 1 || exit $$status; \
	  printf '\nThe check ran to its end. Mend what it found in %s and run it again.\n' "$(DRAFT)"; }

# Every processor takes whole files of tests, so that what a file builds once is built once.
test: $(READY) # Run the tests
	$(BIN)/pytest --numprocesses auto --dist loadfile

# Reads the official shapes and schemas from where MICROCRED_REFERENCE points.
conformance: $(READY) # Hold what is converted against the official shapes and schemas
	$(BIN)/pytest tests/conformance

lint: $(READY) # Check style, types and spelling of the code
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/codespell

# Sphinx forgets the warnings of a build that failed, unless it reads all pages again.
site: $(READY) $(CHECKER) # Build the site and run every example in it
	$(BIN)/sphinx-build -n -W --keep-going -c conf -d build/doctrees docs $(SITE) \
	  || { rm -rf build/doctrees; exit 1; }

serve: site # Show the site on this machine only: make serve PORT=8000
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory $(SITE) $(PORT)

# A page waits for its worker and a test for its page, so two files run at once.
browser-test: site node_modules/.package-lock.json # Test the site in Chromium and Firefox
	node --test --test-concurrency=2 --test-reporter=spec tests/browser/*.mjs

linkcheck: site node_modules/.package-lock.json # Follow every link of the site, also those that leave it
	node_modules/.bin/linkinator $(SITE)

prose: $(READY) # Read the pages for plain words and short sentences
	$(BIN)/python tools/prose.py docs *.md

bench: $(READY) # Measure how long checks take
	$(BIN)/python tools/bench.py "$(DRAFT)"

bench-catalogue: $(READY) # Measure how long catalogues take, and how much memory
	$(BIN)/python tools/bench_catalogue.py

bench-web: site node_modules/.package-lock.json # Measure the check page in Chromium
	node tools/bench-web.mjs "$(DRAFT)"

# Reads the official lists from where MICROCRED_REFERENCE points.
vocabularies: $(READY) # Write the vocabularies anew from the official lists
	$(BIN)/python tools/make_vocabularies.py

worksheets: $(READY) # Record what each worksheet asks in its version
	$(BIN)/python tools/worksheet_versions.py

lock: $(READY) # Lock the newest versions of everything that the project uses
	$(BIN)/uv --system-certs pip compile --upgrade $(LOCK) requirements/bootstrap.in -o requirements/bootstrap.txt
	$(BIN)/uv --system-certs pip compile --upgrade $(LOCK) pyproject.toml --all-extras --group dev --group docs \
	  -o requirements/development.txt
	npm update --package-lock-only --no-audit --no-fund

clean: # Remove everything that make has produced
	rm -rf .venv build dist node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis

# pip takes over where only pip knows the way to the packages, such as a mirror set in pip.conf.
$(READY): requirements/bootstrap.txt requirements/development.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'microcred needs Python 3.11 or later: install one and name it, as in "make PYTHON=python3.12 check".'; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv >/dev/null || { rm -rf .venv; \
	  echo 'Python cannot make a virtual environment here: install its venv module (Debian and Ubuntu: "sudo apt install python3-venv").'; exit 1; }
	@echo 'Preparing .venv (once, about half a minute) ...'
	@$(BIN)/pip install --quiet --require-hashes -r requirements/bootstrap.txt
	@$(BIN)/uv --system-certs pip sync --quiet --python $(BIN)/python --require-hashes requirements/development.txt 2>/dev/null \
	  || $(BIN)/pip install --quiet --require-hashes -r requirements/development.txt
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

build/bundle/.ready: $(READY) node_modules/.package-lock.json tools/bundle.py $(wildcard tools/bundled/*) \
  $(shell find checks/microcred -type f -not -path '*/__pycache__/*')
	$(BIN)/python tools/bundle.py
	@touch $@

node_modules/.package-lock.json: package-lock.json
	npm ci --no-audit --no-fund
	@touch $@
