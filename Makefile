# One command for everything. `make issue` and `make test` work on a fresh machine: whatever
# is missing is installed first, and made again when the lock or the recipe changes.

ISSUE ?= issues/yangcheng/2026-12-01
# Names the Python that .venv is made with; without it a fitting one is looked for.
PYTHON ?=

VENV := .venv
BIN := $(VENV)/bin
FONTS := fonts/built/manifest.json
COLOUR := colour/built/WAN-IFRAnewspaper26v5.icc
# Errors only; and bytecode is left for the first run to write, since pip would compile
# thousands of modules that nothing imports.
PIP_INSTALL := $(BIN)/pip install -qq --disable-pip-version-check --no-input --no-compile
OUT := $(patsubst issues/%,out/%,$(ISSUE))
# More for the meter: METER="--show 10" or METER=--json.
METER ?=
# More for planning: PLAN="--times 5,15,60 --runs 2 --pages".
PLAN ?=

.DELETE_ON_ERROR:
.PHONY: help issue test lint docs fonts colour bench plan-bench meter schema lock clean check-epub check-pdf pdf-tools

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

issue: $(VENV)/made $(FONTS) $(COLOUR) ## build the sample issue, or ISSUE=issues/PAPER/DATE
	$(BIN)/producer build $(ISSUE)

test: $(VENV)/made $(FONTS) $(COLOUR) ## run the tests
	$(BIN)/python -m pytest

lint: $(VENV)/made ## check style, types and the order of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/made ## write the tables of checks in docs/ from the checks themselves
	$(BIN)/python -m producer.checks > docs/content-checks.md
	$(BIN)/python -m producer.preflight > docs/checks.md

fonts: $(VENV)/made ## build the typefaces that are missing or stale
	@$(BIN)/python -m producer.fonts

colour: $(VENV)/made ## fetch the ICC profiles that are missing
	@$(BIN)/python -m producer.colour

bench: $(VENV)/made $(FONTS) $(COLOUR) ## measure speed and memory
	$(BIN)/python -m tests.benchmarks

plan-bench: $(VENV)/made $(FONTS) ## plan real issues where their stories are at hand, and judge the plans
	$(BIN)/python -m tests.planning $(PLAN)

meter: issue ## measure the typesetting of the issue and of kept stories
	$(BIN)/python -m tests.meter $(OUT)/print.pdf $(METER)

check-epub: issue ## check e-books by EPUBCheck, Ace and readers; installs what it can
	@PYTHON=$(BIN)/python sh tools/check-epub.sh --install
	@$(BIN)/python -m tests.test_epub_rich out/rich.epub
	@PYTHON=$(BIN)/python sh tools/check-epub.sh $(OUT)/*.epub out/rich.epub

check-pdf: issue pdf-tools ## check PDFs by veraPDF, Ghostscript, MuPDF and Poppler
	@PYTHON=$(BIN)/python sh tools/check-pdf.sh $(OUT)

pdf-tools: $(VENV)/made ## install those programs, as far as they can be had here
	@PYTHON=$(BIN)/python sh tools/check-pdf.sh --install

schema: $(VENV)/made ## write the JSON Schemas of editors' files to out/schema
	@mkdir -p out/schema
	@for kind in paper issue story; do \
	    $(BIN)/producer schema $$kind > out/schema/$$kind.json || exit 1; \
	done

lock: ## pin the newest versions of all libraries in requirements.lock (needs uv)
	uv pip compile --quiet --upgrade --universal --generate-hashes --extra dev \
	    --python-version 3.11 --no-config --no-header pyproject.toml --output-file requirements.lock

clean: ## remove all that was made, but the cache of downloads
	rm -rf $(VENV) fonts/built colour/built *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	rm -rf .hypothesis out/*
	find producer tests -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/made: requirements.lock pyproject.toml tools/system-packages.sh
	@python=$$(PYTHON='$(PYTHON)' sh tools/system-packages.sh) && \
	    echo "making $(VENV) with $$python" && \
	    "$$python" -m venv --clear $(VENV)
	@$(PIP_INSTALL) --require-hashes --requirement requirements.lock
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

# Touched, since the build leaves a manifest alone that is still true.
$(FONTS): $(VENV)/made fonts/fonts.yaml $(wildcard producer/fonts/*.py)
	@$(BIN)/python -m producer.fonts
	@touch $@

$(COLOUR): $(VENV)/made colour/profiles.yaml
	@$(BIN)/python -m producer.colour
	@touch $@
