"""One tenant and everything that it holds."""

from __future__ import annotations

import time
from functools import cached_property
from pathlib import Path

from joserfc.jwk import RSAKey

from pulumi_auth0_apis.emulator import keys
from pulumi_auth0_apis.emulator.applications import Applications, refuse_unfit_applications
from pulumi_auth0_apis.emulator.clock import Clock
from pulumi_auth0_apis.emulator.models import system_apis
from pulumi_auth0_apis.emulator.models.anonymous_sessions import AnonymousSessions
from pulumi_auth0_apis.emulator.models.client_grants import ClientGrants
from pulumi_auth0_apis.emulator.models.clients import Clients
from pulumi_auth0_apis.emulator.models.credentials import Credentials
from pulumi_auth0_apis.emulator.models.organizations import Organizations
from pulumi_auth0_apis.emulator.models.resource_servers import ResourceServers
from pulumi_auth0_apis.emulator.models.store import Store
from pulumi_auth0_apis.emulator.models.tenant_base import TenantBase
from pulumi_auth0_apis.emulator.plans import plan_named
from pulumi_auth0_apis.emulator.schemas.further import FurtherProperties

BILLING_CLIENT_ID = "billingServiceSandbox00000000001"
"""A machine-to-machine application that every sandbox has, without grants: "Billing service"."""

REPORTING_CLIENT_ID = "reportsServiceSandbox00000000002"
"""Another one: "Reporting service"."""

_APPLICATIONS = {BILLING_CLIENT_ID: "Billing service", REPORTING_CLIENT_ID: "Reporting service"}


class EmulatedTenant(TenantBase):
    """A tenant: system APIs, the applications above, and one with all Management API scopes.

    `domain` is the tenant's URL without a slash at its end, `http://127.0.0.1:8080` for instance; issuer and
    Management API audience derive from it. `plan` is a name of `plans.PLANS` or None for no limits. `data` is
    a file that keeps the tenant; when it exists the tenant is what it holds, under the new domain. Raises
    DataFileError where the file cannot, ValueError for a plan that there is not and for properties and
    applications that cannot be added.
    `applications` are further machine-to-machine applications, a name by client id; one that a file has
    already stays as it is.
    `additional_properties` are those that APIs and grants have beyond the modelled ones (`further`).
    `cascade_delay` is how many seconds the grants of a deleted application are still there: Auth0 removes
    them a little later (recorded).
    """

    def __init__(
        self,
        domain: str,
        *,
        plan: str | None = None,
        data: Path | None = None,
        additional_properties: FurtherProperties | None = None,
        cascade_delay: float = 0.0,
        applications: Applications | None = None,
        clock: Clock = time.time,
    ) -> None:
        applications = {} if applications is None else applications
        refuse_unfit_applications(applications)
        super().__init__(
            domain,
            clock=clock,
            plan=plan_named(plan),
            store=Store(data),
            cascade_delay=cascade_delay,
            additional_properties={} if additional_properties is None else additional_properties,
        )
        with self.store.transaction():
            self._load()
            self._add_applications(applications)

    def _load(self) -> None:
        """Take up what the file holds, under the present domain; a new tenant gets what every tenant has."""
        self.credentials = Credentials(self)
        self.resource_servers = ResourceServers(self)
        self.clients = Clients(self, self.resource_servers, self.credentials)
        self.client_grants = ClientGrants(self, self.resource_servers, self.clients)
        self.organizations = Organizations(self, self.client_grants)
        self.anonymous_sessions = AnonymousSessions(self)
        self._meta = self.store.table("tenant")
        if "domain" not in self._meta:
            self._seed()
        elif self._meta["domain"] != self.domain:
            self._move(self._meta["domain"])
        self._meta["domain"] = self.domain

    @cached_property
    def signing_key(self) -> RSAKey:
        """The key of its tokens; a tenant in a file keeps it, so that they outlive the process."""
        if "signing_key" in self._meta:
            return keys.load_key(self._meta["signing_key"])
        key = keys.generated_key()
        self._meta["signing_key"] = key.as_pem(private=True).decode()
        return key

    @property
    def client_id(self) -> str:
        """The application that holds all Management API scopes."""
        client_id: str = self._meta["client_id"]
        return client_id

    @property
    def client_secret(self) -> str:
        """Its secret."""
        secret: str = self.clients.get(self.client_id)["client_secret"]
        return secret

    def _seed(self) -> None:
        management = self.resource_servers.add(system_apis.management_api(self.management_audience))
        self._add_applications(_APPLICATIONS)
        deployment = self.clients.add({"name": "Infrastructure as code", "app_type": "non_interactive"})
        self._meta["client_id"] = deployment["client_id"]
        self.client_grants.add(
            {
                "client_id": self.client_id,
                "audience": self.management_audience,
                "scope": [scope["value"] for scope in management["scopes"]],
            }
        )

    def _add_applications(self, applications: Applications) -> None:
        for client_id, name in applications.items():
            if self.clients.find(client_id) is None:
                self.clients.add({"client_id": client_id, "name": name, "app_type": "non_interactive"})

    def _move(self, old: str) -> None:
        """Give what derives from the old domain its new name."""
        self.resource_servers.move(old, self.domain)
        self.client_grants.move(old, self.domain)
