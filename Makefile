# Each target does the set-up that is missing first. PYTHON=... chooses another Python than python3.
PYTHON ?= python3
PREPARE = @$(PYTHON) setup/prepare.py
MODULE = .venv/bin/python -m

# Compiled code is kept: each of the many programs that tests start would else compile all of Django again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test check bench pictures

run:
	$(PREPARE)
	@exec .venv/bin/prasan run

test:
	$(PREPARE) --dev
ifdef room
	@$(MODULE) pytest tests/$(room)
else
	@$(MODULE) pytest --numprocesses auto --dist loadfile --no-loadscope-reorder
endif

check:
	$(PREPARE) --dev
	$(MODULE) ruff format --check .
	$(MODULE) ruff check .
	$(MODULE) mypy
	.venv/bin/lint-imports
	.venv/bin/python setup/messages.py --check
	$(MODULE) pytest --quiet tests/test_house.py tests/test_docs.py tests/test_reference.py

bench:
	$(PREPARE) --dev
	@$(MODULE) bench $(only)

# Takes the pictures of the tutorial anew, by walking its journey in a browser.
pictures:
	$(PREPARE) --dev
	@$(MODULE) pytest tests/journeys/test_one_plan.py --pictures docs/pictures/tutorial
