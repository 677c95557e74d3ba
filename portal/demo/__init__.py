"""The two demo regions: their texts (`content/`), the reader of them, schematic outlines and example addresses."""
