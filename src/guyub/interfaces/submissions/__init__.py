"""Forms that are filled in online or on a phone, and the deeds that their answers become.

Each form is said once: its questions, what is wrong with an answer, what the answers do, and how a
phone shows them until the server knows of them. `guyub.core.submissions` finds a form by its name
and version.
"""
