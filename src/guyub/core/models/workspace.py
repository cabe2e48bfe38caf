"""Workspace, community tree, accounts and the roles they hold."""

from __future__ import annotations

import os
import uuid
from collections.abc import Sequence
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guyub.core.identifiers import new_identifier
from guyub.core.models.stated import CurrentManager, Stated
from guyub.core.permissions import Role
from guyub.core.vocabulary import CommunityKind


class Workspace(models.Model):
    """One organisation's Guyub: its communities and its accounts."""

    id = models.UUIDField(primary_key=True, default=new_identifier, editable=False)
    name = models.CharField(max_length=200)
    founded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Community(Stated):
    """People who share a place or an interest; may hold smaller ones (desa > dusun > RT).

    The organisation itself is the root of the tree: a role held there counts everywhere.
    """

    id = models.UUIDField(primary_key=True, default=new_identifier, editable=False)
    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="communities")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="smaller"
    )
    # Identifiers from the root down to this community, each ended by a slash: everything below a
    # community begins with its path.
    path = models.CharField(max_length=400, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=CommunityKind)
    region_code = models.CharField(max_length=13, blank=True)
    time_zone = models.CharField(max_length=40, default="Asia/Jakarta")

    objects = models.Manager()
    current = CurrentManager()

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("communities")

    def __str__(self) -> str:
        return self.name

    @property
    def lineage(self) -> list[uuid.UUID]:
        """This community and those above it, from the root down."""
        return [uuid.UUID(part) for part in self.path.split("/") if part]

    @staticmethod
    def shared(paths: Sequence[str]) -> uuid.UUID:
        """The smallest community that holds all whose paths these are."""
        *_others, last = os.path.commonprefix([path.split("/")[:-1] for path in paths])
        return uuid.UUID(last)


class AccountManager(BaseUserManager["Account"]):
    """Finds an account by the name it logs in with, however it was typed."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=(username or "").lower())


class Account(AbstractBaseUser):
    """Somebody who logs in. What they may do follows from their roles alone."""

    id = models.UUIDField(primary_key=True, default=new_identifier, editable=False)
    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="accounts")
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=5, blank=True)
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    def __str__(self) -> str:
        return self.name


class Membership(Stated):
    """A role that an account holds on a community and all below it."""

    id = models.UUIDField(primary_key=True, default=new_identifier, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="memberships")
    community = models.ForeignKey(Community, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)

    objects = models.Manager()
    current = CurrentManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "community"],
                condition=Q(withdrawn_in=None),
                name="one_role_of_an_account_on_a_community",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.role}"
