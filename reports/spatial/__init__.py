"""Measuring on the ground: ranges of cameras, distances, coverage. Pure: no Django."""
