"""What is measured beside a peer or a raw limit; nothing here is a test."""
