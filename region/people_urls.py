"""Addresses of people, invitations, organisations and bank accounts, in the office and in My."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from region.listing import listing_urls
from region.views import invitations, joining, organisations, own_organisation, people

_person = [
    path("", people.person, name="office-person"),
    path("give/", people.give, name="office-person-give"),
    path("roles/<uuid:grant_id>/end/", people.end, name="office-person-end"),
    path("block/", people.block, name="office-person-block"),
    path("unblock/", people.unblock, name="office-person-unblock"),
    path("second-factor/", people.reset, name="office-person-reset"),
]

office_patterns: list[URLPattern | URLResolver] = [
    *listing_urls(people.PEOPLE, "people/"),
    path("people/<uuid:person_id>/", include(_person)),
    *listing_urls(invitations.INVITATIONS, "invitations/"),
    path("invitations/new/", invitations.office_invite, name="office-invite"),
    path("invitations/<uuid:invitation_id>/", invitations.invitation, name="office-invitation"),
    *listing_urls(organisations.ORGANISATIONS, "organisations/"),
    path("organisations/new/", organisations.add, name="office-organisation-add"),
    path("organisations/<uuid:organisation_id>/", organisations.organisation, name="office-organisation"),
    path("organisations/<uuid:organisation_id>/edit/", organisations.edit, name="office-organisation-edit"),
    *listing_urls(organisations.ACCOUNTS, "accounts/"),
    path("accounts/<uuid:account_id>/verify/", organisations.verify, name="office-account-verify"),
    path("accounts/<uuid:account_id>/close/", organisations.close, name="office-account-close"),
]

_own = [
    path("", own_organisation.own, name="my-organisation"),
    path("edit/", own_organisation.edit, name="my-organisation-edit"),
    path("accounts/new/", own_organisation.account_add, name="my-account-add"),
    path("accounts/<uuid:account_id>/close/", own_organisation.account_close, name="my-account-close"),
    path("invite/", own_organisation.invite, name="my-invite"),
    path("invitations/<uuid:invitation_id>/", own_organisation.invitation, name="my-invitation"),
    path("colleagues/<uuid:grant_id>/end/", own_organisation.end, name="my-colleague-end"),
]

my_patterns: list[URLPattern | URLResolver] = [
    path("organisation/", own_organisation.organisations, name="my-organisations"),
    path("organisation/<uuid:organisation_id>/", include(_own)),
]

# The secret stands in the address only until the link is opened.
invitation_patterns = [
    path("", joining.accept, name="invitation-accept"),
    path("<str:token>/", joining.invitation, name="invitation"),
]
