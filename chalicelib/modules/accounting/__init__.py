"""Accounting: the general ledger (contabilidad).

It owns the chart of accounts (plan de cuentas), the map from roles to accounts (mapa de funciones contables), vouchers
(comprobantes) and their concepts, daily balances per branch (saldos diarios), the trial balance (balance de
comprobación) and posting exceptions (excepciones contables). Modules post by role; the ledger is derived from their
journal and never written by hand but through a voucher.

Terms: account, class, level, normal side (naturaleza), memorandum account (cuenta de orden), suspense account (cuenta
suspenso), inter-branch account (sucursales y agencias), role, voucher, concept, fiscal year end; entry template
(procedimiento contable predefinido), recurring entry (asiento recurrente), balance transfer (traslado de saldos),
centralisation (centralización), daily result (resultado diario), management note (nota de gerencia), branch balancing
(cuadre de oficinas), correlation (correlación de cuentas).
"""

DECLARES = {
    "kinds": ("plans",),
    "rules": ("declarations",),
    "routes": ("routes",),
    "reports": (
        "reports.declared",
        "reports.declared_books",
    ),
    "closing": ("end_of_day",),
    "ledger": ("declarations",),
    "sources": ("declarations",),
}
