"""Geometry of boundaries and points: files, coordinate systems, mending, measuring. Pure: no Django."""
