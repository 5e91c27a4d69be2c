"""Our own format: nothing changes but the way it is written."""

from __future__ import annotations

import json

from microcred.credential import Credential
from microcred.exporters.source import Options, Source, Step

__all__ = ["as_json", "as_yaml"]


def as_yaml(credential: Credential, options: Options) -> tuple[str, tuple[Step, ...]]:  # noqa: ARG001 - every writer is called alike
    """Return the description in YAML, in which dates and numbers in quotes stay texts."""
    import yaml

    class _Dumper(yaml.SafeDumper):
        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - lists stand to the right of their name
            return super().increase_indent(flow, False)

    text = yaml.dump(
        _whole(credential),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=100,
    )
    return text, _kept(credential)


def as_json(credential: Credential, options: Options) -> tuple[str, tuple[Step, ...]]:  # noqa: ARG001 - as above
    """Return the description in JSON."""
    text = json.dumps(_whole(credential), ensure_ascii=False, indent=2) + "\n"
    return text, _kept(credential)


def _whole(credential: Credential) -> dict[str, object]:
    stated = {"microcred": 1, "kind": credential.kind}
    return stated | {key: value for key, value in credential.data.items() if key not in stated}


def _kept(credential: Credential) -> tuple[Step, ...]:
    source = Source(credential)
    source.keep("", "the same field")
    return source.steps()
