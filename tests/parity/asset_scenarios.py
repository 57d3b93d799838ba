"""Files as property values: of components and of the stack, since no dynamic resource takes them."""

from __future__ import annotations

from collections.abc import Sequence

from .scenarios import Phase, destroy, preview, up

ASSETS = """
from pathlib import Path
from pulumi import AssetArchive, FileArchive, FileAsset, StringAsset
Path("site/css").mkdir(parents=True, exist_ok=True)
Path("site/css/a.css").write_text("red")
Path("site/index.html").write_text("hello world")
Path("site.zip").write_text("any bytes")

class Holder(pulumi.ComponentResource):
    def __init__(self, name, **props):
        super().__init__("things:index:Holder", name, props)
        self.register_outputs(props)

def every(text):
    archive = FileArchive("site")
    return {
        "text": StringAsset(text),
        "empty": StringAsset(""),
        "file": FileAsset("site/index.html"),
        "folder": archive,
        "zip": FileArchive("site.zip"),
        "parts": AssetArchive({"b": archive, "a": StringAsset(text)}),
        "none": AssetArchive({}),
    }
"""

PACK = """
from pulumi_policy import *

def seen(args, report):
    for each in args.resources:
        for key, value in sorted(each.props.items()):
            report(f"{key}: {type(value).__name__} {getattr(value, 'text', getattr(value, 'path', ''))}")

PolicyPack("pack", [StackValidationPolicy("seen", "Seen.", seen, EnforcementLevel.ADVISORY)])
"""

ASSET_SCENARIOS: dict[str, Sequence[Phase]] = {
    "of a component": [
        preview(f'{ASSETS}Holder("h", **every("x"))'),
        up(f'{ASSETS}Holder("h", **every("x"))'),
        up(f'{ASSETS}Holder("h", **every("y"))'),
        destroy(),
    ],
    "that policies see": [
        up(f'{ASSETS}Holder("h", **every("x"))', policies=PACK),
    ],
    "of the stack": [
        up(f'{ASSETS}pulumi.export("all", every("x"))\npulumi.export("s", pulumi.Output.secret(every("x")))')
    ],
}
