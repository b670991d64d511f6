"""A login that renews itself: OAuth 2.0's refresh grant (RFC 6749, section 6), kept in a file where the settings name one."""

import asyncio
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientSession
from loguru import logger

from adapters.asking import PATIENCE_S, Answer, Unanswered, asked
from adapters.dialling import shown
from adapters.fields import object_of, text_of
from livebot.errors import ConfigError, LoginRequired, Problem, Unavailable
from livebot.language import say

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Tokens:
    """An access token and what renews it. It outlives connections: a renewal may make the tokens in the settings worthless.

    url: the token endpoint. file: where renewed tokens are kept (mode 0600), None for nowhere; they count as long as the settings hold the
    login that they came from. not_before: monotonic seconds until when the platform wants no request of this login. Raises ConfigError
    where that file cannot be written.
    """

    def __init__(self, *, url: str, client_id: str, client_secret: str, access: str, refresh: str, file: Path | None = None) -> None:
        self.access, self._refresh, self._url, self.not_before = access, refresh, url, 0.0
        self._client = {"client_id": client_id} | ({"client_secret": client_secret} if client_secret else {})
        self._file = file.expanduser() if file else None
        self._origin = hashlib.blake2b("\x1f".join((client_id, access, refresh)).encode(), digest_size=16).hexdigest()
        self._renewing = asyncio.Lock()
        if self._file:
            if not os.access(self._file if self._file.exists() else self._file.parent, os.W_OK):
                zh, en = f"写不了 {self._file}", f"{self._file} cannot be written"
                raise ConfigError([Problem(file="config.toml", table="rooms.settings", field="token_file", zh=zh, en=en)])
            self._kept_by_another(self._file)

    @property
    def renewable(self) -> bool:
        return bool(self._refresh)

    async def asked(
        self,
        session: ClientSession,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None = None,
        body: bytes | None = None,
        patience: float = PATIENCE_S,
        scheme: str = "Bearer",
    ) -> Answer:
        """Asks with the access token (fetched where there is none yet), and once more with a new one where that is refused (401: it was not
        heeded); raises what `asked` and `renew` do, LoginRequired where the new one is refused as well."""
        for last in (False, True):
            if not self.access:
                await self.renew(session, "")
            token = self.access
            signed = {**headers, "Authorization": f"{scheme} {token}"}
            answer = await asked(session, method, url, headers=signed, params=params, body=body, patience=patience)
            if answer.status != 401:
                return answer
            if not last:
                await self.renew(session, token)
        raise LoginRequired(
            f"{shown(url)} 不认这个登录（HTTP 401）：请重新授权", f"{shown(url)} refuses the login (HTTP 401): authorise livebot again"
        )

    async def renew(self, session: ClientSession, stale: str) -> None:
        """A new access token instead of `stale`; nothing where another renewal was faster.

        Raises LoginRequired where the platform renews it no more, Unavailable where it did not answer.
        """
        async with self._renewing:
            if self.access != stale or (self._file and self._kept_by_another(self._file)):
                return
            where = shown(self._url)
            if not self._refresh:
                raise LoginRequired(
                    f"{where}：登录失效了，设置里又没有 refresh_token，请重新授权",
                    f"{where}: the login is no longer valid and there is no refresh_token: authorise livebot again",
                )
            form = {"grant_type": "refresh_token", "refresh_token": self._refresh, **self._client}
            try:
                answer = await asked(session, "POST", self._url, headers=_FORM, body=urlencode(form).encode())
            except Unanswered as error:  # it is the renewal that nobody answered: what waits for it was not heard
                raise Unavailable(error.zh, error.en) from error
            if answer.status in (400, 401, 403):
                raise LoginRequired(
                    f"{where} 不再续期（HTTP {answer.status}）：请重新授权，换上新的 token",
                    f"{where} renews the login no more (HTTP {answer.status}): authorise livebot again and put in the new tokens",
                )
            if answer.status != 200 or not self._take(object_of(answer.body)):
                zh, en = f"{where} 没有续期（HTTP {answer.status}）", f"{where} did not renew the login (HTTP {answer.status})"
                raise Unavailable(zh, en, retry_after=answer.retry_after)
            if self._file:
                self._keep(self._file)

    def _take(self, fields: dict[str, Any]) -> bool:
        access = text_of(fields.get("access_token"))
        if not (access.isascii() and access.isprintable() and access):
            return False
        self.access, self._refresh = access, text_of(fields.get("refresh_token")) or self._refresh
        return True

    def _kept_by_another(self, file: Path) -> bool:
        """Takes what a process before us, or another room with this login, has renewed; False where there is nothing new."""
        kept = _kept(file)
        return kept.get("origin") == self._origin and kept.get("access_token") != self.access and self._take(kept)

    def _keep(self, file: Path) -> None:
        draft = file.with_name(f".{file.name}.part")
        fields = {"origin": self._origin, "access_token": self.access, "refresh_token": self._refresh}
        try:
            draft.unlink(missing_ok=True)
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
                json.dump(fields, out)
                out.flush()
                os.fsync(out.fileno())
            draft.replace(file)
        except OSError as error:
            zh, en = (
                "新的 token 存不下来，重启以后可能要重新授权：{}",
                "the renewed tokens cannot be kept; a restart may need a new login: {}",
            )
            logger.warning(say(zh, en), error)


def _kept(file: Path) -> dict[str, Any]:
    try:
        return object_of(file.read_bytes())
    except OSError:
        return {}
