"""It gets done: replies go out, issues go to the queue, follow-ups come due."""
