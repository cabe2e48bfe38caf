"""What is measured beside a peer or a raw limit; nothing here is a test."""

import os

# So that `python -m bench.NAME` works as it stands.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guyub.config.settings")
