"""Geometry of boundaries and points: reading files, recognising coordinate systems, mending, measuring. Pure: no Django."""
