# Every target does its own set-up. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
DEV_STAMP := $(VENV)/.ready-dev
SUPPLY_STAMP := $(VENV)/supply-chain/.ready
# Bytecode is compiled once at set-up: without it every start recompiles thousands of modules.
export PYTHONDONTWRITEBYTECODE :=
export RASA_TELEMETRY_ENABLED := false

.DEFAULT_GOAL := help
.PHONY: help setup run test check fuzz growth correction chaos bench train lock licences audit sbom widget screenshots clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/' | expand -t 14

setup: $(STAMP) ## make the environment in .venv

$(STAMP): requirements.lock pyproject.toml
	@PYTHON="$(PYTHON)" sh deploy/setup.sh requirements.lock

$(DEV_STAMP): requirements-dev.lock pyproject.toml
	@PYTHON="$(PYTHON)" sh deploy/setup.sh requirements-dev.lock

run: $(STAMP) ## train if needed and serve the assistant
	@exec $(BIN)/bot serve

train: $(STAMP) ## train the model if the data changed
	@$(BIN)/bot train

test: $(DEV_STAMP) ## run all tests
	@$(BIN)/bot train
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: $(DEV_STAMP) ## format, lint, types, import contracts, content: quick, before each commit
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/yamllint -s data config.yml domain.yml endpoints.yml credentials.yml
	@$(BIN)/codespell
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/bot check

fuzz: $(DEV_STAMP) ## send 10,000 odd requests to every public route, show how long others wait meanwhile
	@BOT_FUZZ_REQUESTS=10000 $(BIN)/python -m pytest -s tests/integration/test_gateway_fuzz.py

chaos: $(DEV_STAMP) ## kill all processes at random moments, ten rounds of it, and look whether anything is lost
	@BOT_KILL_ROUNDS=10 $(BIN)/python -m pytest -s tests/integration/test_whole_assistant_killed.py

growth: $(DEV_STAMP) ## two of everything on PostgreSQL, processes and database taken away under load
	@$(BIN)/bot train
	@$(BIN)/python -m pytest -m endurance tests/integration/test_growth.py

correction: $(DEV_STAMP) ## one message corrected, trained, compared, published and rolled back in the running assistant: minutes
	@$(BIN)/bot train
	@$(BIN)/python -m pytest -s -m endurance tests/integration/test_correction_live.py

screenshots: $(DEV_STAMP) ## take the pictures of docs/screenshots anew (needs Debian's chromium)
	@$(BIN)/python -m tests.e2e.screenshots
	@$(BIN)/python -m tests.e2e.console_screenshots

bench: $(STAMP) ## measure understanding and serving beside stock Rasa, write docs/
	@$(BIN)/bot bench nlu --write
	@$(BIN)/bot bench serve --write

lock: $(DEV_STAMP) ## resolve the dependencies anew
	@sh deploy/lock.sh

licences: $(DEV_STAMP) ## list the licence of every locked package; unknown and forbidden ones fail
	@$(BIN)/python deploy/supply_chain.py licences

audit: $(SUPPLY_STAMP) ## known vulnerabilities of the locked packages, from api.osv.dev
	@$(BIN)/python deploy/supply_chain.py audit

sbom: $(SUPPLY_STAMP) ## write build/sbom.json (CycloneDX)
	@$(BIN)/python deploy/supply_chain.py sbom

$(SUPPLY_STAMP): requirements-supply-chain.lock | $(DEV_STAMP)
	@$(BIN)/python -m venv $(VENV)/supply-chain
	@$(VENV)/uv/bin/uv pip sync --quiet --python $(VENV)/supply-chain/bin/python --require-hashes requirements-supply-chain.lock
	@touch $@

widget: ## build the chat widget (needs Node)
	@cd bot/widget && npm ci && npm run build

clean: ## remove the environment, models and caches
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache models/*.tar.gz
