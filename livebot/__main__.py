"""python -m livebot."""

from livebot.cli import main

main()
