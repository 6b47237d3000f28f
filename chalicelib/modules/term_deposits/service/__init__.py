"""What term deposits do, one function per verb."""
