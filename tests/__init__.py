"""The test pyramid: unit, golden, architecture, functional, integration, e2e; and bench, which measures."""
