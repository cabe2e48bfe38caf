"""What a phone that worked without a network says to the server, and hears from it.

The page that both sides build on is docs/reference/sync.md. Here it is read and written; what it
means is decided behind the doors (guyub.core.push_inbox, guyub.core.phones).
"""
