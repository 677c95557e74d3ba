"""The region's own columns, classified (see ``region.personal_data``)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from region.folding import folded_text
from region.models import SavedView
from region.personal_data import (
    BLANK,
    NOBODY,
    NULL,
    PSEUDONYM,
    ROW,
    Retention,
    account,
    address,
    declare,
    either,
    keep,
    name_things,
    officer,
)

if TYPE_CHECKING:
    from datetime import datetime

    from region.personal_data import Find, Person

DAYS_OF_INVITATION = 90
DAYS_OF_NOTICE = 90
_BOX = "boundary boundary_source boundary_is_schematic min_lon min_lat max_lon max_lat"
_AUDIT = _("Who did what must stay provable (accountability, article 5(2) GDPR); the names are not kept here.")
_IMPORT = _("Proof of what was imported, and what undoing needs; only people who import may open it.")
_DOCUMENT = _("Belongs to the case it was sent in; leaves with it.")
_CONTACT = _("Contact that the region itself publishes; changed in the settings when another person takes over.")


def _writes_of(*columns: str) -> Find:
    """Rows whose texts name the person, whatever the letter case and with diacritics or without."""

    def find(person: Person) -> Q:
        found = NOBODY
        for word in _marks_of(person):
            for column in columns:
                found |= Q(**{f"{column}__folded__contains": word})
        return found

    return find


def _marks_of(person: Person) -> list[str]:
    return [str(folded_text(word)) for word in (*person.addresses, *person.words)]


def _views_naming(person: Person) -> Q:
    """Views of others whose name or filters name the person. Filters stand there as in an address: each is read."""
    marks = _marks_of(person)
    rows = SavedView.objects.values_list("pk", "name", "query") if marks else ()
    texts = ((key, str(folded_text(f"{name}\n{unquote_plus(query)}"))) for key, name, query in rows)
    return Q(pk__in=[key for key, text in texts if any(mark in text for mark in marks)])


def _letters_naming(person: Person) -> Q:
    """Finished letters to others that name the person; one that still waits is sent first, then deleted in its time."""
    return _writes_of("subject", "body")(person) & ~Q(status__in=["waiting", "held"])


def _acts_of(person: Person) -> Q:
    return Q(actor_id=str(person.user_id)) if person.user_id else NOBODY


def _acts_on(person: Person) -> Q:
    targets = {"region.User": person.user_id, "region.Officer": person.officer_id}
    found = NOBODY
    for kind, key in targets.items():
        found |= Q(target_type=kind, target_id=str(key)) if key else NOBODY
    return found


def _old_invitations(now: datetime) -> Q:
    return Q(expires_at__lt=now - timedelta(days=DAYS_OF_INVITATION)) & ~Q(email="")


def _old_notices(now: datetime) -> Q:
    return Q(digested_at__lt=now - timedelta(days=DAYS_OF_NOTICE))


def _people() -> None:
    declare(
        "region.User",
        "id last_login is_superuser is_staff is_active date_joined language erased_at groups user_permissions",
        hidden="password",
        fields={"email": PSEUDONYM, "first_name": BLANK, "last_name": BLANK},
        find=account("pk"),
        has_personal_label=True,
    )
    declare(
        "region.RoleGrant",
        "id role organisation town valid_from valid_until granted_at",
        follows="user granted_by",
    )
    declare(
        "region.Invitation",
        "id role organisation town role_until language created_at expires_at accepted_at withdrawn_at",
        hidden="token_hash",
        follows="invited_by accepted_by",
        fields={"email": BLANK},
        find=either(account("accepted_by"), address("email")),
        has_personal_label=True,
        retention=Retention(_("address emptied 90 days after the invitation expired"), _old_invitations),
    )
    declare(
        "region.Officer",
        "id organisation is_example",
        fields={
            "code": NULL,
            "rank": BLANK,
            "name": PSEUDONYM,
            "phone": BLANK,
            "email": BLANK,
            "office_hours": BLANK,
            "photo": NULL,
        },
        find=officer("pk"),
        has_personal_label=True,
    )
    declare(
        "region.OfficerAssignment",
        "id town district role since until",
        follows="officer substitute",
        has_personal_label=True,
    )


def _mail() -> None:
    declare(
        "region.OutboxMessage",
        "id created_at idempotency_key kind is_secret status attempts next_attempt_at sent_at last_error "
        "claim claimed_at",
        fields=dict.fromkeys(("user", "to", "reply_to", "subject", "body"), ROW),
        find=either(account("user"), address("to", "reply_to")),
        mentions=_letters_naming,
        author="reply_to",
        has_personal_label=True,
        retention=Retention(_("deleted 30 days after it was sent, 90 days after it failed")),
    )
    declare(
        "region.Notice",
        "id created_at kind key digested_at",
        fields=dict.fromkeys(("user", "text", "path"), ROW),
        find=account("user"),
        mentions=_writes_of("text"),
        has_personal_label=True,
        retention=Retention(_("deleted 90 days after the digest that told of it"), _old_notices),
    )


def _work() -> None:
    declare(
        "region.SentForm",
        "key action sent_at path",
        fields={"user": ROW},
        find=account("user"),
        retention=Retention(_("deleted after 90 days")),
    )
    declare(
        "region.SavedView",
        "id screen",
        fields=dict.fromkeys(("user", "name", "query"), ROW),
        find=account("user"),
        mentions=_views_naming,
        has_personal_label=True,
    )
    declare(
        "region.PrivateDocument",
        "id rule target_id content_type size sha256 scan scan_note added_at removed_at",
        hidden="stored_as",
        follows="added_by",
        fields={"name": keep(_DOCUMENT)},
        has_personal_label=True,
    )
    declare(
        "region.ImportBatch",
        "id importer status file options rows done rejected_file journal error created_at applied_at undone_at",
        follows="created_by undone_by",
        fields={"report": keep(_IMPORT)},
    )
    declare(
        "region.SavedMapping",
        "id importer name headings reading values created_at used_at",
        follows="created_by",
    )
    declare(
        "region.AuditEvent",
        "id at actor_roles action target_type target_id target before after",
        fields={"actor_id": keep(_AUDIT)},
        find=_acts_of,
        tells_of=_acts_on,
        unshared=frozenset({"target", "target_id", "before", "after"}),
    )
    declare("region.MailHold", "name since reason", follows="by")
    declare("region.TaskNote", "task_id set_aside_at", follows="set_aside_by")
    declare("region.DoneEffect", "key at")
    declare("region.AuditSeal", "number event_id sealed_at digest")
    declare("region.NumberSeries", "id key year last")
    declare("region.DayOverride", "day is_working reason")
    declare("region.Heartbeat", "name at seconds changed failures last_error")


def _registers() -> None:
    declare("region.Street", "id place name folded addresses_count")
    declare("region.Address", "id street number lon lat")
    declare("region.AddressWord", "word streets_count")
    declare("region.StreetWord", "id word street")
    declare("region.WordVariant", "id variant word streets_count")
    declare("region.EmergencyNumber", "id sort_order profile number label_cs label_pl label_en")
    declare("region.SocialLink", "id sort_order profile label url")
    # Phone and e-mail are those of the town hall, of the office.
    declare(
        "region.Town",
        f"{_BOX} id code name slug kind county_part status preparing_since member_since member_since_precision "
        "member_until accession_document accession_url inhabitants inhabitants_year inhabitants_source lon lat website "
        "phone email data_box summary photo is_example",
    )
    declare("region.SecurityDistrict", f"{_BOX} id town code name streets is_example")
    declare(
        "region.Organisation",
        "id kind name country register_number street postcode place data_box email phone inhabitants inhabitants_year "
        "town member_since member_until is_example",
    )
    declare(
        "region.BankAccount",
        "id organisation iban label added_at verified_at closed_at",
        follows="added_by verified_by",
    )
    declare(
        "region.RegionProfile",
        f"{_BOX} id name_cs name_pl name_en programme_cs programme_pl programme_en kind country currency time_zone "
        "coordinate_system languages brand_colour logo operator address phone email tile_url tile_attribution "
        "boundary_note",
        fields={"data_protection_contact": keep(_CONTACT)},
    )


def classify() -> None:
    """Put the region's models into the register."""
    name_things({"region.SentForm.user": _("whose")})
    _people()
    _mail()
    _work()
    _registers()
