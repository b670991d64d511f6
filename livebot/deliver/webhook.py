"""One POST to the shop's own webhook: told apart are "certainly not sent", "answered", and "nobody knows"."""

from typing import Any, Literal

TOTAL_S, CONNECT_S = 20.0, 10.0
Outcome = Literal["sent", "not_sent", "refused", "unknown"]


async def post(url: str, data: dict[str, Any], key: str) -> tuple[Outcome, str]:
    """Posts JSON with the header Idempotency-Key, once. The second value says why it was not "sent"."""
    import aiohttp  # half a second at start-up, and most shops have no webhook

    timeout = aiohttp.ClientTimeout(total=TOTAL_S, sock_connect=CONNECT_S)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(url, json=data, headers={"Idempotency-Key": key}, allow_redirects=False) as answer,
        ):
            return ("sent", "") if answer.status < 300 else ("refused", f"HTTP {answer.status}")
    except (aiohttp.ClientConnectorError, aiohttp.InvalidURL, aiohttp.ConnectionTimeoutError) as error:
        return "not_sent", str(error)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        return "unknown", repr(error)
