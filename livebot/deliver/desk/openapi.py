"""The OpenAPI 3.1 document of /api/v1, made of the routes and their models."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from aiohttp import web
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from livebot.deliver.desk import access
from livebot.deliver.desk.problems import CONTENT_TYPE, Problem
from livebot.deliver.desk.routing import Call, Route

REF: Final = "#/components/schemas/{model}"
PATH: Final = "/api/v1/openapi.json"


def route(others: Sequence[Route]) -> Route:
    """The route that serves the document of the others, and of itself."""
    made: dict[str, str] = {}

    async def answer(_: Call) -> web.Response:
        if not made:
            made["text"] = json.dumps(document([*others, own]), ensure_ascii=False)
        return web.Response(text=made["text"], content_type="application/json")

    own = Route(method="GET", path=PATH, handler=answer, zh="这份说明", en="This document")
    return own


def document(routes: Sequence[Route]) -> dict[str, Any]:
    told = [one for one in routes if one.path.startswith("/api/")]
    models = {model for one in told for model in (one.takes, one.gives) if model is not None} | {Problem}
    refs, schemas = models_json_schema([(model, "validation") for model in sorted(models, key=lambda m: m.__name__)], ref_template=REF)
    schema_of = {model: schema for (model, _), schema in refs.items()}
    paths: dict[str, Any] = {}
    for one in told:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one, schema_of)
    return {
        "openapi": "3.1.0",
        "info": {"title": "livebot", "version": "1", "description": "docs/api.md"},
        "paths": paths,
        "components": {
            "schemas": schemas.get("$defs", {}),
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": "livebot-PORT"},
                "bearer": {"type": "http", "scheme": "bearer"},
            },
        },
        "security": [{"session": []}, {"bearer": []}],
    }


def _operation(one: Route, schema_of: Mapping[Any, Any]) -> dict[str, Any]:
    roles = access.TABLE[one.key].split()
    stem = re.sub(r"\W+", "_", one.path.removeprefix("/api/v1/")).strip("_")
    operation: dict[str, Any] = {
        "operationId": f"{one.method.lower()}_{stem}",
        "summary": f"{one.zh} · {one.en}",
        "x-roles": roles,
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in re.findall(r"{(\w+)}", one.path)
        ],
        "responses": _responses(one, schema_of),
    }
    if access.ANYONE in roles:
        operation["security"] = []
    if one.takes and one.by_query:
        operation["parameters"] += _query(one.takes)
    elif one.takes:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema_of[one.takes]}}}
    return operation


def _responses(one: Route, schema_of: Mapping[Any, Any]) -> dict[str, Any]:
    good: dict[str, Any] = {"description": "done"}
    if one.gives:
        good = {"description": "done", "content": {"application/json": {"schema": schema_of[one.gives]}}}
    bad = {"description": "why not", "content": {CONTENT_TYPE: {"schema": schema_of[Problem]}}}
    silent = one.gives is None and one.method != "GET"
    return {"204" if silent else "200": good, "default": bad}


def _query(model: type[BaseModel]) -> list[dict[str, Any]]:
    schema = model.model_json_schema()
    required = set(schema.get("required", ()))
    return [
        {"name": name, "in": "query", "required": name in required, "schema": found} for name, found in schema.get("properties", {}).items()
    ]
