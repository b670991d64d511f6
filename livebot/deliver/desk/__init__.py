"""The desk: pages and an HTTP API for the people and the programs that work with livebot."""
