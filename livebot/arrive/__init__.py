"""Comments come in: adapters connect, intake journals."""
