"""Doors and one's own account. Nobody reaches anybody else's: these addresses name no one.

What a person may do depends on the session (when the password was last asked for, which codes were sent) and is
tested beside the views; here it matters that nothing of an account opens to who is not signed in.
"""

from __future__ import annotations

from tests.permissions.rows import ACTORS, ANONYMOUS, SIGN_IN, STAFF, Expect, Row, everybody, signed_in

READ, GONE, MOVED, TO_SIGN_IN = everybody(200), everybody(404), everybody(302), everybody(SIGN_IN)
OWN = signed_in(200)
# Asks for the password once more, or leads where there is something to do.
LED = signed_in(302)
# A door: shown to who stands outside; who is inside is led on.
DOOR = Expect(302, frozenset(ACTORS) - {ANONYMOUS}, anonymous=200)
NOT_THERE = signed_in(404)
# Nobody here has a passkey: there is nothing to remove or rename.
KEY = {"pk": 1}

ROWS = (
    Row("account", OWN, signed_in(405)),
    Row("account_details", OWN, signed_in(200)),
    Row("second_factor", LED, signed_in(405)),
    Row("account_login", DOOR, DOOR),
    Row("account_logout", OWN, TO_SIGN_IN),
    Row("account_inactive", READ),
    Row("account_signup", DOOR, DOOR),
    Row("account_reauthenticate", OWN, OWN),
    Row("account_email", OWN, LED),
    Row("account_email_verification_sent", LED, LED),
    Row("account_change_password", OWN, OWN),
    Row("account_set_password", LED, LED),
    Row("account_reset_password", READ, READ),
    Row("account_confirm_login_code", MOVED, MOVED),
    Row("account_confirm_password_reset_code", TO_SIGN_IN, TO_SIGN_IN),
    Row("account_complete_password_reset", MOVED, MOVED),
    Row("account_password_reset_completed", READ),
    Row("account_request_login_code", DOOR, DOOR),
    Row("mfa_index", OWN, signed_in(405)),
    Row("mfa_authenticate", LED, LED),
    Row("mfa_reauthenticate", Expect(200, STAFF, others=302), Expect(200, STAFF, others=302)),
    Row("mfa_activate_totp", LED, LED),
    Row("mfa_deactivate_totp", Expect(302, STAFF, others=404), Expect(302, STAFF, others=404)),
    Row("mfa_view_recovery_codes", NOT_THERE, signed_in(405)),
    Row("mfa_generate_recovery_codes", LED, LED),
    Row("mfa_download_recovery_codes", NOT_THERE, NOT_THERE),
    Row("mfa_list_webauthn", OWN, signed_in(405)),
    Row("mfa_add_webauthn", LED, LED),
    Row("mfa_reauthenticate_webauthn", LED, LED),
    Row("mfa_remove_webauthn", LED, LED, args=lambda _world: KEY),
    Row("mfa_edit_webauthn", LED, LED, args=lambda _world: KEY),
    Row("mfa_login_webauthn", LED, LED),
    Row("usersessions_list", OWN, LED),
    Row("socialaccount_login_cancelled", READ),
    Row("socialaccount_login_error", everybody(401)),
    Row("socialaccount_signup", TO_SIGN_IN, TO_SIGN_IN),
    Row("socialaccount_connections", OWN, OWN),
    # No identity provider is switched on.
    Row("openid_connect_login", GONE, GONE, args=lambda _world: {"provider_id": "x"}),
    Row("openid_connect_callback", GONE, GONE, args=lambda _world: {"provider_id": "x"}),
    # A secret that no invitation has.
    Row("region:invitation-accept", GONE, GONE),
    Row("region:invitation", GONE, args=lambda _world: {"token": "abc"}),
    Row("route:en/_util/login/", TO_SIGN_IN, TO_SIGN_IN),
    Row("wagtailcore_login", TO_SIGN_IN, TO_SIGN_IN),
    Row(
        "wagtailcore_authenticate_with_password",
        GONE,
        GONE,
        args=lambda _world: {"page_view_restriction_id": 1, "page_id": 1},
    ),
    Row("wagtaildocs_serve", GONE, GONE),
    Row("wagtaildocs_authenticate_with_password", MOVED, MOVED, args=lambda _world: {"restriction_id": 1}),
    Row("route:media/images/<path:path>", GONE, args=lambda _world: {"path": "there-is-none.webp"}),
)
