"""The fixtures that run clients which we did not write."""

import os
from typing import Any

import pytest
from client_runs import HERE, NODE, PYTHON, ROOM, Client, printed


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A suite of its own (`make clients`)."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.clients)


@pytest.fixture
def client_python() -> Client:
    if PYTHON is None:
        _missing(f"no Python clients in {ROOM}: make clients")

    async def run(script: str, *arguments: str, seconds: float = 60) -> list[Any]:
        return await printed([str(PYTHON), "-I", str(HERE / script), *arguments], seconds)

    return run


@pytest.fixture
def client_node() -> Client:
    """An .mjs script sees the packages of the clients' room, because Node reads it from stdin there."""
    if NODE is None or not (ROOM / "node_modules").is_dir():
        _missing(f"no Node clients in {ROOM}: make clients")

    async def run(script: str, *arguments: str, seconds: float = 60) -> list[Any]:
        return await printed([str(NODE), "--input-type=module", "-", *arguments], seconds, (HERE / script).read_bytes())

    return run


def _missing(why: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)
