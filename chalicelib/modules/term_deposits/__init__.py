"""Term deposits: money placed for a fixed term (depósitos a plazo fijo, certificados de depósito a término).

It owns the products (planes) with their rate tables (tarifarios), and the quotation (simulación) that members, staff
and visitors ask for: interest, tax withheld (retención), maturity (vencimiento), and what an early cancellation costs
(multa por cancelación anticipada). Deposits are opened with money of a demand account, which receives what they pay:
each payment is agreed at the opening, prepared by the close of its eve and carried out when its day opens.

Terms: in arrears and in advance (modalidad vencida y anticipada), capitalised (capitalizado), open period (período
abierto), nominal and effective rate (tasa nominal y efectiva), bonus rate (bonificación), grace (período de gracia).
"""

DECLARES = {
    "kinds": ("plans",),
    "routes": ("routes",),
    "closing": ("end_of_day",),
    "accounts:tdp": ("declarations",),
    "products": ("declarations",),
    "sources": ("declarations",),
}
