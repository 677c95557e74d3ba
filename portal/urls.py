"""Every address of the installation."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.views.brand import brand_css
from portal.views.gallery import gallery
from portal.views.media import picture
from portal.views.robots import robots, root, sitemap
from portal.views.serving import serve

urlpatterns = [
    path("", root),
    path("sitemap.xml", sitemap),
    path("robots.txt", robots),
    path("brand.css", brand_css, name="brand_css"),
    path("design/", gallery, name="design"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/images/<path:path>", picture),
]
urlpatterns += i18n_patterns(
    path("", include("portal.site_urls")),
    path("", include("region.urls")),
    # Wagtail's own addresses (passwords of pages), then, in place of its last one, our way of finding a page.
    path("", include(wagtail_urls.urlpatterns[:-1])),
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
)
