"""Who is tied to whom, and how a community holds together."""
