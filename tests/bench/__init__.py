"""Measures the bank: ratios taken in one run, with the raw numbers, into build/bench.json."""
