"""Every address of the installation."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.views.brand import brand_css
from portal.views.doors import document_password, page_password, to_sign_in
from portal.views.gallery import gallery
from portal.views.media import picture
from portal.views.robots import robots, root, sitemap
from portal.views.serving import serve
from region.views.home import my_in_own_language, office_in_own_language
from region.views.too_many import too_many

urlpatterns = [
    path("", root),
    path("sitemap.xml", sitemap),
    path("robots.txt", robots),
    path("brand.css", brand_css, name="brand_css"),
    path("design/", gallery, name="design"),
    path("office/", office_in_own_language),
    path("my/", my_in_own_language),
    path("admin/", include("portal.admin_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        document_password,
        name="wagtaildocs_authenticate_with_password",
    ),
    path("documents/", include(wagtaildocs_urls)),
    path("media/images/<path:path>", picture),
]
urlpatterns += i18n_patterns(
    path("", include("portal.site_urls")),
    path("account/", include("region.account_urls")),
    path("", include("region.urls")),
    path("", include("reports.urls")),
    # Wagtail's own addresses (passwords of pages), then, in place of its last one, our way of finding a page.
    path("_util/login/", to_sign_in),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        page_password,
        name="wagtailcore_authenticate_with_password",
    ),
    path("", include(wagtail_urls.urlpatterns[:-1])),
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
)

# What those get who ask too often (allauth looks for it here).
handler429 = too_many
