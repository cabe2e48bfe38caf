# `make help` lists what can be asked for. Everything is brought into this folder; nothing is
# installed on the machine but, for `make test`, a browser where there is none.
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
ONLY ?= tests
MINUTES ?= 10

BIN := .venv/bin
MADE := .venv/made
FRONTEND := src/guyub/interfaces/web/frame/static/dist/guyub.css

export VIRTUAL_ENV := $(CURDIR)/.venv
export UV_PYTHON_DOWNLOADS := never
export DJANGO_SETTINGS_MODULE := guyub.config.settings

.PHONY: help setup demo test test-engine test-sqlite test-postgres check format bench crash messages docs lock clean

help: ## Say what can be asked for
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(MADE)/ready ## Set everything up in this folder

demo: setup ## Serve the sample community on HOST:PORT (127.0.0.1:8000)
	@exec $(BIN)/guyub demo --data data/demo --host $(HOST) --port $(PORT)

# Pages and browsers wait for each other: three at a time keep two cores busy.
test: test-engine test-sqlite test-postgres ## Run all tests, on SQLite and on PostgreSQL (ONLY=tests/core)

test-engine: setup $(MADE)/engine ## Run the engine's tests where Django is not installed
	PYTHONPATH=src .venv-engine/bin/python -m pytest tests/engine -q -n 2 --dist worksteal

test-sqlite: setup $(MADE)/browser ## Run all but the engine's tests on SQLite
	$(BIN)/python -m pytest $(ONLY) -q -n 3 --dist worksteal --ignore tests/engine

test-postgres: setup $(MADE)/browser ## Run on a PostgreSQL of their own those of tests/databases.py
	$(BIN)/python scripts/with_postgres.py $(BIN)/python -m pytest $(ONLY) -q -n 3 --dist worksteal \
		-m "not sqlite"

check: setup ## Check format, style, types, import contracts, translations, migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint --quiet --lint src/guyub
	scripts/with_data $(BIN)/mypy
	scripts/with_data $(BIN)/lint-imports --no-cache
	$(BIN)/python scripts/messages.py check
	scripts/with_data $(BIN)/guyub manage makemigrations --check --dry-run

format: setup ## Put code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup $(MADE)/peers ## Print the benchmarks
	scripts/with_data $(BIN)/python -m bench

crash: setup ## Kill the server and imports at random for MINUTES on each database
	scripts/with_data $(BIN)/python -m bench.crash --minutes $(MINUTES)
	scripts/with_data $(BIN)/python -m bench.jobs
	scripts/with_data $(BIN)/python scripts/with_postgres.py $(BIN)/python -m bench.crash --minutes $(MINUTES)
	scripts/with_data $(BIN)/python scripts/with_postgres.py $(BIN)/python -m bench.jobs

messages: $(MADE)/packages ## Bring new words into the catalogues of translations
	$(BIN)/python scripts/messages.py update
	$(BIN)/python scripts/messages.py compile

docs: setup $(MADE)/browser ## Write the reference and take the screenshots anew
	scripts/with_data $(BIN)/python docs/generate_reference.py
	scripts/with_data $(BIN)/python docs/take_screenshots.py

lock: $(MADE)/packages ## Choose the newest allowed versions of all packages
	$(BIN)/uv pip compile --quiet --universal --upgrade --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --extra web --extra parquet --group dev pyproject.toml -o requirements.lock
	cd frontend && npm update && node -e 'const file = "package-lock.json", fs = require("fs"), lock = JSON.parse(fs.readFileSync(file)); for (const each of Object.values(lock.packages)) delete each.funding; fs.writeFileSync(file, JSON.stringify(lock, null, 2) + "\n")'

clean: ## Remove what set-up brought
	rm -rf .venv .venv-engine .venv-peers frontend/node_modules src/guyub/interfaces/web/frame/static/dist

$(MADE)/ready: $(MADE)/packages $(FRONTEND) $(MADE)/messages $(MADE)/kernels
	@touch $@

$(MADE)/packages: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Guyub needs Python 3.11 or newer; name it with PYTHON=…"; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv || { echo "Python's venv is missing: apt install python3-venv"; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	@mkdir -p $(MADE) && touch $@

$(FRONTEND): frontend/package-lock.json $(wildcard frontend/css/* frontend/*.js frontend/*.json) $(shell find src/guyub -name '*.html') | $(MADE)/packages
	scripts/node npm ci --prefix frontend --no-progress --silent
	scripts/node npm run build --prefix frontend --silent
	@touch $@

$(MADE)/messages: $(wildcard src/guyub/locale/*/LC_MESSAGES/django.po) $(MADE)/packages
	$(BIN)/python scripts/messages.py compile
	@touch $@

# Compiled once here, so that nobody waits for it the first time they ask for a plan.
$(MADE)/kernels: $(shell find src/guyub/engine -name "*.py") $(MADE)/packages
	$(BIN)/python -m guyub.engine.warm_up
	@touch $@

$(MADE)/engine: requirements.lock $(MADE)/packages
	test -x .venv-engine/bin/python || $(PYTHON) -m venv --without-pip .venv-engine
	$(BIN)/uv pip install --quiet --python .venv-engine/bin/python -c requirements.lock \
		igraph numba numpy hypothesis networkx pytest pytest-xdist
	@touch $@

# Other libraries that answer the same question; where one cannot be installed, it is left out.
$(MADE)/peers: $(MADE)/packages
	test -x .venv-peers/bin/python || $(PYTHON) -m venv --without-pip .venv-peers
	-$(BIN)/uv pip install --quiet --python .venv-peers/bin/python pynetim==0.5.5 cynetdiff==0.1.18
	@touch $@

$(MADE)/browser: $(MADE)/packages
	scripts/browser
	@touch $@
