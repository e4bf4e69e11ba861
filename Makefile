# The two commands of a user are `make site` and `make test`; everything else is for those who change the code.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# Material's notice about its own future would be the first thing a clerk reads of every build.
export NO_MKDOCS_2_WARNING := 1

.PHONY: site serve posters test lint check docs bench bench-lessons bench-posters bench-road lock clean

site: $(READY)
	$(BIN)/liaison check
	$(BIN)/liaison build

serve: $(READY)
	$(BIN)/mkdocs serve

posters: $(READY)
	$(BIN)/liaison posters --yes

test: $(READY)
	$(BIN)/python -m pytest --numprocesses auto

check: $(READY)
	$(BIN)/liaison check

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(READY)
	$(BIN)/python -m liaison.records.rule_list > docs/rules.md

# Side by side with Hugo; BENCH=--marginal also measures a tenth and a hundredth of the size.
N ?= 128000
bench: $(READY)
	$(BIN)/python benchmarks/run.py --deputies $(N) --stations $$(( $(N) / 15 )) --runs 3 $(BENCH)

# Side by side with plain MkDocs and Material; most of the time is theirs, with 2,000 lessons in the menu of each page.
LESSONS ?= 2000
bench-lessons: $(READY)
	$(BIN)/python benchmarks/lessons.py --lessons $(LESSONS) --runs 3 $(BENCH)

# Everything printed of a province: with 120,000 badges some 20 minutes, and 3 GB of disk in .cache.
BADGES ?= 120000
bench-posters: $(READY)
	$(BIN)/python benchmarks/posters.py --badges $(BADGES) --runs 3 $(BENCH)

# A province from records to a host and back; some 15 minutes, and 10 GB of disk in .cache.
bench-road: $(READY)
	$(BIN)/python benchmarks/road.py --deputies $(N) --stations $$(( $(N) / 15 )) --runs 3 $(BENCH)

# Needs the network and pip-tools; names no index in the result.
lock:
	$(PYTHON) -m piptools compile --quiet --strip-extras --generate-hashes --allow-unsafe --extra dev \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header \
	  --output-file requirements.txt pyproject.toml

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 5))' || { echo "Python 3.11.5 or newer is needed"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf $(VENV) site .site.*
