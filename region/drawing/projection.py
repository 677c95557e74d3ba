"""From degrees to a drawing: an equirectangular frame with y pointing down. Pure: no Django, no files."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING

from shapely import transform

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of the Earth (WGS84 degrees) laid on a drawing of a given width (user units of the SVG).

    Degrees of longitude are shortened by the cosine of the middle latitude: over a county the error stays under
    one per cent, less than the width of a border line.
    """

    west: float
    north: float
    unit_x: float
    unit_y: float
    width: float
    height: float
    margin: float

    @classmethod
    def around(cls, bounds: Bounds, *, width: float, margin: float = 0) -> Frame:
        """The frame whose inner part shows `bounds` (west, south, east, north); ValueError when they hold no area."""
        west, south, east, north = bounds
        if not (west < east and south < north):
            message = f"no area within {bounds}"
            raise ValueError(message)
        shrink = cos(radians((south + north) / 2))
        unit_y = (width - 2 * margin) / ((east - west) * shrink)
        height = (north - south) * unit_y + 2 * margin
        return cls(west, north, unit_y * shrink, unit_y, width, height, margin)

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """X and y of a place."""
        return self.margin + (lon - self.west) * self.unit_x, self.margin + (self.north - lat) * self.unit_y

    def project(self, shape: BaseGeometry) -> BaseGeometry:
        """A whole shape in the units of the drawing."""

        def move(places: NDArray[np.float64]) -> NDArray[np.float64]:
            moved = places.copy()
            moved[:, 0] = self.margin + (places[:, 0] - self.west) * self.unit_x
            moved[:, 1] = self.margin + (self.north - places[:, 1]) * self.unit_y
            return moved

        projected: BaseGeometry = transform(shape, move)
        return projected


def common_bounds(shapes: Sequence[BaseGeometry]) -> Bounds:
    """West, south, east, north of several shapes together; ValueError when there is none."""
    boxes = [shape.bounds for shape in shapes if not shape.is_empty]
    if not boxes:
        message = "nothing to draw"
        raise ValueError(message)
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return min(wests), min(souths), max(easts), max(norths)
