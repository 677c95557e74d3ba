"""What everybody may read: no address here answers anybody differently."""

from __future__ import annotations

from tests.permissions.rows import Row, everybody

READ = everybody(200)
# A form that came empty is shown again.
INCOMPLETE = everybody(422)
GONE = everybody(404)
MOVED = everybody(302)

ROWS = (
    Row("route:", MOVED),
    Row("route:sitemap.xml", READ),
    Row("route:robots.txt", READ),
    Row("route:office/", MOVED),
    Row("route:my/", MOVED),
    Row("brand_css", READ),
    Row("design", READ),
    Row("portal:search", READ),
    Row("portal:news-feed", READ),
    Row("portal:news-atom", READ),
    Row("portal:town-news-feed", READ, args=lambda world: {"slug": world.town.slug}),
    Row("portal:town-news-atom", READ, args=lambda world: {"slug": world.town.slug}),
    Row("portal:topic-news-feed", READ, args=lambda world: {"slug": world.topic_slug}),
    Row("portal:topic-news-atom", READ, args=lambda world: {"slug": world.topic_slug}),
    Row("portal:events-calendar", READ),
    Row("portal:town-events-calendar", READ, args=lambda world: {"slug": world.town.slug}),
    Row("portal:event-calendar", READ, args=lambda world: {"key": world.event_key}),
    Row("region:finder", READ),
    Row("region:finder-suggestions", READ, query="?q=zk"),
    Row("region:map-data", READ),
    Row("region:message", READ, INCOMPLETE, args=lambda world: {"assignment_id": world.assignment_id}),
    Row("region:message-sent", READ, args=lambda world: {"assignment_id": world.assignment_id}),
    Row("region:town", READ, args=lambda world: {"slug": world.town.slug}),
    Row("region:town-sheet", READ, args=lambda world: {"slug": world.town.slug}),
    Row("region:town-message", READ, INCOMPLETE, args=lambda world: {"slug": world.town.slug}),
    Row("region:town-message-sent", READ, args=lambda world: {"slug": world.town.slug}),
    Row("region:district", READ, args=lambda world: {"slug": world.town.slug, "code": world.district.code}),
    # Pages of the site; what they may not show is Wagtail's page restrictions, tested with the pages.
    Row("wagtail_serve", READ, READ),
)
