"""Addresses of the region area, under the language. Their words are translated."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import pgettext_lazy

from region import people_urls
from region.listing import listing_urls
from region.views import (
    audit,
    calendar,
    documents,
    finder,
    home,
    import_columns,
    import_list,
    imports,
    map_data,
    mappings,
    messages,
    office_mail,
    office_running,
    personal_data,
    places,
    sheet,
)

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

audit_patterns = [
    path("", audit.trail, name="office-audit"),
    path("export/", audit.export, name="office-audit-export"),
    path("<uuid:event_id>/", audit.event, name="office-audit-event"),
]

personal_data_patterns = [
    path("", personal_data.search, name="office-personal-data"),
    path("<slug:kind>/<uuid:key>/", personal_data.person, name="office-personal-data-person"),
    path("<slug:kind>/<uuid:key>/copy/", personal_data.copy, name="office-personal-data-copy"),
    path("<slug:kind>/<uuid:key>/erase/", personal_data.erase, name="office-personal-data-erase"),
]

import_patterns: list[URLPattern | URLResolver] = [
    path("", imports.batch_page, name="office-import"),
    path("columns/", import_columns.columns, name="office-import-columns"),
    path("check/", imports.check, name="office-import-check"),
    path("confirm/", imports.confirm, name="office-import-confirm"),
    path("progress/", imports.progress, name="office-import-progress"),
    path("undo/", imports.undo, name="office-import-undo"),
    path("drop/", imports.drop, name="office-import-drop"),
]

office_patterns: list[URLPattern | URLResolver] = [
    path("", home.office, name="office"),
    *people_urls.office_patterns,
    *listing_urls(import_list.IMPORTS, "imports/"),
    *listing_urls(mappings.MAPPINGS, "imports/mappings/"),
    path("imports/mappings/<uuid:mapping_id>/", mappings.rename, name="office-mapping"),
    path("imports/mappings/<uuid:mapping_id>/delete/", mappings.delete, name="office-mapping-delete"),
    path("imports/new/", imports.upload, name="office-import-new"),
    path("imports/<uuid:batch_id>/", include(import_patterns)),
    path("audit/", include(audit_patterns)),
    path("personal-data/", include(personal_data_patterns)),
    *listing_urls(office_mail.MAIL, "mail/"),
    path("mail/hold/", office_mail.hold, name="office-mail-hold"),
    path("mail/release/", office_mail.release, name="office-mail-release"),
    path("mail/<uuid:message_id>/", office_mail.message, name="office-mail-message"),
    path("mail/<uuid:message_id>/<slug:code>/", office_mail.act, name="office-mail-act"),
    *listing_urls(office_running.TASKS, "tasks/"),
    path("running/", office_running.running, name="office-running"),
    path("calendar/", calendar.calendar_year, name="office-calendar"),
    path("calendar/add/", calendar.add_exception, name="office-calendar-add"),
    path("calendar/remove/", calendar.remove_exception, name="office-calendar-remove"),
]

my_patterns: list[URLPattern | URLResolver] = [
    path("", home.my, name="my"),
    *people_urls.my_patterns,
]

urlpatterns = [
    # Translators: part of a page's address, in small letters without diacritics, with the slash
    path(pgettext_lazy("part of an address", "who-is-responsible/"), include(finder_patterns)),
    path("home/", home.home, name="home"),
    path("account/invitation/", include(people_urls.invitation_patterns)),
    path("office/", include(office_patterns)),
    path("my/", include(my_patterns)),
    path("files/<uuid:document_id>/", documents.private_file, name="file"),
]
