"""The pages: thin faces of the two doors, in English and Indonesian, on phone and laptop."""
