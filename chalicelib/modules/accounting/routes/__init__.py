"""The routes of accounting, by what they are about. Importing the package declares all of them."""

from chalicelib.modules.accounting.routes import chart, control, ledger, vouchers

__all__ = ["chart", "control", "ledger", "vouchers"]
