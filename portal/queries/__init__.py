"""Reads of the site for its frame, feeds and search engines."""
