"""What the member portal takes and answers, by what it is about."""
