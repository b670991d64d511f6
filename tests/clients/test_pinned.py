"""The clients are the ones that are pinned: what they were found to accept is worth nothing with others."""

import json

from client_runs import HERE, Client


async def test_the_python_clients_are_the_pinned_ones(client_python: Client) -> None:
    lines = (HERE / "requirements.txt").read_text("utf-8").splitlines()
    pinned = dict(line.split("==") for line in lines if "==" in line)
    assert await client_python("versions.py", *pinned) == [pinned]


async def test_the_node_clients_are_the_pinned_ones(client_node: Client) -> None:
    pinned = json.loads((HERE / "package.json").read_text("utf-8"))["dependencies"]
    assert await client_node("versions.mjs", *pinned) == [pinned]
