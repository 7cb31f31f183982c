# The commands of README.md. `make briefing` builds the reports, `make test` runs every check.
PYTHON ?= python3
VENV   := .venv
LAB    := .venv-lab
PIP_OPTIONS := --quiet --disable-pip-version-check --no-input --compile

.PHONY: briefing test lint coverage check proof mutation bench lab lock clean

briefing: $(VENV)/installed
	$(VENV)/bin/gba build

test: $(VENV)/installed
	$(VENV)/bin/python -m pytest --numprocesses auto --dist loadfile

# The same checks as in .pre-commit-config.yaml.
lint: $(VENV)/installed
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

# Which lines of src/ the tests run: on the terminal, and as pages in build/coverage/html. Longer than `make test`.
coverage: $(VENV)/installed
	$(VENV)/bin/python -m pytest --numprocesses auto --dist loadfile --cov --cov-report term --cov-report html

check: $(VENV)/installed
	$(VENV)/bin/gba check

# What takes longer than `make test`: the cases of which that tries a sample, and every mutation of the data.
proof: $(VENV)/installed
	$(VENV)/bin/python -m pytest --numprocesses auto --dist loadfile -m proof
	$(VENV)/bin/python tests/mutation/all_mutants.py

# Changes every value of data/, one at a time; takes twenty minutes or more, and can be stopped and started again.
mutation: $(VENV)/installed
	$(VENV)/bin/python tests/mutation/all_mutants.py

# This way and the peers' way in turn, as ratios; takes ten minutes or more.
bench: $(VENV)/installed
	$(VENV)/bin/python benchmarks/bench.py

lab: $(LAB)/installed
	$(LAB)/bin/jupyter lab notebooks

$(VENV)/installed: requirements.lock pyproject.toml
	$(call install,$(VENV),requirements.lock)

$(LAB)/installed: requirements-lab.lock pyproject.toml
	$(call install,$(LAB),requirements-lab.lock)

# pip compiles what it copies, but an editable package stays where it is: without the second step, a Python that is told to write no
# bytecode would compile it for every kernel. The stamp is written last: an interrupted install is repeated, a finished one is not.
define install
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "found Python %d.%d, expected 3.11 or newer: make PYTHON=python3.12 …" % sys.version_info[:2])'
	@echo "installing $(2) into $(1)"
	@$(PYTHON) -m venv $(1)
	@$(1)/bin/python -m pip install $(PIP_OPTIONS) --require-hashes -r $(2)
	@$(1)/bin/python -m pip install $(PIP_OPTIONS) --no-deps --no-build-isolation --editable .
	@$(1)/bin/python -m compileall -q src
	@touch $(1)/installed
endef

# For maintainers: renews both lock files; needs `uv` on PATH. The extras stay: an older pip takes a requirement such as
# `coverage[toml]` for pinned only if the lock names it so.
LOCK := uv pip compile --universal --fork-strategy fewest --python-version 3.11 --generate-hashes --no-strip-extras \
        --no-emit-index-url --no-header --no-emit-find-links --group build --upgrade pyproject.toml
lock:
	$(LOCK) --extra test --extra dev --output-file requirements.lock
	$(LOCK) --extra test --extra lab --output-file requirements-lab.lock

clean:
	rm -rf build
