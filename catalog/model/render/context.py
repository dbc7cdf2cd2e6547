"""What rendering needs to know besides the record itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from catalog.model.identity import part_id
from catalog.model.links import Targets, link_key
from catalog.model.shapes import Identifier
from catalog.model.vocabulary import RecordType


@dataclass(frozen=True, slots=True)
class Context:
    """The thing's identity, where its links lead, and the zones of the campuses around it."""

    id: str
    slug: str
    targets: Targets
    campus_zones: Mapping[str, str] = field(default_factory=dict)
    """Campus id to zone, of every campus linked to and of the provider's campuses."""
    default_zones: Mapping[str, str] = field(default_factory=dict)
    """Offering ref to the default zone of the source that states it."""
    provider_zone: str | None = None
    """The zone of the provider's only campus."""
    confirming: Mapping[str, str] = field(default_factory=dict)
    """Offering ref to the source whose confirmation speaks for it."""

    def target(self, target_type: RecordType, reference: str | Identifier | None) -> str | None:
        return None if reference is None else self.targets[link_key(target_type, reference)]

    def several(self, target_type: RecordType, references: Sequence[str | Identifier] | None) -> list[str]:
        return [self.targets[link_key(target_type, reference)] for reference in references or ()]

    def codes(self, target_type: RecordType, listed: Sequence[str] | None) -> list[str]:
        return self.several(target_type, [code.lower() for code in listed or ()])

    def campus(self, reference: str | Identifier | None) -> str | None:
        """The id of a campus written `institution#campus`."""
        if not isinstance(reference, str) or "#" not in reference:
            return None
        return part_id(self.targets[link_key(RecordType.INSTITUTION, reference)], "campus", reference.partition("#")[2])


def plain(value: Any) -> Any:
    """A shape as JSON values."""
    return None if value is None else value.__pydantic_serializer__.to_python(value, mode="json", by_alias=True)
