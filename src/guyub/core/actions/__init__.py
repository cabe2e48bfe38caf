"""The deeds that belong to no step: communities, accounts and roles, and taking a deed back."""
