# `make run` serves the example on http://127.0.0.1:8000, `make test` installs and runs every check, `make help` lists the others.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 3

.PHONY: help run test installed quick lint types contracts check evaluate bench lock sbom audit clean

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/run.stamp ## serve the example on http://127.0.0.1:8000
	$(BIN)/parallax db upgrade
	$(BIN)/parallax example --if-empty
	$(BIN)/parallax serve --host $(HOST) --port $(PORT)

# Three workers for two cores, for what one waits for is time for another; types are read beside them. What these say stands at the end.
test: $(VENV)/dev.stamp lint contracts ## install and run every check (minutes)
	@mkdir -p build; $(MAKE) -s types >build/types.log 2>&1 & types=$$!; \
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal; tests=$$?; \
	wait $$types; types=$$?; cat build/types.log; exit $$((tests | types))

installed: $(VENV)/dev.stamp

# What waits for a model, a browser or another program is left to `make test`; tests/rooms.py says how that is known.
quick: lint types contracts ## lint, types, contracts, and the tests that need no model, browser or server
	$(BIN)/python -m pytest --quick -n 2 --dist worksteal -q -r fE

check: lint types contracts ## what quick does, without tests

lint: $(VENV)/dev.stamp ## ruff: rules and layout
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp ## mypy; reads anew only what changed
	$(BIN)/mypy

contracts: $(VENV)/dev.stamp ## import-linter: who may import whom
	$(BIN)/lint-imports

# Measures every figure anew; DATA is the folder with the public data sets.
evaluate: $(VENV)/dev.stamp ## measure every figure anew; DATA=folder of the public data sets
	$(BIN)/python tests/quality/evaluate.py $(DATA)

# What grows with what. SIZES=1000,10000,100000 takes gigabytes and half an hour; FOLDER keeps the databases.
bench: $(VENV)/dev.stamp ## print what grows with what, against its goals; SIZES=1000,10000 FOLDER=dir
	$(BIN)/python tests/benchmarks/growth.py --sizes $(or $(SIZES),1000,10000) --json build/bench.json $(if $(FOLDER),--folder $(FOLDER))

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: $(BIN)/python requirements.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/dev.stamp: $(BIN)/python requirements-dev.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --no-build-isolation -e .
	touch $@

# Writes the lock files: versions and hashes, no addresses.
lock: ## write the lock files anew
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-annotate --no-header -o requirements.txt pyproject.toml
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-annotate --no-header --extra postgres -o requirements-postgres.txt pyproject.toml
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-annotate --no-header --extra dev -o requirements-dev.txt pyproject.toml

sbom: $(BIN)/python ## write the bill of materials (CycloneDX) of the lock file
	mkdir -p build
	$(BIN)/python deploy/bill.py requirements.txt > build/sbom.json

audit: $(VENV)/dev.stamp ## ask whether holes in the locked packages are known
	$(BIN)/python deploy/audit.py requirements.txt $(if $(ADVISORIES),--advisories $(ADVISORIES))

clean: ## remove what was installed and built
	rm -rf $(VENV) build *.egg-info
