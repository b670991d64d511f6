"""Our own texts, once they show in the chat: what tells a text that everybody reads from one that only we see."""

import asyncio

REMEMBERED = 256


class Sights:
    """By the platform's ids. patience: seconds to wait for a text, 0: the platform's word is enough. any: whether a text of ours was ever
    seen, so that one that is missing means something."""

    def __init__(self, patience: float) -> None:
        self.any = False
        self._patience, self._heard = patience, 0
        self._seen: dict[str, asyncio.Future[None]] = {}

    def alive(self) -> None:
        """Something was heard: whoever waits since before can tell silence from a text that is not shown."""
        self._heard += 1

    def saw(self, id_: str) -> None:
        """One of our texts came back; it may be faster than the answer to its send."""
        self.any = True
        if not (sight := self._sight(id_)).done():
            sight.set_result(None)

    async def shows(self, id_: str) -> bool:
        """False where the chat went on and the text did not come; True as well where nothing came at all, since nobody can tell."""
        if not self._patience:
            return True
        sight, before = self._sight(id_), self._heard
        await asyncio.wait([sight], timeout=self._patience)
        return sight.done() or self._heard == before

    def close(self) -> None:
        """Nobody listens any more: whoever waits is told to take the platform's word."""
        for sight in self._seen.values():
            if not sight.done():
                sight.set_result(None)

    def _sight(self, id_: str) -> asyncio.Future[None]:
        if len(self._seen) >= REMEMBERED:
            del self._seen[next(iter(self._seen))]
        return self._seen.setdefault(id_, asyncio.get_running_loop().create_future())
