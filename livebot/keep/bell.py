""" "Look at the journal": a ring that carries no data, so that a lost ring loses nothing."""

import asyncio


class Ear:
    """One listener. A ring that came between two waits is not missed; many rings are one."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    async def wait(self, timeout: float | None = None) -> None:
        """Returns at the next ring, at once if it rang since the last wait, or after `timeout` seconds."""
        try:
            async with asyncio.timeout(timeout):
                await self._event.wait()
        except TimeoutError:
            pass
        self._event.clear()

    def ring(self) -> None:
        self._event.set()


class Bell:
    def __init__(self) -> None:
        self._ears: list[Ear] = []

    def listen(self) -> Ear:
        ear = Ear()
        self._ears.append(ear)
        return ear

    def ring(self) -> None:
        for ear in self._ears:
            ear.ring()
