"""Settings, addresses and the server's entry: the floor on which everything is put together."""
