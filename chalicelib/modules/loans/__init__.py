"""Loans: what the cooperative lends (préstamos, créditos).

So far it owns the loan products (planes de préstamos), the amortisation plans (planes de amortización), the index
rates (tasas índice) and the life-insurance tables (tablas de seguro de desgravamen) that they use, and the simulation
of a loan (simulación, tabla presuntiva), which everybody may ask for: the kernel's schedule engine computes it, as it
will compute what is booked.

Terms: instalment (cuota), level, exceptional and graduated instalment (cuota nivelada, excepcional, gradiente), grace
(gracia), in arrears and in advance (vencido, anticipado), spread (puntos), total annual cost (costo total anual),
insurance slot (seguro), charge slot (gasto), disbursement (desembolso), residue (ajuste de centavos).
"""

DECLARES = {
    "kinds": ("plans",),
    "routes": ("routes",),
    "reports": ("reports",),
}
