"""Code that the resource classes of this package share in the user's program."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Mapping
from typing import Any, ClassVar, Self, get_args

import pulumi
from pulumi.runtime.mocks import MockMonitor
from pulumi.runtime.settings import get_monitor

from auth0_api_vocabulary.kinds import CLASS_PREFIX
from pulumi_auth0_apis._declared import declare
from pulumi_auth0_apis._dynamic import PROVIDER_KEY
from pulumi_auth0_apis._lifecycle import ObjectProvider
from pulumi_auth0_apis._provider import reference
from pulumi_auth0_apis.errors import SettingsError


class Auth0Resource(pulumi.CustomResource):
    """A dynamic resource whose provider is installed with this package.

    It goes past `pulumi.dynamic.Resource`, which would pickle the same provider anew for every resource: what
    it would register is known beforehand (see `reference`).
    """

    _kind: ClassVar[ObjectProvider]
    _token: ClassVar[str]
    _secret_outputs: ClassVar[list[str]]
    _settings: ClassVar[list[str]]
    _options: ClassVar[list[str]]
    _blank: ClassVar[dict[str, Any]]

    def __init_subclass__(cls, provider: ObjectProvider | None = None, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if provider is None:
            return  # a user's own class, which is the same resource to the engine
        cls._kind = provider
        cls._settings = [setting.name for setting in provider.settings]
        cls._options = [option.name for option in provider.options]
        cls._token = f"{CLASS_PREFIX}{cls.__name__}"
        cls._secret_outputs = [setting.name for setting in provider.settings if setting.secret]
        cls._blank = dict.fromkeys((*cls._settings, *provider.computed))
        cls._blank[PROVIDER_KEY] = reference(cls.__module__.rpartition(".")[2])
        # The SDK works through the types of the outputs for every resource, and needs them for whole numbers
        # alone, which it gets as floats. Type checkers read the source.
        outputs = inspect.get_annotations(cls, eval_str=True)
        cls.__annotations__ = {name: output for name, output in outputs.items() if _is_whole_number(output)}

    def _register(
        self, resource_name: str, inputs: Mapping[str, Any], opts: pulumi.ResourceOptions | None
    ) -> None:
        """Register the resource. No constructor itself: the SDK counts three to find the user's own line."""
        props = {**self._blank, **inputs}
        opts = copy.copy(opts) if opts else pulumi.ResourceOptions()
        if opts.id is None:
            declare(self._kind, f'{type(self).__name__} "{resource_name}"', inputs, opts)
        imported, opts.import_ = opts.import_, None
        if imported is not None:
            # The engine cannot import a dynamic resource: it asks for one without saying which provider.
            props["adopt"] = imported
        if self._secret_outputs:
            opts.additional_secret_outputs = [*(opts.additional_secret_outputs or ()), *self._secret_outputs]
        super().__init__(self._token, resource_name, props, opts)
        if imported is not None and not isinstance(get_monitor(), MockMonitor):  # which makes up its ids
            self._refuse_another_id(resource_name, imported)

    def _refuse_another_id(self, resource_name: str, imported: pulumi.Input[str]) -> None:
        """`import_` of another object than the one that the resource manages by now asks for two things."""

        def compare(known: list[Any]) -> None:
            wanted, *names = known
            if wanted not in names:
                raise SettingsError(
                    f'{type(self).__name__} "{resource_name}"',
                    [
                        (
                            "import_",
                            f"names {wanted}, but the resource manages {names[0]} already. Take import_ out; "
                            "to manage the other object, give it a resource of its own",
                        )
                    ],
                )

        outputs = [getattr(self, name) for name in self._kind.names if name != "id"]
        pulumi.Output.all(imported, self.id, *outputs).apply(compare)

    @classmethod
    def _given(cls, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The inputs among the arguments of a constructor, whose parameters are named as the settings are.

        An option that is not taken stays out of the state.
        """
        inputs = {name: arguments[name] for name in cls._settings}
        return inputs | {name: arguments[name] for name in cls._options if arguments[name]}

    @classmethod
    def get(
        cls,
        resource_name: str,
        id: pulumi.Input[str],  # noqa: A002 - Pulumi's word
        opts: pulumi.ResourceOptions | None = None,
    ) -> Self:
        """Look up an object that something else owns. It is read in every preview, and never changed.

        Raises NotFoundError in the deployment where the tenant has no such object.
        """
        found = cls.__new__(cls)
        by_id = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        cls._register(found, resource_name, {}, by_id)
        return found


def _is_whole_number(output: Any) -> bool:
    """Whether an annotation is `Output[int]` or `Output[int | None]`."""
    return any(part is int or int in get_args(part) for part in get_args(output))
