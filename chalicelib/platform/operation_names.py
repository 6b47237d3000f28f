"""What people call an operation and the thing it was about, in the language of who asks.

Keys: ``operation.<module>.<name>`` for every operation and for what the bank itself puts on record,
``entity.<prefix>`` for what ids of that prefix name.
"""

from chalicelib.platform import wording
from chalicelib.platform.work import UnitOfWork

SECURITY = "security"
OF_VERSIONS, OF_TENANTS = "~", ":"


def operation_name(work: UnitOfWork, operation: str) -> str:
    """``deposits.open_account`` is "Abrir una cuenta"; the code itself where an operation no longer exists."""
    return wording.find(work, f"operation.{operation}") or operation


def entity_name(work: UnitOfWork, kind: str, entity: str) -> str:
    """What sort of thing an event was about: ``dep_01…`` is "Cuenta"; empty where its id does not tell.

    A version of a parameter set answers the name of its kind; an event of security, what was refused.
    """
    if kind == SECURITY:
        return wording.find(work, f"errors.{entity}.title") or ""
    if OF_VERSIONS in entity:
        return wording.find(work, f"kinds.{entity.partition(OF_VERSIONS)[0]}.label") or ""
    prefix = entity.partition(OF_TENANTS)[0].partition("_")[0]
    return wording.find(work, f"entity.{prefix}") or "" if prefix != entity else ""
