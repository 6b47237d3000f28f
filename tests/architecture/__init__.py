"""Rules of the code's shape, checked on the source itself."""
