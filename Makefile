# Two commands: `make run` serves the example on http://127.0.0.1:8000, `make test` installs and runs every check.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: run test lint types contracts check evaluate lock sbom audit clean

run: $(VENV)/run.stamp
	$(BIN)/parallax db upgrade
	$(BIN)/parallax example --if-empty
	$(BIN)/parallax serve --host $(HOST) --port $(PORT)

test: $(VENV)/dev.stamp lint types contracts
	$(BIN)/python -m pytest -n 2

check: lint types contracts

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

contracts: $(VENV)/dev.stamp
	$(BIN)/lint-imports

# Measures every figure anew; DATA is the folder with the public data sets.
evaluate: $(VENV)/dev.stamp
	$(BIN)/python tests/quality/evaluate.py $(DATA)

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: $(BIN)/python requirements.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/dev.stamp: $(BIN)/python requirements-dev.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# Writes the lock files: versions and hashes, no addresses.
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-annotate --no-header -o requirements.txt pyproject.toml
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-annotate --no-header --extra dev -o requirements-dev.txt pyproject.toml

# What the product is made of, from the lock file (CycloneDX); and whether holes in it are known, where that can be asked.
sbom: $(BIN)/python
	mkdir -p build
	$(BIN)/python deploy/bill.py requirements.txt > build/sbom.json

audit: $(VENV)/dev.stamp
	$(BIN)/python deploy/audit.py requirements.txt $(if $(ADVISORIES),--advisories $(ADVISORIES))

clean:
	rm -rf $(VENV) build *.egg-info
