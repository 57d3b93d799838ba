"""What Auth0's page "API Settings" says, line by line: where it is here, and which tests hold it.

https://auth0.com/docs/get-started/apis/api-settings. The summaries are ours. `line` counts the page's lines
that are not blank; DIGEST is that of all of them, so that a test tells when Auth0 has changed the page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from auth0_api_vocabulary import snake_case

PAGE = "https://auth0.com/docs/get-started/apis/api-settings"
LAST_LINE = 35
DIGEST = "1ab8b4f490db02526baf7e8a9e190ef799b858517f98fa3ea0022c1b212160ed"
HEADINGS_AND_PICTURES = (1, 3, 5, 7, 11, 12, 18, 20, 21, 25, 26, 28, 30, 31, 33, 35)
"""Lines that say nothing by themselves: titles, and the texts of pictures."""


@dataclass(frozen=True)
class Said:
    """Something that a line says. `here` are settings, outputs, resources and commands that have it."""

    line: int
    summary: str
    here: tuple[str, ...]
    tests: tuple[str, ...]


API = "tests/provider/test_resource_server.py"
GRANT = "tests/provider/test_client_grant.py"
TENANT = "tests/emulator/test_resource_servers.py"
TOKENS = "tests/emulator/test_tokens.py"
MATRIX = "tests/emulator/test_token_matrix.py::test_tokens_are_as_the_settings_say"
SANDBOX_PAGE = "tests/emulator/test_page.py"

SAID = (
    Said(
        2,
        "An API is registered, found in a list, and opened for its settings",
        ("ResourceServer", "auth0-apis sandbox"),
        (f"{API}::test_lifecycle", f"{SANDBOX_PAGE}::test_apis_are_listed"),
    ),
    Said(
        4,
        "Expiration, RBAC and access are settings, which are saved together",
        ("ResourceServer",),
        (
            f"{API}::test_every_setting_survives_the_round_trip",
            f"{API}::test_a_patch_carries_the_changed_keys_only",
        ),
    ),
    Said(
        6,
        "Of the general settings only the name can be modified",
        ("ResourceServer.name", "ResourceServer.identifier"),
        (f"{API}::test_replacement", f"{TENANT}::test_identifier_cannot_change"),
    ),
    Said(
        6,
        "Auth0's own Management API was registered by nobody",
        ("ResourceServer.is_system",),
        (
            f"{API}::test_system_apis_are_neither_made_nor_deleted",
            f"{API}::test_a_system_api_cannot_be_renamed",
            f"{TENANT}::test_management_api_is_there_and_stays",
        ),
    ),
    Said(
        8,
        "Id: Auth0 makes it, it is read-only, and the Management API takes it",
        ("ResourceServer.id",),
        (f"{API}::test_lifecycle", f"{TENANT}::test_an_identifier_is_as_good_as_an_id"),
    ),
    Said(
        9,
        "Name: for people; it changes no functionality",
        ("ResourceServer.name",),
        (f"{API}::test_replacement", f"{API}::test_a_patch_carries_the_changed_keys_only"),
    ),
    Said(9, "Name: without `<` and `>`", ("ResourceServer.name",), (f"{API}::test_check_refuses",)),
    Said(
        10,
        "Identifier: unique",
        ("ResourceServer.identifier",),
        (
            "tests/provider/test_api_adoption.py::test_an_equal_api_is_refused_unless_the_run_says_so",
            f"{TENANT}::test_duplicate_identifier_is_a_conflict",
        ),
    ),
    Said(
        10,
        "Identifier: set once and for all; another one is another API",
        ("ResourceServer.identifier",),
        (f"{API}::test_replacement", f"{TENANT}::test_identifier_cannot_change"),
    ),
    Said(
        10,
        "Identifier: a URL is recommended, and never called",
        ("ResourceServer.identifier",),
        ("tests/policies/test_identifier_format.py::test_a_url_passes",),
    ),
    Said(
        13,
        "Maximum Access Token Lifetime: seconds until a token expires",
        ("ResourceServer.token_lifetime",),
        (f"{TOKENS}::test_auth0_profile", MATRIX),
    ),
    Said(
        13,
        "Maximum Access Token Lifetime: a day by default, 30 days at most",
        ("ResourceServer.token_lifetime",),
        (
            f"{API}::test_a_removed_setting_goes_back_to_the_default",
            f"{API}::test_check_refuses",
            "tests/policies/test_access_token_lifetime.py::test_an_unset_lifetime_is_auth0s_default",
        ),
    ),
    Said(
        14,
        "Implicit / Hybrid Flow Access Token Lifetime: a day, says the page; 7,200 s, answers a tenant",
        ("ResourceServer.token_lifetime_for_web",),
        (
            f"{API}::test_a_removed_setting_goes_back_to_the_default",
            f"{TENANT}::test_minimal_api_has_the_recorded_defaults_and_nothing_else",
        ),
    ),
    Said(
        14,
        "Implicit / Hybrid Flow Access Token Lifetime: never over the other",
        ("ResourceServer.token_lifetime_for_web",),
        (
            f"{API}::test_check_refuses",
            f"{TENANT}::test_what_breaks_a_rule_is_refused",
            "tests/provider/test_lifetimes.py::test_browsers_never_get_longer_lived_tokens",
        ),
    ),
    Said(
        15,
        "JSON Web Token Profile: format of the tokens, Auth0's or RFC 9068's",
        ("ResourceServer.token_dialect",),
        (f"{TOKENS}::test_auth0_profile", f"{TOKENS}::test_rfc_9068_profile", MATRIX),
    ),
    Said(
        16,
        "Signing Algorithm: HS256, or RS256 (recommended) with the tenant's private key",
        ("ResourceServer.signing_alg", "ResourceServer.signing_secret"),
        (
            f"{TOKENS}::test_hs256",
            MATRIX,
            "tests/policies/test_signing_algorithm.py::test_a_shared_secret_is_refused",
        ),
    ),
    Said(
        16,
        "Signing Algorithm: set when the API is made; another one is another API",
        ("ResourceServer.signing_alg",),
        (f"{API}::test_replacement", f"{API}::test_the_same_identifier_is_deleted_before_it_is_created_anew"),
    ),
    Said(
        17,
        "JSON Web Encryption: tokens are encrypted when it is on",
        ("ResourceServer.token_encryption",),
        (f"{TOKENS}::test_encrypted", MATRIX, f"{API}::test_encryption_key_is_compared_by_thumbprint"),
    ),
    Said(
        19,
        "RBAC: a switch, and one that adds the permissions to the token",
        ("ResourceServer.enforce_policies", "ResourceServer.token_dialect"),
        (
            f"{TOKENS}::test_permissions_need_rbac_and_an_authz_dialect",
            "tests/policies/test_rbac_enabled.py::test_rbac_off_is_refused",
        ),
    ),
    Said(
        22,
        "Allow Skipping User Consent: first-party applications ask for none",
        ("ResourceServer.skip_consent_for_verifiable_first_party_clients",),
        (
            f"{API}::test_a_removed_setting_goes_back_to_the_default",
            "tests/policies/test_user_consent.py::test_skipping_consent_is_refused",
        ),
    ),
    Said(
        23,
        "Allow Offline Access: applications may ask for refresh tokens",
        ("ResourceServer.allow_offline_access",),
        (
            f"{API}::test_a_removed_setting_goes_back_to_the_default",
            "tests/policies/test_offline_access.py::test_refresh_tokens_are_refused",
        ),
    ),
    Said(
        24,
        "Permissions tab: permissions are added and deleted",
        ("Permission", "ResourceServer.scopes"),
        (
            "tests/provider/test_permission.py::test_lifecycle",
            f"{SANDBOX_PAGE}::test_permissions_are_added_and_removed",
        ),
    ),
    Said(
        27,
        "Machine to Machine Applications tab: a toggle authorizes an application",
        ("ClientGrant",),
        (f"{GRANT}::test_lifecycle", f"{SANDBOX_PAGE}::test_applications_are_authorized_and_revoked"),
    ),
    Said(
        29,
        "Test tab: an application that gets tokens to test with; further ones can be made",
        ("auth0-apis token", "auth0-apis sandbox"),
        (
            "tests/token_check/test_token_command.py::test_the_only_application_gets_a_token_that_passes",
            "tests/examples/test_test_application.py::test_its_application_gets_a_token",
            f"{SANDBOX_PAGE}::test_the_test_tab_shows_a_token",
        ),
    ),
    Said(
        32,
        "API Explorer tab, of the Management API alone: what can be called",
        ("auth0-apis sandbox",),
        ("tests/emulator/test_openapi.py::test_no_request_breaks_the_contract",),
    ),
    Said(
        34,
        "Troubleshooting: look at the calls",
        ("auth0-apis doctor", "auth0-apis sandbox"),
        (
            "tests/management/test_request_log.py::test_info_has_a_line_a_request",
            f"{SANDBOX_PAGE}::test_the_log_shows_calls_and_the_gauge_what_is_left",
        ),
    ),
)


def digest(lines: Iterable[str]) -> str:
    """What DIGEST is of the page's lines, whatever blanks are around them."""
    return hashlib.sha256("\n".join(line.strip() for line in lines if line.strip()).encode()).hexdigest()


def rows() -> Iterator[tuple[str, str, str]]:
    """What the page says, where it is here, and the tests, each a link."""
    for said in SAID:
        yield said.summary, ", ".join(map(_place, said.here)), "<br>".join(map(_test, said.tests))


def _place(here: str) -> str:
    resource = here.partition(".")[0]
    if here.startswith("auth0-apis "):
        return f"`{here}`"
    return f"[`{here}`](resources/{snake_case(resource)}.md)"


def _test(test: str) -> str:
    file, _, name = test.partition("::")
    return f"[`{name}`](../{file})"
