"""Whom to begin with: choosing those from whom most are reached, and proving how good it is."""
