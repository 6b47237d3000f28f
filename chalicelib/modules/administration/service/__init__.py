"""The use cases of administration, by what they maintain."""
