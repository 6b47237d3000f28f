"""Parties: every person the cooperative knows, natural or legal (sistema de información de clientes y socios).

It owns the register of parties (personas), their identity documents (documentos de identidad), names, addresses
(direcciones), relations (relaciones) and party types (tipos de cliente). Every other module reads parties here and
keeps no copy of a name or an address.

Terms: party, natural or legal person (persona natural o jurídica), party type, document rule, short name (nombre
corto), embossing name (nombre de realce), reciprocal relationship, onboarding form (formulario de vinculación).
"""

DECLARES = {
    "kinds": ("plans",),
    "routes": ("routes",),
    "reports": ("reports",),
    "customers": ("declarations",),
    "sources": ("declarations",),
}
