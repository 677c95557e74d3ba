"""The area's columns, classified (see ``region.personal_data``)."""


def classify() -> None:
    """Declare every column of the area's models."""
