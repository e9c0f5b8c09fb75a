"""The console's navigation: what there is, for whom."""

from __future__ import annotations

from dataclasses import dataclass

from bot.storage.staff_side.staff import ROLES, Member


@dataclass(frozen=True)
class Item:
    """A page in the navigation.

    Attributes:
        role: The lowest role that sees it.
    """

    title: str
    path: str
    role: str = "tester"

    def is_current(self, path: str) -> bool:
        """Whether `path` is this page or one below it."""
        return path == self.path or (self.path != "/" and path.startswith(f"{self.path}/"))


@dataclass(frozen=True)
class Group:
    """Pages that belong together."""

    title: str
    items: tuple[Item, ...]


GROUPS = (
    Group(
        "Work",
        (
            Item("Today", "/"),
            Item("Try it", "/try"),
            Item("Review", "/review"),
            Item("Safety queue", "/safety", "editor"),
            Item("Guest links", "/links", "editor"),
        ),
    ),
    Group(
        "Improve",
        (
            Item("Gaps", "/gaps", "editor"),
            Item("Measures", "/measures"),
            Item("Content", "/content", "editor"),
            Item("Changes", "/changes", "editor"),
            Item("Tests", "/tests"),
            Item("Models", "/models", "editor"),
        ),
    ),
    Group("Run it", (Item("Staff", "/staff", "admin"), Item("Audit trail", "/audit", "admin"))),
)


def groups_for(member: Member | None) -> list[Group]:
    """What a member of staff may open; nothing before the login."""
    if member is None:
        return []
    rank = ROLES.index(member.role)
    shown = (Group(g.title, tuple(i for i in g.items if ROLES.index(i.role) <= rank)) for g in GROUPS)
    return [group for group in shown if group.items]
