# Every command of the project. `make run` shows the bank; `make ci` is what the integration server runs.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION := 1

BIN := .venv/bin
PYTHON_FILES = $(wildcard app.py conftest.py chalicelib infra scripts tests)
# Tests hand wrong types over on purpose; what tests stand on is checked.
TYPED_FILES = $(wildcard app.py conftest.py chalicelib infra scripts/*.py $(addprefix tests/,architecture bench plugins))
PORTAL = $(wildcard portal/package.json)

.PHONY: help install run test test-unit test-functional test-integration test-e2e test-portal
.PHONY: check check-python check-types check-generated check-portal format generate bench features ci deploy-local clean distclean

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' Makefile

install: ## everything the project needs, into the project; quick when nothing changed
	@scripts/install

run: install ## the whole bank on http://localhost:8080 (PORT= to change)
	@exec scripts/run

test: install ## every tier, writing build/features.json
	@scripts/test all

test-unit: install ## unit, golden and architecture: no I/O, seconds
	@scripts/test unit

test-functional: install ## modules through their routes on a simulated cloud
	@scripts/test functional

test-integration: install ## the deployed templates on the local cloud
	@scripts/test integration

test-e2e: install ## a person's journeys in a browser
	@scripts/test e2e

test-portal: install ## the portals' own tests
	@scripts/test portal

check: install check-python check-generated check-portal ## style, types, architecture, generated files

check-python:
	@$(BIN)/ruff check $(PYTHON_FILES)
	@$(BIN)/ruff format --check $(PYTHON_FILES)
	@$(MAKE) check-types
	@$(BIN)/lint-imports --no-logo --cache-dir build/import-linter

check-types:
	@$(BIN)/mypy $(TYPED_FILES)

check-generated:
	@if [ -x scripts/generate ]; then scripts/generate --check; fi

check-portal:
ifneq ($(PORTAL),)
	@npm run --prefix portal --if-present lint
	@npm run --prefix portal --if-present typecheck
endif

format: install ## rewrite in the house style what a tool can
	@$(BIN)/ruff check --fix --quiet $(PYTHON_FILES) || true
	@$(BIN)/ruff format $(PYTHON_FILES)

generate: install ## rewrite the files that are derived from the code
	@scripts/generate

bench: install ## measure, writing build/bench.json
	@$(BIN)/python -m tests.bench

features: ## which specified features the last test run demonstrated
	@../shared/tools/feature_coverage.py

ci: ## install, check and test, as the integration server does
	@$(MAKE) install
	@$(MAKE) check
	@$(MAKE) test

deploy-local: install ## deploy the templates to the local cloud that is running
	@scripts/deploy --stage local

clean: ## forget what was built and the local cloud's data
	@rm -rf build .local .pytest_cache .ruff_cache .hypothesis portal/apps/*/dist
	@find . -name __pycache__ -type d -not -path './.venv*' -not -path './portal/node_modules/*' -prune -exec rm -rf {} +

distclean: clean ## also forget what was installed
	@rm -rf .venv .venv-cloud portal/node_modules
