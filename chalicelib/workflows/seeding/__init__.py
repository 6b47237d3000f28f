"""Seeding (datos de demostración y de carga): fills an empty cooperative with believable members, accounts and history.

Nothing is made up but what people do: members are registered, accounts opened, money moved and days closed by the
bank's own operations and its own end of day, in memory and with the clock set back; what they stored is then written at
once. So every balance has its movements, its journal and its ledger sheets, and every close was proven as it happened.
The same command gives the same bank.
"""
