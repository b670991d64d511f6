"""What is wrong with a setting, in plain words instead of a library's."""

import difflib
from collections.abc import Iterable, Sequence
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError

from livebot.errors import Problem
from livebot.keep.tomlfile import Locate, TomlPath


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or ""."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)), "")


def unknown_key(key: str, known: Sequence[str]) -> tuple[str, str]:
    """What to say about a key that does not exist, in both languages."""
    if meant := nearest(key, known):
        return f"没有 {key} 这一项，是不是想写 {meant}？", f"there is no key {key}; did you mean {meant}?"
    return f"没有 {key} 这一项，可以写的有：{'、'.join(known)}", f"there is no key {key}; known keys: {', '.join(known)}"


def complaints(error: ValidationError, *, file: str, locate: Locate, model: type[BaseModel], prefix: TomlPath = ()) -> list[Problem]:
    """pydantic's complaints about data read from `file`, in plain words. `prefix` is the table that the model describes."""
    return [_complaint(item, file, locate, model, prefix) for item in error.errors(include_url=False)]


def _complaint(item: Any, file: str, locate: Locate, model: type[BaseModel], prefix: TomlPath) -> Problem:
    where: TomlPath = (*prefix, *item["loc"])
    *table, field = where or ("",)
    while isinstance(field, int) and table:
        *table, field = table
    if item["type"] == "extra_forbidden":
        zh, en = unknown_key(str(field), _known_keys(model, item["loc"][:-1]))
    else:
        zh, en = _value_words(item, _example(model, item["loc"]))
    shown = ".".join(str(part) for part in table if not isinstance(part, int))
    return Problem(file=file, line=locate(table, str(field)), table=shown, field=str(field), zh=zh, en=en)


_WRONG: Final = {
    "missing": ("缺少这一项", "this key is missing"),
    "string_type": ("要写文字，并放在英文引号里", "must be text in quotes"),
    "path_type": ("要写文件夹的路径，并放在英文引号里", "must be a path in quotes"),
    "int_type": ("要写整数，不加引号", "must be a whole number without quotes"),
    "int_parsing": ("要写整数，不加引号", "must be a whole number without quotes"),
    "int_from_float": ("要写整数，不要小数", "must be a whole number"),
    "float_type": ("要写数字，不加引号", "must be a number without quotes"),
    "float_parsing": ("要写数字，不加引号", "must be a number without quotes"),
    "bool_type": ("要写 true 或 false，不加引号", "must be true or false without quotes"),
    "bool_parsing": ("要写 true 或 false，不加引号", "must be true or false without quotes"),
    "tuple_type": ('要写成列表，例如 ["base"]', 'must be a list, as in ["base"]'),
    "list_type": ('要写成列表，例如 ["base"]', 'must be a list, as in ["base"]'),
    "dict_type": ("这里要写成一个表", "must be a table"),
    "model_type": ("这里要写成一个表：[名字] 另起一行，下面写各项", "must be a table: [name] on a line of its own, its keys below"),
    "string_pattern_mismatch": ("格式不对", "the format is wrong"),
    "string_too_short": ("不能为空", "must not be empty"),
    "string_too_long": ("太长了", "is too long"),
}


_BOUNDS: Final = (
    ("gt", "要大于", "must be more than"),
    ("ge", "不能小于", "must be at least"),
    ("lt", "要小于", "must be less than"),
    ("le", "不能大于", "must be at most"),
)


def _value_words(item: Any, example: str) -> tuple[str, str]:
    kind, context = item["type"], item.get("ctx", {})
    if kind in ("literal_error", "enum"):
        return f"只能写 {context.get('expected')}".replace(" or ", " 或 "), f"must be {context.get('expected')}"
    for name, zh, en in _BOUNDS:
        if name in context:
            return f"{zh} {context[name]}", f"{en} {context[name]}"
    said = str(item["msg"]).removeprefix("Value error, ")
    zh, en = _WRONG.get(kind, (f"写法不对：{said}", said))
    if kind == "string_pattern_mismatch":
        return f"{zh}，要写成 {example} 这样", f"{en}; write it as in {example}"
    return zh, en


def _example(model: type[BaseModel], path: Sequence[str | int]) -> str:
    """The default of a field, which shows how it is written."""
    field = _reached(model, path[:-1]).model_fields.get(str(path[-1])) if path else None
    return str(field.default) if field is not None and field.default is not None else ""


def _known_keys(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    return [field.alias or name for name, field in _reached(model, path).model_fields.items()]


def _reached(model: type[BaseModel], path: Sequence[str | int]) -> type[BaseModel]:
    """The model reached from `model` by a path of field names and indices."""
    for part in path:
        if isinstance(part, str) and part in model.model_fields:
            kinds = _types_in(model.model_fields[part].annotation)
            model = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), model)
    return model


def _types_in(annotation: Any) -> Iterable[Any]:
    inner = get_args(annotation)
    return [kind for part in inner for kind in _types_in(part)] if inner else [annotation]
