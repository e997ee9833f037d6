"""Flows of whole units through a net, which can be led elsewhere without losing any."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

Node = tuple[str, ...]


class Net:
    """Arcs with room for so many units each."""

    def __init__(self) -> None:
        self._room: dict[Node, dict[Node, int]] = {}
        self._laid: dict[tuple[Node, Node], int] = {}

    def lay(self, start: Node, end: Node, room: int) -> None:
        """An arc, in one direction only; searches take arcs in the order in which they are laid."""
        self._room.setdefault(start, {})[end] = room
        self._room.setdefault(end, {}).setdefault(start, 0)
        self._laid[start, end] = room

    def flow(self, start: Node, end: Node) -> int:
        """How many units flow along an arc; none where there is no arc."""
        return self._laid[start, end] - self._room[start][end] if (start, end) in self._laid else 0

    def reached(self, start: Node, came: dict[Node, Node]) -> Iterator[Node]:
        """Each node that one more unit at `start` can get to, nearest first; `came` is filled with whence."""
        came[start] = start
        waiting = deque([start])
        while waiting:
            node = waiting.popleft()
            yield node
            for other, room in self._room.get(node, {}).items():
                if room > 0 and other not in came:
                    came[other] = node
                    waiting.append(other)

    def cheapest(
        self, start: Node, price: Callable[[Node], int | None], least: int
    ) -> tuple[Node, dict[Node, Node]] | None:
        """The node of least price that can be reached, the nearest of equals, and whence each was reached.

        None where nothing that has a price is reached. `least` is what no node undercuts.
        """
        best: tuple[int, Node] | None = None
        came: dict[Node, Node] = {}
        for node in self.reached(start, came):
            asked = price(node)
            if asked is not None and (best is None or asked < best[0]):
                best = asked, node
                if asked <= least:
                    break
        return None if best is None else (best[1], came)

    def push(self, end: Node, came: dict[Node, Node]) -> None:
        """Lead one unit to `end` along the way on which it was reached."""
        node = end
        while came[node] != node:
            self._room[came[node]][node] -= 1
            self._room[node][came[node]] += 1
            node = came[node]
