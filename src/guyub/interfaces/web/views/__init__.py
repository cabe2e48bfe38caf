"""The pages of the shell. A view asks a door and shows the answer; it decides nothing."""
