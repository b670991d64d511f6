"""livebot: a live-commerce companion that answers, flags and follows up, and loses nothing."""

import os

__version__ = "0.1.0"

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy comes: on matrices as small as ours its threads only wait for each other
