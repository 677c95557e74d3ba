"""Everything the region area stores."""

from __future__ import annotations

from region.models.addresses import Address, AddressWord, Street, StreetWord, WordVariant
from region.models.audit import AuditEvent, AuditSeal
from region.models.batches import ImportBatch, SavedMapping
from region.models.districts import SecurityDistrict
from region.models.kernel import DayOverride, Heartbeat, NumberSeries, PrivateDocument, SavedView, SentForm
from region.models.mail import MailHold, Notice, OutboxMessage
from region.models.officers import Officer, OfficerAssignment
from region.models.organisations import BankAccount, Organisation
from region.models.profile import EmergencyNumber, RegionProfile, SocialLink
from region.models.roles import Invitation, RoleGrant
from region.models.running import DoneEffect, TaskNote
from region.models.towns import Town
from region.models.users import User

__all__ = [
    "Address",
    "AddressWord",
    "AuditEvent",
    "AuditSeal",
    "BankAccount",
    "DayOverride",
    "DoneEffect",
    "EmergencyNumber",
    "Heartbeat",
    "ImportBatch",
    "Invitation",
    "MailHold",
    "Notice",
    "NumberSeries",
    "Officer",
    "OfficerAssignment",
    "Organisation",
    "OutboxMessage",
    "PrivateDocument",
    "RegionProfile",
    "RoleGrant",
    "SavedMapping",
    "SavedView",
    "SecurityDistrict",
    "SentForm",
    "SocialLink",
    "Street",
    "StreetWord",
    "TaskNote",
    "Town",
    "User",
    "WordVariant",
]
