"""Site search: pages, towns, people and documents in one ranked list."""
