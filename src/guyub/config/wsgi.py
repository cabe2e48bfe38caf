"""What the server calls."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from guyub.config.environment import flag

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guyub.config.settings")

application = get_wsgi_application()

# Set by `guyub serve`, each of whose processes loads this for itself. A server that loads it once
# and forks afterwards would lose the thread: there, `guyub manage run_jobs` runs the jobs.
if flag("GUYUB_SERVER_RUNS_JOBS"):
    from guyub.core.job_runner import run_beside_the_server

    run_beside_the_server()
