"""Everything the region area stores."""

from __future__ import annotations

from region.models.addresses import Address, AddressWord, Street, StreetWord, WordVariant
from region.models.audit import AuditEvent
from region.models.districts import SecurityDistrict
from region.models.mail import OutboxMessage
from region.models.officers import Officer, OfficerAssignment
from region.models.profile import EmergencyNumber, RegionProfile, SocialLink
from region.models.towns import Town
from region.models.users import User

__all__ = [
    "Address",
    "AddressWord",
    "AuditEvent",
    "EmergencyNumber",
    "Officer",
    "OfficerAssignment",
    "OutboxMessage",
    "RegionProfile",
    "SecurityDistrict",
    "SocialLink",
    "Street",
    "StreetWord",
    "Town",
    "User",
    "WordVariant",
]
