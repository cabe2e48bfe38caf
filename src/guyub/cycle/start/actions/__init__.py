"""The deeds of Start; each module is found by itself when the program starts."""
