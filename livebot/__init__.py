"""livebot: a live-commerce companion that answers, flags and follows up, and loses nothing."""

__version__ = "0.1.0"
