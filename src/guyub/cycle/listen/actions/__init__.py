"""The deeds of Listen; each module is found by itself when the program starts."""
