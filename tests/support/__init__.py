"""What functional tests stand on: a simulated cloud with a small bank in it, and a client of its API."""
