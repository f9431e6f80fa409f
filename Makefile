PYTHON ?= python3
SET_UP = $(PYTHON) -m deploy.setup
BIN = .venv/bin

.PHONY: run cluster test soak bench bench-cluster format lock clean
.SILENT: run cluster

run:
	$(SET_UP) run && exec $(BIN)/partnership serve

# The distributed system on this machine, without Docker
cluster:
	$(SET_UP) cluster && exec $(BIN)/python -m deploy.cluster

test:
	@$(SET_UP) test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest

# The same tests, with more rounds of whatever is random or long: make soak SOAK=100
soak: export SOAK ?= 20
soak: export PYTEST_TIMEOUT = 0
soak: test

bench:
	@$(SET_UP) test
	$(BIN)/partnership bench

bench-cluster:
	@$(SET_UP) test
	$(BIN)/partnership bench --cluster

format:
	@$(SET_UP) test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Keeps what is locked unless pyproject.toml or package.json asks otherwise; to move on: make lock UPGRADE=--upgrade
COMPILE = UV_PYTHON_DOWNLOADS=never $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate $(UPGRADE) pyproject.toml --group setup
lock:
	@$(SET_UP) test
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --extra cluster --constraints requirements.lock --output-file requirements-cluster.lock
	$(COMPILE) --extra cluster --group dev --constraints requirements-cluster.lock --output-file requirements-dev.lock
	$(BIN)/python -m deploy.setup.npm install --package-lock-only

clean:
	rm -rf .venv node_modules gateway/static/vendor set-up.log
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
