"""Commands of the reports area."""
