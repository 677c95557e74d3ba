"""Every component of the design system, as declared tags: an unknown argument is an error.

The tags live in several files by what they are about; this one joins them, so that settings name a single library.
Shown in all their states at /design/.
"""

from __future__ import annotations

from django import template

from portal.templatetags import (
    parts_charts,
    parts_data,
    parts_form,
    parts_frame,
    parts_office,
    parts_people,
    parts_text,
)

register = template.Library()
for part in (parts_text, parts_people, parts_data, parts_charts, parts_form, parts_frame, parts_office):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
