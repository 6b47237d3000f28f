"""The bank's own menu leads to what the routes serve, and has words."""

import pytest

from chalicelib.platform import menu, texts
from chalicelib.platform.http.routes import all_operations
from chalicelib.platform.menu import MENU, Node


def nodes(tree: tuple[Node, ...] = MENU) -> list[Node]:
    return [found for node in tree for found in (node, *nodes(node.children))]


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_place_has_a_label(language: str) -> None:
    assert not [node.code for node in nodes() if f"menu.{node.code}" not in texts.catalogue(language)]


def test_every_place_asks_for_a_permission_that_exists() -> None:
    served = {operation.permission for operation in all_operations()}
    decided = {"platform.decide_approvals"}  # who may decide stands in the approval rules
    assert not sorted(set(menu.permissions_of()) - served - decided)


def test_codes_and_paths_are_unique_and_groups_lead_nowhere() -> None:
    codes, paths = [node.code for node in nodes()], [node.path for node in nodes() if node.path]
    assert len(set(codes)) == len(codes)
    assert len(set(paths)) == len(paths)
    assert all(bool(node.path) != bool(node.children) for node in nodes())
