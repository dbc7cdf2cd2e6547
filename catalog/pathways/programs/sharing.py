"""What counts where: a holding counts in one part only, and is given to the part that needs it (augmenting paths)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Options = Mapping[str, tuple[str, ...]]
"""The items of a part that are met, each with the holdings that meet it."""


@dataclass
class Sharing:
    """`owner` says for which part and item a holding counts."""

    options: Sequence[Options]
    owner: dict[str, tuple[int, str]] = field(default_factory=dict)

    def fill(self, place: int, most: int) -> None:
        """Lets up to `most` items count in a part; others keep as many as they have, if by way of another holding."""
        while len(self.items(place)) < most:
            taken, tried = set(self.items(place)), set[object]()
            # what one item has found to lead nowhere leads nowhere for the next one either
            if not any(self._give(place, item, tried) for item in self.options[place] if item not in taken):
                return

    def items(self, place: int) -> list[str]:
        taken = {item for where, item in self.owner.values() if where == place}
        return [item for item in self.options[place] if item in taken]

    def _give(self, place: int, item: str, tried: set[object]) -> bool:
        """`tried` holds what this attempt has looked at: holdings, and items that it is placing."""
        if (place, item) in tried:
            return False
        tried.add((place, item))
        for token in self.options[place][item]:
            if token in tried:
                continue
            tried.add(token)
            if token not in self.owner or self._moves(*self.owner[token], tried):
                self.owner[token] = (place, item)
                return True
        return False

    def _moves(self, place: int, item: str, tried: set[object]) -> bool:
        """Whether a part can let a holding go: its item has another one, or another item can take its place."""
        if self._give(place, item, tried):
            return True
        if ("all", place) in tried:
            return False
        tried.add(("all", place))
        taken = set(self.items(place))
        return any(self._give(place, other, tried) for other in self.options[place] if other not in taken)
