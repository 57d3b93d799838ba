# Every job has one command, the same here and in CI. `make help` lists them.
PYTHON ?= python3
ENGINE ?= auto
BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint types contracts check bench parity model reliability languages mutants dist release ranges new-settings docs lock clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: $(READY) ## Make .venv from requirements.lock; leaves the command at .venv/bin/auth0-apis

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make setup PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

demo: $(READY) ## Run the main job on a sandbox tenant (ENGINE=local|pulumi chooses the engine)
	@$(BIN)/python examples/demo.py --engine $(ENGINE)

test: $(READY) ## Run all tests
	@$(BIN)/python -m pytest -n auto --dist loadgroup

parity: $(READY) ## Compare the local engine with the pulumi CLI, which must be on PATH
	@PARITY=required $(BIN)/python -m pytest -n auto tests/parity

model: $(READY) ## Play programs, runs and hands on the tenant against each other (STEPS=20000, SEED=…, PROCESSES=yes or PLUGIN=yes)
	@$(BIN)/python -m tests.model --steps $(or $(STEPS),20000) $(if $(SEED),--seed $(SEED)) $(if $(PROCESSES),--processes) $(if $(PLUGIN),--plugin)

reliability: $(READY) ## Play what could lose an object; writes docs/reliability.md (ENGINES="local pulumi" PARTS="rows crashes" RUNS=200 SEED=…)
	@$(BIN)/python -m tests.reliability --engines $(or $(ENGINES),local) $(if $(PARTS),--parts $(PARTS)) $(if $(RUNS),--runs $(RUNS)) $(if $(SEED),--seed $(SEED))

languages: $(READY) ## Play the example of every language on the pulumi CLI; writes docs/languages.md (LANGUAGES="yaml go")
	@$(BIN)/python -m tests.plugin.languages $(if $(LANGUAGES),--languages $(LANGUAGES))

mutants: $(READY) ## Change the core's lines one at a time, and see whether a test notices; writes docs/reliability.md (GROUPS="pacing guard")
	@$(BIN)/python -m tests.mutation $(if $(GROUPS),--groups $(GROUPS))

bench: $(READY) ## Measure what a whole tenant costs, on the pulumi CLI too where it is on PATH (PART="tenant scale")
	@$(BIN)/python -m tests.bench $(if $(PART),--parts $(PART))

dist: $(READY) ## Build the archives in dist/, install them in an empty environment, and try them there
	@$(BIN)/python -m tests.installation

release: ## Tell whether TAG=v1.2.3 may become a release (ARCHIVES=yes: dist/ too); the workflow does the rest
	@$(PYTHON) -m tests.installation.release "$(TAG)" $(if $(ARCHIVES),--archives)

ranges: $(READY) ## Run the provider's tests with the oldest and the newest dependencies declared (ENDS="oldest newest")
	@$(BIN)/python -m tests.installation.ranges --ends $(or $(ENDS),oldest newest)

new-settings: $(READY) ## Print what the newest auth0-python has that our tables lack; fails where it has
	@$(BIN)/python -m tests.tables.new_settings

lint: $(READY) ## Lint and check the formatting
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(READY) ## Check the types, and with mypy and pyright what users write
	@$(BIN)/mypy
	@$(BIN)/python -m tests.types

contracts: $(READY) ## Check which room may import which
	@$(BIN)/lint-imports --no-cache

check: lint types contracts ## Lint, types and import contracts

docs: $(READY) ## Write the generated parts of the documentation, and record the demo
	@$(BIN)/python -m docs.generate
	@$(BIN)/python docs/record_demo.py
	@$(BIN)/python docs/record_page.py

lock: ## Pin every dependency with its hashes, for Python 3.11 and newer (needs uv)
	uv pip compile pyproject.toml --extra testing --group dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate --no-header --output-file requirements.lock

clean: ## Remove what the other targets made
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache
