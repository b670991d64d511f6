"""Platforms: one folder each; nothing in livebot imports these."""
