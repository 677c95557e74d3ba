"""Addresses of the region area, under the language. Their words are translated."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import pgettext_lazy

from region.views import finder, map_data, messages, places, sheet

app_name = "region"

# Translators: parts of a page's address, in small letters without diacritics, with the slash
MESSAGE = pgettext_lazy("part of an address", "message/")
SENT = pgettext_lazy("part of an address", "sent/")

message_patterns = [
    path("", messages.write, name="message"),
    path(SENT, messages.sent, name="message-sent"),
]
town_message_patterns = [
    path("", messages.write_to_town_hall, name="town-message"),
    path(SENT, messages.sent_to_town_hall, name="town-message-sent"),
]

finder_patterns: list[URLPattern | URLResolver] = [
    path("", finder.finder, name="finder"),
    path("suggestions/", finder.suggestions, name="finder-suggestions"),
    path("map.json", map_data.map_data, name="map-data"),
    path("<uuid:assignment_id>/", include([path(MESSAGE, include(message_patterns))])),
    path("<slug:slug>/", places.town, name="town"),
    path("<slug:slug>/list.pdf", sheet.town_sheet, name="town-sheet"),
    path("<slug:slug>/", include([path(MESSAGE, include(town_message_patterns))])),
    path("<slug:slug>/<slug:code>/", places.district, name="district"),
]

urlpatterns = [
    # Translators: part of a page's address, in small letters without diacritics, with the slash
    path(pgettext_lazy("part of an address", "who-is-responsible/"), include(finder_patterns)),
]
