"""What the member portal offers to other modules: nothing, it stands above them all."""
