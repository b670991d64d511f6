"""Nothing is lost: the journal, the rule files, the clock, the log."""
