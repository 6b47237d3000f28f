"""What the routes of accounting take and answer. Balances are debit positive and credit negative everywhere."""
