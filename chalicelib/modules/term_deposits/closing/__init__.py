"""The part of term deposits in the end of day."""
