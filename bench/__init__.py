"""How fast livebot is, measured from outside: `make bench`, or `python -m bench --quick`."""
