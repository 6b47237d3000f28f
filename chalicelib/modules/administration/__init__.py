"""Administration: what every module shares and none of them owns (aplicación de sistemas cruzados).

It owns the institution's own data, branches (oficinas), calendars and holidays (calendarios, feriados), cycles
(ciclos), staff users and their roles (perfiles de usuario), function grants (autorización a funciones), code tables
(tablas de códigos), user-defined fields (campos de usuario), the menu (menú) and the dated figures that a regulator
publishes (cifras del regulador: taxes, maximum rates, insured amounts). The platform enforces what is declared here.

Terms: branch, head office (oficina principal), business date (fecha de proceso), calendar, cycle, role, permission,
confidentiality level (nivel de acceso), code table, user field, regulatory figure.
"""

DECLARES = {
    "kinds": ("plans",),
    "rules": ("declarations",),
    "routes": ("routes",),
    "branches": ("declarations",),
    "followers": ("declarations",),
}
