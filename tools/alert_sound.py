"""Makes livebot/deliver/desk/static/alert.wav: two short tones, quiet, that are heard over a live room."""

import math
import wave
from pathlib import Path

RATE = 16_000
TONES = ((880.0, 0.10), (1318.5, 0.18))  # Hz, seconds
FILE = Path(__file__).parent.parent / "livebot" / "deliver" / "desk" / "static" / "alert.wav"


def samples() -> bytes:
    made = bytearray()
    for pitch, seconds in TONES:
        count = int(RATE * seconds)
        for n in range(count):
            fade = math.sin(math.pi * n / count) ** 0.5
            made.append(128 + round(50 * fade * math.sin(2 * math.pi * pitch * n / RATE)))
    return bytes(made)


def main() -> None:
    with wave.open(str(FILE), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(RATE)
        sound.writeframes(samples())


if __name__ == "__main__":
    main()
