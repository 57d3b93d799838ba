"""A tenant without its objects: what its tables stand on."""

from __future__ import annotations

from datetime import UTC, datetime

from pulumi_auth0_apis.emulator.clock import Clock
from pulumi_auth0_apis.emulator.models.store import Store, Table
from pulumi_auth0_apis.emulator.plans import SubscriptionPlan
from pulumi_auth0_apis.emulator.schemas.further import FurtherProperties, refuse_unfit


class TenantBase:
    """The domain, the clock, the plan and the store of a tenant.

    A table takes this and the tables that it looks into. One that others look into knows none of them: it
    tells whoever asked for it (`when_gone`, `when_made`).
    """

    def __init__(
        self,
        domain: str,
        *,
        clock: Clock,
        plan: SubscriptionPlan,
        store: Store,
        cascade_delay: float,
        additional_properties: FurtherProperties,
    ) -> None:
        refuse_unfit(additional_properties)
        self.domain = domain
        self.name = "sandbox"
        self.clock = clock
        self.plan = plan
        self.store = store
        self.cascade_delay = cascade_delay
        self.additional_properties = additional_properties
        self.updated_at: Table[str] = store.table("updated_at")
        """When each API, grant and application was last written, by its id: what searches may ask for."""

    @property
    def now(self) -> str:
        """Its time as Auth0 writes one: `2026-11-30T21:00:00.000Z`."""
        moment = datetime.fromtimestamp(self.clock(), UTC)
        return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    @property
    def issuer(self) -> str:
        """The `iss` of tokens: the domain with a slash."""
        return f"{self.domain}/"

    @property
    def management_audience(self) -> str:
        """The Management API's identifier."""
        return f"{self.domain}/api/v2/"

    @property
    def my_account_audience(self) -> str:
        """The identifier that makes Auth0's own My Account API when an API is created with it."""
        return f"{self.domain}/me/"
