"""Keeps the graph in memory and follows the change log: every snapshot is answered from the graph of its own state."""

from threading import Lock

from sqlalchemy import Connection

from catalog.model.state import State
from catalog.model.vocabulary import RecordType
from catalog.pathways.graph.graph import Graph
from catalog.pathways.graph.reading import changed_since, load_courses, load_graph, load_groups, load_groups_of

MOST_KEPT = 3
"""Graphs of the newest states, which share nearly everything; a lagging replica may still ask for the last but one."""
MOST_CHANGES = 10_000
"""Beyond it all is read anew, which is then quicker."""


class GraphKeeper:
    """Shared by threads."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], Graph] = {}
        self._lock = Lock()

    def at(self, connection: Connection, state: State) -> Graph:
        """The graph of the snapshot's state. Takes as long as what has changed since the newest one before it."""
        with self._lock:
            graph = self._kept.get(state.content)
            if graph is None:
                graph = self._follow(connection, state) or load_graph(connection)
                self._keep(state.content, graph)
            return graph

    def _keep(self, content: tuple[str, int], graph: Graph) -> None:
        self._kept[content] = graph
        of_epoch = sorted((one for one in self._kept if one[0] == content[0]), key=lambda one: one[1])
        self._kept = {one: self._kept[one] for one in of_epoch[-MOST_KEPT:]}

    def _follow(self, connection: Connection, state: State) -> Graph | None:
        epoch, content_revision = state.content
        before = [revision for known, revision in self._kept if known == epoch and revision < content_revision]
        if not before:
            return None
        changed = changed_since(connection, max(before))
        if len(changed) > MOST_CHANGES:
            return None
        return follow(connection, self._kept[epoch, max(before)], changed)


def follow(connection: Connection, graph: Graph, changed: dict[str, str]) -> Graph:
    """Equivalences that name a changed credential are read too: whether anybody may know of them hangs on it."""
    credentials = [one for one, kind in changed.items() if kind == RecordType.CREDENTIAL]
    equivalences = [one for one in changed if one not in credentials]
    equivalences += [key for key, members in graph.groups.items() if not members.isdisjoint(credentials)]
    courses = load_courses(connection, credentials)
    groups = load_groups(connection, equivalences) | load_groups_of(connection, credentials)
    return graph.updated(
        {one: courses.get(one) for one in credentials},
        {one: groups.get(one) for one in dict.fromkeys([*equivalences, *groups])},
    )
