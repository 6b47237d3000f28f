"""The local cloud: an AWS-compatible server without Docker, the same templates on it, and one port in front."""
