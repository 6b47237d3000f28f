"""Who may come in and what they may do: passwords, tokens, sessions, permissions and branch scope."""
