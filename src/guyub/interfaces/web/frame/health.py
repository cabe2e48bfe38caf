"""Whether this installation works, for a load balancer and for the owner's own eye."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guyub.core.checks import database_library_is_safe


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say in plain words what holds; 503 unless all of it does."""
    findings = {
        "database answers": _answers(),
        "database library is safe": not database_library_is_safe(None),
    }
    findings["migrations are applied"] = findings["database answers"] and _migrated()
    lines = [f"{finding}: {'yes' if holds else 'NO'}" for finding, holds in findings.items()]
    return HttpResponse(
        "\n".join(lines) + "\n",
        content_type="text/plain; charset=utf-8",
        status=200 if all(findings.values()) else 503,
    )


def _answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False


def _migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
