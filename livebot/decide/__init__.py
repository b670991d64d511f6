"""What should be done: pure functions from a comment and the session so far to decisions."""
