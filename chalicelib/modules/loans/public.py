"""What loans offer to other modules."""

from chalicelib.modules.loans.service import simulation
from chalicelib.modules.loans.service.simulation import Simulation

__all__ = ["Simulation", "simulate"]

simulate = simulation.simulate
