"""Pictures in Wagtail's library."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.files.images import ImageFile
from PIL import Image
from wagtail.images import get_image_model
from wagtail.images.models import Filter

from tests.factories.numbers import next_number

if TYPE_CHECKING:
    from wagtail.images.models import AbstractImage


def picture(*sizes: str, **fields: Any) -> AbstractImage:
    """A green square, with these renditions (such as ``fill-160x160``) as if they had been made before."""
    number = next_number()
    image = get_image_model().objects.create(**{"title": f"Square {number}", "file": square(number), **fields})
    for size in sizes:
        key = Filter(spec=size).get_cache_key(image)
        image.renditions.create(filter_spec=size, focal_point_key=key, width=160, height=160, file=square(number))
    return image


def square(number: int) -> ImageFile:
    """The file of a green square."""
    content = BytesIO()
    Image.new("RGB", (200, 200), "green").save(content, "PNG")
    return ImageFile(BytesIO(content.getvalue()), name=f"square-{number}.png")
