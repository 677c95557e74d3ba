"""Choices of this area, by what they are about: `figures`, `events`, `cameras`."""
