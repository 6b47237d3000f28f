"""What loans declare to the platform and offer to other modules."""

from chalicelib.modules.loans import reports
from chalicelib.modules.loans.service import simulation
from chalicelib.modules.loans.service.simulation import Simulation
from chalicelib.platform.reports import register_report

__all__ = ["Simulation", "simulate"]

simulate = simulation.simulate

for report in reports.REPORTS:
    register_report(report)
