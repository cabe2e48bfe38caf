"""What field workers ask day by day: whom to meet, whom to survey, how far somebody has come."""
