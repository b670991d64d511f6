"""Secrets in an adapter's settings: written down, or better, named by an environment variable or a file; never shown."""

import os
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, SecretStr

from livebot.language import say


def _looked_up(value: object) -> object:
    match value:
        case {"env": str(name), **rest} if not rest:
            if name not in os.environ:
                raise ValueError(say(f"环境变量 {name} 没有设置", f"the environment variable {name} is not set"))
            return os.environ[name].strip()
        case {"file": str(path), **rest} if not rest:
            try:
                return Path(path).expanduser().read_text("utf-8").strip()
            except (OSError, ValueError, RuntimeError) as error:
                why = getattr(error, "strerror", None) or type(error).__name__
                raise ValueError(say(f"文件 {path} 读不出来：{why}", f"the file {path} cannot be read: {why}")) from None
        case dict():
            raise ValueError(say('写成 { env = "变量名" } 或 { file = "路径" }', 'write { env = "NAME" } or { file = "path" }'))
        case _:
            return value


def _printable(value: SecretStr) -> SecretStr:
    secret = value.get_secret_value()
    if not secret:
        raise ValueError(say("不能为空", "must not be empty"))
    if not (secret.isascii() and secret.isprintable()):
        raise ValueError(say("只能是可见的英文字符", "consists of printable ASCII characters"))
    return value


Secret = Annotated[SecretStr, BeforeValidator(_looked_up), AfterValidator(_printable)]
"""A setting that holds "the secret", { env = "NAME" } or { file = "path" }; pydantic complains in the user's language."""
