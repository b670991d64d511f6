"""Who we are to an HTTP API, as a streamer sets it: a key that only reads, or a login that renews itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import ClientSession
from pydantic import BaseModel, ConfigDict, SecretStr, field_validator, model_validator

from adapters.asking import PATIENCE_S, Answer, asked, checked_http_url
from adapters.secrets import Secret
from adapters.tokens import Tokens
from livebot.language import say


@dataclass(slots=True)
class Key:
    """An API key, which says nothing about a person: enough to read what is public."""

    key: SecretStr

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
    ) -> Answer:
        """`asking.asked` with the key, as the query's "key"."""
        query = {**(params or {}), "key": self.key.get_secret_value()}
        return await asked(session, method, url, headers=headers, params=query, body=body, patience=patience)


class AccessSettings(BaseModel):
    """What a streamer sets to be let in: an api_key (read only), or client_id, client_secret and refresh_token (docs of the platform)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    api_key: Secret | None = None
    client_id: str = ""
    client_secret: Secret | None = None
    refresh_token: Secret | None = None
    token_url: str

    _token_url = field_validator("token_url")(checked_http_url)

    @model_validator(mode="after")
    def _complete(self) -> "AccessSettings":
        login = (self.client_id, self.client_secret, self.refresh_token)
        if not (all(login) or (self.api_key and not any(login))):
            zh = "要写 client_id、client_secret、refresh_token 三项；只读不发的话，只写 api_key"
            raise ValueError(say(zh, "write client_id, client_secret and refresh_token, or api_key alone to read only"))
        return self

    def access(self) -> Tokens | Key:
        if self.client_secret and self.refresh_token:
            secret, refresh = self.client_secret.get_secret_value(), self.refresh_token.get_secret_value()
            return Tokens(url=self.token_url, client_id=self.client_id, client_secret=secret, access="", refresh=refresh)
        assert self.api_key
        return Key(self.api_key)
