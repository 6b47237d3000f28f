"""Deposits: accounts whose money can be withdrawn on demand (depósitos a la vista).

It owns savings and current accounts (cuentas de ahorros y corrientes), their balances, holds (bloqueos), overdrafts
(sobregiros), interest (intereses), service charges (cargos por servicio), movements and statements (extractos), and the
plans (planes) that say how each product behaves. It posts by role; accounting derives the ledger.

Terms: plan, ledger balance (saldo contable), float (canje), available balance (saldo disponible), accrual (causación),
interest code (código de interés), flat, tiered (escalonado) and banded (diferencial) interest, reference rate (tasa de
referencia), overdraft limit (cupo de sobregiro), ageing bucket (edad de sobregiro), accrual suspension (suspensión de
causación), withholding (retención), service charge, fee table (tabla de tarifas), hold, status, transaction code.
"""

DECLARES = {
    "kinds": ("plans",),
    "rules": ("declarations",),
    "routes": ("routes",),
    "reports": ("reports",),
    "closing": ("end_of_day",),
    "accounts:dep": ("declarations",),
    "products": ("declarations",),
    "sources": ("declarations",),
}
