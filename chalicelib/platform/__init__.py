"""What every module of the bank shares: the AWS edges, tenancy, security, parameters, posting and closing."""
