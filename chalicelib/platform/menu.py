"""The menu: what somebody may open, by permission and by the modules their cooperative has (GEN-11, GEN-39).

A cooperative without a menu of its own (``administration.menu``) has the one below. Labels are texts ``menu.<code>``.
"""

from collections.abc import Iterator
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.names import name_in
from chalicelib.platform import today, wording
from chalicelib.platform.schemas.access import MenuEntry
from chalicelib.platform.work import UnitOfWork

MENU_KIND = "administration.menu"


@dataclass(frozen=True, slots=True)
class Node:
    """A place of the console, or a group of places. One of ``permissions`` is enough to open it."""

    code: str
    path: str = ""
    permissions: tuple[str, ...] = ()
    icon: str = ""
    children: tuple["Node", ...] = ()


MENU = (
    Node("home", "/", icon="home"),
    Node(
        "members",
        icon="users",
        children=(
            Node("members.search", "/parties", ("parties.read",)),
            Node("members.register", "/parties/new", ("parties.register",)),
        ),
    ),
    Node(
        "deposits",
        icon="wallet",
        children=(
            Node("deposits.accounts", "/deposits/accounts", ("deposits.read_account",)),
            Node("deposits.open", "/deposits/open", ("deposits.open_account",)),
            Node("deposits.deposit", "/deposits/deposit", ("deposits.post_deposit",)),
            Node("deposits.withdraw", "/deposits/withdraw", ("deposits.post_withdrawal",)),
            Node("deposits.transfer", "/deposits/transfer", ("deposits.post_transfer",)),
        ),
    ),
    Node(
        "term_deposits",
        icon="calendar",
        children=(Node("term_deposits.simulate", "/term-deposits/simulate", ("term_deposits.simulate",)),),
    ),
    Node(
        "loans",
        icon="loan",
        children=(Node("loans.simulate", "/loans/simulate", ("loans.simulate",)),),
    ),
    Node(
        "accounting",
        icon="book",
        children=(
            Node("accounting.trial_balance", "/accounting/trial-balance", ("accounting.read_ledger",)),
            Node("accounting.accounts", "/accounting/accounts", ("accounting.read_ledger",)),
            Node("accounting.vouchers", "/accounting/vouchers", ("accounting.read_ledger",)),
            Node("accounting.exceptions", "/accounting/exceptions", ("accounting.read_exceptions",)),
        ),
    ),
    Node(
        "operations",
        icon="clock",
        children=(
            Node("operations.closing", "/closing", ("platform.read_closing",)),
            Node(
                "operations.approvals",
                "/approvals",
                ("platform.decide_approvals", "platform.approve_parameters"),
            ),
            Node("operations.reports", "/reports", ("platform.run_reports",)),
            Node("operations.rates", "/exchange-rates", ("platform.set_exchange_rates",)),
        ),
    ),
    Node(
        "administration",
        icon="settings",
        children=(
            Node("administration.parameters", "/parameters", ("platform.read_parameters",)),
            Node("administration.users", "/users", ("administration.read_users",)),
            Node("administration.roles", "/roles", ("administration.read_users",)),
            Node("administration.texts", "/texts", ("platform.manage_texts",)),
            Node("administration.audit", "/audit", ("platform.read_audit",)),
        ),
    ),
)


def menu_of(work: UnitOfWork) -> list[MenuEntry]:
    """The caller's menu in their language: only what they may open, and no empty group."""
    own = dict(work.config.all(MENU_KIND, today.calendar_day(work)))
    return list(_own(work, own, None) if own else _entries(work, MENU))


def permissions_of(nodes: tuple[Node, ...] = MENU) -> Iterator[str]:
    """Every permission that the bank's own menu asks for."""
    for node in nodes:
        yield from node.permissions
        yield from permissions_of(node.children)


def _entries(work: UnitOfWork, nodes: tuple[Node, ...]) -> Iterator[MenuEntry]:
    for node in nodes:
        children = list(_entries(work, node.children))
        if not children and (node.children or not _open(work, node.permissions)):
            continue
        yield MenuEntry(
            code=node.code,
            label=wording.say(work, f"menu.{node.code}"),
            path=node.path or None,
            icon=node.icon,
            children=children,
        )


def _own(work: UnitOfWork, nodes: dict[str, Any], parent: str | None) -> Iterator[MenuEntry]:
    level = [(node.order, code, node) for code, node in nodes.items() if node.parent == parent]
    for _, code, node in sorted(level, key=lambda row: row[:2]):
        children = list(_own(work, nodes, code))
        permitted = _open(work, (node.permission,) if node.permission else ())
        if not permitted or (node.node_kind == "group" and not children):
            continue
        yield MenuEntry(
            code=code,
            label=name_in(node.names, work.context.language),
            path=node.path or None,
            icon=node.icon,
            shortcut=node.shortcut,
            external=node.node_kind == "external_url",
            children=children,
        )


def _open(work: UnitOfWork, permissions: tuple[str, ...]) -> bool:
    if not permissions:
        return True
    actor, modules = work.context.actor, ("platform", *work.context.tenant.modules)
    return any(_module(name) in modules and actor.may(name) for name in permissions)


def _module(permission: str) -> str:
    return permission.partition(".")[0]
