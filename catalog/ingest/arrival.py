"""A delivery as it arrives: its bytes, who sends it, and how it is meant."""

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from catalog.model.reading.delivery import NOTHING_TOLD, Told
from catalog.model.shapes import REFERENCE
from catalog.model.source import Source


class OnError(StrEnum):
    """What is done with the rest where something of a delivery cannot be taken."""

    REJECT_ALL = "REJECT_ALL"
    REJECT_FAILED = "REJECT_FAILED"


@dataclass(frozen=True, slots=True)
class Arrival:
    """`source` is who sends it where the file itself does not say; `format` None lets the content tell.

    `is_part`: it is only a part of what its source states, so that what it leaves out stays as it is.
    """

    name: str
    data: bytes
    source: Source | None = None
    format: str | None = None
    told: Told = NOTHING_TOLD
    feed: str | None = None
    is_part: bool = False

    @property
    def meant(self) -> Told:
        """What its plain values mean: as it was told, else as the source declares."""
        told, source = self.told, self.source
        if source is None:
            return replace(told, name=self.name)
        provider = told.provider or (source.owner if source.owner and REFERENCE.fullmatch(source.owner) else None)
        return replace(
            told,
            name=self.name,
            provider=provider,
            language=source.language,
            time_zone=told.time_zone or source.default_time_zone,
        )

    def to_json(self) -> dict[str, Any]:
        """All but the bytes, so that it can be read again."""
        source = self.source.model_dump(mode="json", by_alias=True, exclude_none=True) if self.source else None
        return {"source": source, "format": self.format, "told": asdict(self.told), "isPart": self.is_part}


def arrival_of(value: dict[str, Any], name: str, data: bytes, feed: str | None = None) -> Arrival:
    """What `to_json` wrote."""
    source = Source.model_validate(value["source"], strict=False) if value.get("source") else None
    return Arrival(name, data, source, value.get("format"), Told(**value["told"]), feed, value.get("isPart", False))


@dataclass(frozen=True, slots=True)
class Handling:
    """How a delivery is handled. `released`: a person has looked at what was held, and lets it through.

    Listings at an address in `avoided` are left aside: a community governs them, and their source may not speak of them.
    """

    dry_run: bool = False
    may_break: bool = False
    on_error: OnError = OnError.REJECT_ALL
    released: bool = False
    most_bytes: int = 64_000_000
    avoided: frozenset[str] = frozenset()
