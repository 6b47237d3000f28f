"""Transfers ordered for a later day: ordering, cancelling, and what the start of that day does."""

from dataclasses import replace
from datetime import date

from chalicelib.modules.deposits import events, postings, repository
from chalicelib.modules.deposits.domain.account import AccountState
from chalicelib.modules.deposits.domain.scheduled import (
    ScheduledState,
    ScheduledTransfer,
    cancelled,
    check_ahead,
)
from chalicelib.modules.deposits.errors import AccountClosed, CurrencyMismatch, SameAccount
from chalicelib.modules.deposits.service.money import Instruction, code_for
from chalicelib.modules.deposits.tables import SCHEDULED, SCHEDULED_FROM, ScheduledFrom
from chalicelib.modules.parties import public as parties
from chalicelib.platform import clock
from chalicelib.platform.closing import dues
from chalicelib.platform.closing.dues import Due
from chalicelib.platform.events import emit
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.notifications import Recipient
from chalicelib.platform.notifications.compose import notify
from chalicelib.platform.posting import service as posting
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork

APPLICATION, KIND = "deposits", "scheduled_transfer"
FAILED_NOTICE = "scheduled_transfer_failed"


def schedule(work: UnitOfWork, asked: Instruction, to_account: str, execute_on: date) -> ScheduledTransfer:
    """Order a transfer for the start of a later day; funds are looked at then, and it is tried once.

    Raises what an order cannot be right with: SameAccount, CurrencyMismatch, AccountClosed, TransferTooFarAhead.
    """
    payer = repository.account(work, asked.account_id, "from_account")
    if asked.account_id == to_account:
        raise SameAccount("to_account")
    payee = repository.account(work, to_account, "to_account")
    for account, field in ((payer, "from_account"), (payee, "to_account")):
        if account.currency != asked.money.currency:
            raise CurrencyMismatch("amount.currency", currency=account.currency)
        if account.state is AccountState.CLOSED:
            raise AccountClosed(field)
    check_ahead(execute_on, business_date(work, payer.branch))
    code, _ = code_for(work, asked, payer, "transfer_out", {"transfer_out"})
    identifier = new_id("sch")
    due = dues.prepare(
        work,
        APPLICATION,
        KIND,
        payer.branch,
        execute_on,
        key=(identifier,),
        payload={"transfer_id": identifier},
        most_tries=1,
    )
    work.put(SCHEDULED_FROM, ScheduledFrom(payer.id, identifier))
    return work.put(
        SCHEDULED,
        ScheduledTransfer(
            id=identifier,
            from_account=payer.id,
            to_account=payee.id,
            minor=asked.money.minor,
            currency=asked.money.currency,
            narrative=asked.narrative,
            code=code,
            execute_on=execute_on,
            ordered_by=work.context.actor.id,
            made_at=clock.now(),
            due_id=due.id,
        ),
    )


def cancel(work: UnitOfWork, transfer_id: str) -> ScheduledTransfer:
    """Take an order back before its day. Raises UnknownScheduledTransfer, TransferNotScheduled."""
    order = cancelled(repository.scheduled(work, transfer_id), work.context.actor.id)
    dues.cancel(work, order.due_id)
    return work.put(SCHEDULED, order)


def carry_out(work: UnitOfWork, due: Due) -> None:
    """Move the money at the start of the day; whatever the accounts refuse, the order fails with."""
    order = work.get(SCHEDULED, id=due.payload["transfer_id"])
    payer = repository.account(work, order.from_account, "from_account")
    payee = repository.account(work, order.to_account, "to_account")
    entry = posting.draft(
        work,
        order.code,
        payer.branch,
        postings.transferred(payer, payee, order.money),
        order.narrative,
        source_ref=order.id,
        derived_from=(work.tenant, "due", due.id),
    )
    posted = posting.post(work, entry)
    work.put(SCHEDULED, replace(order, state=ScheduledState.EXECUTED, entry_id=posted.entry.id))


def give_up(work: UnitOfWork, due: Due) -> None:
    """Note on the order why it failed, and tell the holder of the account."""
    order = work.get(SCHEDULED, id=due.payload["transfer_id"])
    payer = repository.account(work, order.from_account)
    work.put(SCHEDULED, replace(order, state=ScheduledState.FAILED, problem=due.problem))
    told = {"transfer_id": order.id, "account_id": payer.id, "problem": due.problem, **order.money.to_api()}
    emit(work, events.TRANSFER_FAILED, told, derived_from=(due.id,))
    holder = parties.party(work, payer.party_id)
    notify(
        work,
        FAILED_NOTICE,
        Recipient(holder.id, holder.language, holder.email, holder.mobile),
        {
            "amount": order.money,
            "account": payer.number,
            "date": order.execute_on,
            "narrative": order.narrative,
        },
        identifier=f"ntf_{due.id.partition('_')[2]}",
    )
