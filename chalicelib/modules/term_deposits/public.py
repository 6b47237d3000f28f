"""What term deposits declare to the platform and offer to other modules."""

from chalicelib.modules.term_deposits.service import products, simulation

__all__ = ["published", "simulate"]

published = products.published
simulate = simulation.simulate
