"""How news and habits spread along ties, and simulations of it."""
