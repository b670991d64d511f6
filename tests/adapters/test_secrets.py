"""Secrets of adapters: where they may stand, what is said where they do not, and that nothing shows them."""

from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from adapters.secrets import Secret


class Settings(BaseModel):
    token: Secret


def test_it_may_be_written_down_or_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SHOP_TOKEN", "geheim\n")
    file = tmp_path / "token"
    file.write_text("geheim\n")
    for given in ("geheim", {"env": "SHOP_TOKEN"}, {"file": str(file)}):
        settings = Settings.model_validate({"token": given})
        assert settings.token.get_secret_value() == "geheim"
        assert "geheim" not in repr(settings) + str(settings) + settings.model_dump_json()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"env": "NO_SUCH_THING"}, "环境变量 NO_SUCH_THING 没有设置"),
        ({"file": "/nowhere/token"}, "/nowhere/token 读不出来"),
        ({"env": "A", "file": "b"}, "变量名"),
        ({}, "变量名"),
        ("", "不能为空"),
        ("秘密", "可见的英文字符"),
        ("a\nb", "可见的英文字符"),
        (17, "valid string"),
    ],
)
def test_what_is_wrong_is_said(given: object, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Settings.model_validate({"token": given})
