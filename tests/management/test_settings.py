"""How the settings of a connection are found."""

from __future__ import annotations

import pytest

from pulumi_auth0_apis.errors import ConfigurationError, CredentialsError
from pulumi_auth0_apis.management.settings import KEYS, LOOPBACK_ONLY, ConnectionSettings

DOMAIN = {"auth0:domain": "example.eu.auth0.com"}
CLIENT = {"auth0:clientId": "configured", "auth0:clientSecret": "configured-secret"}
CONFIG = {**DOMAIN, **CLIENT}


def resolve(config: dict[str, str], **environ: str) -> ConnectionSettings:
    return ConnectionSettings.resolve(config, environ)


def test_configuration_alone_is_enough() -> None:
    """A domain, a client id and a secret in the stack's configuration make a connection."""
    settings = resolve(CONFIG)
    assert settings.base_url == "https://example.eu.auth0.com"
    assert settings.audience == "https://example.eu.auth0.com/api/v2/"
    assert (settings.client_id, settings.client_secret) == ("configured", "configured-secret")
    assert settings.max_request_share == 1


def test_the_environment_alone_is_enough() -> None:
    """The variables of pulumi-auth0 and the Terraform provider do without configuration."""
    settings = resolve({}, AUTH0_DOMAIN="x.auth0.com", AUTH0_CLIENT_ID="id", AUTH0_CLIENT_SECRET="s")
    assert (settings.domain, settings.client_id, settings.client_secret) == ("x.auth0.com", "id", "s")


def test_credentials_in_the_environment_come_first() -> None:
    """A rotated secret in the environment beats the old one that refresh is handed from state."""
    settings = resolve(CONFIG, AUTH0_CLIENT_SECRET="rotated")
    assert (settings.client_id, settings.client_secret) == ("configured", "rotated")


def test_a_token_comes_before_a_client_of_the_same_source() -> None:
    """Where both are set the token is used, as the Terraform provider does."""
    settings = resolve({**CONFIG, "auth0:apiToken": "token"})
    assert (settings.api_token, settings.client_secret) == ("token", "")


def test_a_client_in_the_environment_comes_before_a_configured_token() -> None:
    """The environment is asked first, whatever kind of credentials it holds."""
    settings = resolve({**CONFIG, "auth0:apiToken": "token"}, AUTH0_CLIENT_SECRET="rotated")
    assert (settings.api_token, settings.client_secret) == ("", "rotated")


def test_a_private_key_stands_in_for_a_secret() -> None:
    """A client id with a key is complete; the algorithm is RS256 unless another is named."""
    key = {"auth0:clientId": "id", "auth0:clientAssertionPrivateKey": "pem"}
    assert resolve({**DOMAIN, **key}).client_assertion_signing_alg == "RS256"
    settings = resolve({**DOMAIN, **key, "auth0:clientAssertionSigningAlg": "PS256"})
    assert (settings.client_assertion_private_key, settings.client_assertion_signing_alg) == ("pem", "PS256")


def test_an_explicit_tenant_does_not_look_at_the_environment() -> None:
    """The inputs of `Tenant` stand alone, even where variables name another tenant and credentials."""
    settings = resolve(
        {**CONFIG, "auth0:tenant": "eu"}, AUTH0_DOMAIN="other.auth0.com", AUTH0_API_TOKEN="other"
    )
    assert (settings.domain, settings.client_secret) == ("example.eu.auth0.com", "configured-secret")


def test_two_different_domains_are_an_error_that_names_both() -> None:
    """A leftover AUTH0_DOMAIN never sends a stack to another tenant."""
    with pytest.raises(ConfigurationError, match=r"example\.eu.*other"):
        resolve(CONFIG, AUTH0_DOMAIN="other.auth0.com")


@pytest.mark.parametrize("spelling", ["https://example.eu.auth0.com/", "Example.EU.auth0.com"])
def test_spellings_of_a_domain_are_the_same_tenant(spelling: str) -> None:
    """A scheme, a slash at the end and capitals make no difference, nor a contradiction."""
    assert resolve(CONFIG, AUTH0_DOMAIN=spelling).domain == "example.eu.auth0.com"
    assert resolve({**CONFIG, "auth0:domain": spelling}).domain == "example.eu.auth0.com"


@pytest.mark.parametrize(
    "domain",
    ["example.com/path", "a b.com", "user@example.com", "http://", "example.com:port", "[::1", "a?b"],
)
def test_what_is_no_domain_is_refused(domain: str) -> None:
    """Whatever cannot be the host of a tenant is an error that shows it, not a request to somewhere else."""
    with pytest.raises(ConfigurationError, match="is not the domain of an Auth0 tenant"):
        resolve({**CONFIG, "auth0:domain": domain})


def test_plain_http_is_for_this_machine() -> None:
    """Credentials go over http to a sandbox on a loopback address and to nowhere else."""
    assert resolve({**CONFIG, "auth0:domain": "http://127.0.0.1:80"}).base_url == "http://127.0.0.1:80"
    with pytest.raises(ConfigurationError, match="https only"):
        resolve({**CONFIG, "auth0:domain": "http://example.com"})


@pytest.mark.parametrize("domain", ["http://localhost:3000", "127.0.0.1:3000", "http://[::1]:3000"])
def test_the_local_engine_takes_a_sandbox(domain: str) -> None:
    """Where only loopback is allowed a sandbox is as good as ever."""
    assert resolve({**CONFIG, "auth0:domain": domain}, AUTH0_APIS_LOOPBACK_ONLY="1").domain == domain


def test_the_local_engine_refuses_a_real_tenant() -> None:
    """Where only loopback is allowed the error says to use the real CLI."""
    with pytest.raises(ConfigurationError, match="Run `pulumi` itself"):
        resolve(CONFIG, AUTH0_APIS_LOOPBACK_ONLY="1")
    with pytest.raises(ConfigurationError, match="Run `pulumi` itself"):
        resolve({**CONFIG, "auth0:tenant": "eu"}, AUTH0_APIS_LOOPBACK_ONLY="1")


def test_a_missing_domain_says_how_to_set_it() -> None:
    """Without a tenant the error has the command that names one."""
    with pytest.raises(ConfigurationError, match="pulumi config set auth0:domain"):
        resolve(CLIENT)


@pytest.mark.parametrize(("config", "missing"), [({}, "a client id"), ({"auth0:clientId": "id"}, "a secret")])
def test_missing_credentials_say_what_is_missing(config: dict[str, str], missing: str) -> None:
    """Incomplete credentials name the part that is not there, and the tenant."""
    with pytest.raises(CredentialsError, match=f"example.eu.auth0.com: {missing}"):
        resolve({**DOMAIN, **config})


@pytest.mark.parametrize("share", ["0", "1.1", "-1", "half", "nan"])
def test_a_share_is_a_part_of_one(share: str) -> None:
    """A share of the rate limit is over 0 and up to 1; anything else is shown back."""
    with pytest.raises(ConfigurationError, match=f"maxRequestShare is '{share}'"):
        resolve({**CONFIG, "auth0:maxRequestShare": share})


def test_the_share_may_come_from_the_environment() -> None:
    """`AUTH0_MAX_REQUEST_SHARE` sets the share for a pipeline without touching the stack."""
    assert resolve(CONFIG, AUTH0_MAX_REQUEST_SHARE="0.5").max_request_share == 0.5


def test_an_algorithm_that_auth0_does_not_take_is_refused() -> None:
    """A typing error in the algorithm is told before Auth0 refuses the token request."""
    config = {**DOMAIN, "auth0:clientId": "id", "auth0:clientAssertionPrivateKey": "pem"}
    with pytest.raises(ConfigurationError, match="HS256"):
        resolve({**config, "auth0:clientAssertionSigningAlg": "HS256"})


def test_secrets_stay_out_of_the_repr() -> None:
    """Settings may be logged: their text has no secret in it."""
    keys = {"auth0:clientId": "id", "auth0:clientAssertionPrivateKey": "the-key"}
    shown = [resolve(CONFIG), resolve({**DOMAIN, "auth0:apiToken": "the-token"}), resolve({**DOMAIN, **keys})]
    for secret in ("configured-secret", "the-token", "the-key"):
        assert secret not in repr(shown)


def test_the_process_environment_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an environment to look at, that of the process is."""
    monkeypatch.setenv("AUTH0_DOMAIN", "x.auth0.com")
    assert ConnectionSettings.resolve(CLIENT).domain == "x.auth0.com"


CREDENTIALS = {
    "auth0:apiToken": {"auth0:apiToken": "{}"},
    "auth0:clientId": {"auth0:clientId": "{}", "auth0:clientSecret": "s3cret"},
    "auth0:clientSecret": {"auth0:clientId": "id", "auth0:clientSecret": "{}"},
}


@pytest.mark.parametrize("key", CREDENTIALS)
@pytest.mark.parametrize(
    ("odd", "told"),
    [
        ("QZQ\nQZQ", "a line break"),
        ("QZQ\r\nQZQ", "a line break"),
        ("QZQ\x0bQZQ", "a control character"),
        ("QZQ\x00QZQ", "a control character"),
        ("QZQ\x7fQZQ", "a control character"),
        ("QZQ\u200bQZQ", "a character that is not ASCII"),
        ("QZQé", "a character that is not ASCII"),
        ("QZQ\udcffQZQ", "a character that is not ASCII"),
    ],
    ids=ascii,
)
@pytest.mark.parametrize("exported", [False, True])
def test_a_credential_that_cannot_be_sent_is_named_and_not_shown(
    key: str, odd: str, told: str, exported: bool
) -> None:
    """What no header can carry is refused before anything is sent, without the value in the error."""
    given = {name: text.format(odd) for name, text in CREDENTIALS[key].items()}
    environ = {KEYS[name]: text for name, text in given.items()} if exported else {}
    with pytest.raises(CredentialsError) as caught:
        ConnectionSettings.resolve({**DOMAIN, **({} if exported else given)}, environ)
    assert f"{key} ({KEYS[key]}) holds {told}" in str(caught.value)
    assert "QZQ" not in str(caught.value)


def test_a_token_has_no_blank() -> None:
    """A token with its scheme before it is refused; a client's id and secret may hold a blank (RFC 6749)."""
    with pytest.raises(CredentialsError, match=r"auth0:apiToken .* holds a blank"):
        resolve({**DOMAIN, "auth0:apiToken": "Bearer QZQ"})
    blanks = {"auth0:clientId": "my id", "auth0:clientSecret": "my secret"}
    assert resolve({**DOMAIN, **blanks}).client_secret == "my secret"


@pytest.mark.parametrize("around", ["{}\n", "\r\n{}", " {} ", "\t{}"])
def test_blanks_around_a_credential_are_not_part_of_it(around: str) -> None:
    """What a file or a shell leaves at the ends of a value is not sent."""
    assert resolve(DOMAIN, AUTH0_API_TOKEN=around.format("QZQ")).api_token == "QZQ"


@pytest.mark.parametrize(
    "domain", ["a..example.com", f"{'a' * 64}.com", ".example.com", "[::1::]", f"{'a.' * 127}com"]
)
def test_what_no_name_server_knows_is_refused(domain: str) -> None:
    """A name that cannot be asked for is told as what it is, before anybody is asked."""
    with pytest.raises(ConfigurationError, match="is not the domain of an Auth0 tenant"):
        resolve({**CONFIG, "auth0:domain": domain})


@pytest.mark.parametrize("environ", [{}, {LOOPBACK_ONLY: "1"}])
def test_without_a_tenant_there_is_a_way_to_one(environ: dict[str, str]) -> None:
    """A sandbox is always a way; the local engine, which takes no real tenant, names no other."""
    with pytest.raises(ConfigurationError, match="auth0-apis sandbox") as told:
        ConnectionSettings.resolve({}, environ)
    assert ("pulumi config set" in str(told.value)) == (not environ)
