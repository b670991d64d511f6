"""What may be said: the judges of outgoing texts, what a text promises, and what became of it."""
