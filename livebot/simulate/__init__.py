"""Platforms to practise on: one server per wire, started by `livebot simulate`."""
