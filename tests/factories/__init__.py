"""Records for tests: plain functions with keyword arguments, everything unnamed has a sensible value."""
