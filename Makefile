# Everything one can do here. Each target installs what it needs, once, and can be run again.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh

HOST ?= 127.0.0.1
PORT ?= 8000
RELOAD ?= 1

# The newest Python on PATH that really runs; make PYTHON=/usr/bin/python3 chooses another.
PYTHON ?= $(shell for p in python3.13 python3.14 python3.12 python3.11 python3 python; do \
  $$p -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PY := .venv/bin/python
PIP_INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:
RUNTIME := .venv/.runtime
DEV := .venv/.dev

help: ## list these commands
	@echo "make …"; awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: $(RUNTIME) .env ## run the site, its forms, the dashboard and the worker here (HOST= PORT= RELOAD=0)
	@exec $(PY) -m authoring.preview --host "$(HOST)" --port "$(PORT)" --reload "$(RELOAD)"

setup: $(RUNTIME) .env ## put yourself in: name, address, time zone, mail server; each checked at once
	@$(PY) -m authoring.setup

start: $(RUNTIME) .env ## run the service and the worker for production, behind a proxy (HOST= PORT=8001)
	@exec $(PY) -m authoring.start --host "$(HOST)" --port "$(if $(filter file,$(origin PORT)),8001,$(PORT))"

build: $(RUNTIME) ## build the site into output/
	@$(PY) -m authoring.build --preview

new: $(RUNTIME) ## scaffold an essay for the next free Sunday: TITLE="…" [EDIT=1]
	@$(PY) -m authoring.new_article --title="$$TITLE" $(if $(filter-out 0,$(EDIT)),--edit)

publish: $(RUNTIME) ## publish what has changed, here or [TO=ssh://user@host/folder or git+remote#branch] [ALLOW_REMOVAL=1]
	@$(PY) -m authoring.publish --to="$$TO" $(if $(filter-out 0,$(ALLOW_REMOVAL)),--allow-removal)

publish-check: $(RUNTIME) ## say what publishing would change, and whether it may [LINKS=1] [TO=…] [ALLOW_REMOVAL=1]
	@$(PY) -m authoring.publish --check --to="$$TO" $(if $(filter-out 0,$(ALLOW_REMOVAL)),--allow-removal) \
	  $(if $(filter-out 0,$(LINKS)),--links)

publish-due: $(RUNTIME) .env ## what the timer runs: publish what is due, and mail the author what came of it
	@$(PY) -m authoring.publish_due

releases: $(RUNTIME) ## list what has been published [AT=ssh://user@host/folder or git+remote#branch]
	@$(PY) -m authoring.releases list --at="$$AT"

rollback: $(RUNTIME) ## show the release before this one again [TO=stamp] [AT=…]
	@$(PY) -m authoring.releases rollback --to="$$TO" --at="$$AT"

# FROM, TITLE and DATE reach the command by its environment: the shell must not read what is in them.
import: $(RUNTIME) .env ## move in: FROM=Blogger-export-or-texts [DRY_RUN=1] [TITLE=…] [DATE=…] [CLOSING=component] [FETCH_IMAGES=1]
	@$(PY) -m authoring.importing "$$FROM" --title="$$TITLE" --date="$$DATE" --closing="$$CLOSING" \
	  $(if $(filter-out 0,$(DRY_RUN)),--dry-run) $(if $(filter-out 0,$(FETCH_IMAGES)),--fetch-images)
	@$(if $(filter-out 0,$(DRY_RUN)),:,$(PY) -m forms_service import-comments)

import-undo: $(RUNTIME) .env ## take the last import back, entirely, comments included
	@$(PY) -m forms_service import-comments --undo last
	@$(PY) -m authoring.importing.undo

import-series: $(RUNTIME) ## accept the series that an import has offered: [FROM=var/imports/…/series.txt]
	@$(PY) -m authoring.importing.accept_series --from="$$FROM"

backup: $(RUNTIME) .env ## one archive of content, database, comments and site.toml [TO=file-or-folder]
	@$(PY) -m forms_service backup --to="$$TO"

restore: $(RUNTIME) .env ## bring an archive back and prove it: FROM=archive [OVERWRITE=1] [ERASURES=file]
	@$(PY) -m forms_service restore $(if $(filter-out 0,$(OVERWRITE)),--overwrite) --erasures="$$ERASURES" -- "$$FROM"

doctor: $(RUNTIME) .env ## look at a running host as readers and visitors do, and say what to mend [BACKUPS=folder]
	@$(PY) -m authoring.doctor --backups="$$BACKUPS"

sign-in: $(RUNTIME) .env ## print a link that signs you in to the dashboard, once
	@$(PY) -m forms_service sign-in

costs: $(RUNTIME) .env ## print what your thanks cost in a year, for your books [YEAR=2026]
	@$(PY) -m forms_service costs $(if $(YEAR),--year="$$YEAR")

test: $(DEV) .cache/browser .cache/judges/installed ## run all tests, the journeys in a real browser included
	@$(PY) -m pytest -q -n 2 --dist worksteal

check: $(DEV) ## lint, types, templates, structure, lock files
	@$(PY) -m tools.check

screenshots: $(DEV) .cache/browser ## every kind of page as pictures, in screenshots/ [ONLY="home article"]
	@$(PY) -m tools.screenshots $(ONLY)

bench: $(DEV) ## measure the service against its peers, as ratios of one run
	@$(PY) -m bench

bench-publish: $(DEV) ## measure publishing at 730 essays beside Pelican's plain build
	@$(PY) -m bench.publish

lighthouse: $(DEV) .cache/browser ## what Lighthouse says of our pages on a phone, beside Pelican's themes [ARGS="--runs 3"]
	@$(PY) -m bench.lighthouse $(ARGS)

lock: $(DEV) ## write the lock files anew from pyproject.toml (needs uv)
	@$(PY) -m tools.lock

clean: ## remove what can be made again: installed parts and the build; keeps var/ and .env
	@rm -rf .venv .cache output

.PHONY: help screenshots serve setup start build publish publish-check publish-due releases rollback new import import-undo import-series backup restore doctor sign-in costs test check bench bench-publish lighthouse lock clean

.env: | $(RUNTIME)
	@$(PY) -m tools.dotenv

$(RUNTIME): requirements/runtime.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; none was found on PATH" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) lacks venv; on Debian: apt install python3-venv" >&2; exit 1; }
	@test -x $(PY) && $(PY) -c '' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@echo "Installing what the site and the service need (once) …" >&2
	@$(PIP_INSTALL) -r $<
	@touch $@

$(DEV): requirements/dev.txt | $(RUNTIME)
	@echo "Installing what the tests and checks need (once) …" >&2
	@$(PIP_INSTALL) -r $<
	@touch $@

.cache/browser: tools/browser/package-lock.json | $(DEV)
	@$(PY) -m tools.browser

.cache/judges/installed: tools/judges/package-lock.json tools/judges/judge.mjs | $(DEV)
	@$(PY) -m tools.judges
