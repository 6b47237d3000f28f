"""The stacks of one installation, in the order they are deployed."""
