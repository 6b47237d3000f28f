"""Onboarding (vinculación de una cooperativa): from a manifest to a bank that works, as often as the manifest changes.

A manifest is a folder: ``manifest.yaml`` says who the cooperative is and who works there; every other file holds
parameter sets of one kind. A country pack gives the sets that its cooperatives share; a set of the cooperative takes
the place of the pack's set with the same kind, code and scope.
"""
