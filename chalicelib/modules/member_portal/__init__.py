"""Member portal: what members do for themselves (portal en línea del socio).

A thin front: all figures come from the modules that own them, each checked against the member who signed in.

Terms: consolidated position (posición consolidada), statement (estado de cuenta), cut-off date (fecha de corte).
"""

DECLARES = {
    "kinds": ("plans",),
    "routes": ("routes",),
}
