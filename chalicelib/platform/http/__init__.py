"""How a route is declared, executed, and described."""
