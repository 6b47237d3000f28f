"""The use cases of parties, by what they do."""
