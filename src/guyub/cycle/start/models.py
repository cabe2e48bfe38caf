"""Tables of Start: plans and what came of them, who may need a visit, what workers said to that."""

from __future__ import annotations

from django.db import models

from guyub.core.confidential import ConfidentialField
from guyub.core.models import CommunityModel
from guyub.cycle.start.vocabulary import Answer, PlanState


class StartingPlan(CommunityModel):
    """Whom to begin with, as it was worked out one day.

    It rests on judgements about people, so all that it says is sealed.
    """

    count = models.PositiveSmallIntegerField()
    seed = models.PositiveIntegerField()
    spread = models.CharField(max_length=40)
    made_on = models.DateField()
    # People chosen, reasons, reach, comparison and picture, as the analysis drafts them.
    outcome = ConfidentialField()

    speaks_of = ("outcome",)
    worked_out = True

    class Meta(CommunityModel.Meta):
        indexes = [models.Index(fields=["community", "-id"], name="newest_starting_plan")]

    def __str__(self) -> str:
        return f"{self.made_on}"


class PlanDecision(CommunityModel):
    """A plan is paused, taken up again or dropped, and why; the latest counts."""

    plan = models.ForeignKey(StartingPlan, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=PlanState)
    grounds = ConfidentialField()
    noted_on = models.DateField()

    class Meta(CommunityModel.Meta):
        indexes = [models.Index(fields=["plan", "-id"], name="decision_on_plan")]

    def __str__(self) -> str:
        return self.state


class PlanExchange(CommunityModel):
    """A plan that another one gave way to, as somebody in it was exchanged, and why."""

    plan = models.ForeignKey(StartingPlan, models.PROTECT, related_name="+")
    replaces = models.ForeignKey(StartingPlan, models.PROTECT, related_name="+")
    # Who left.
    person = models.ForeignKey("listen.Person", models.PROTECT, related_name="+")
    grounds = ConfidentialField()

    def __str__(self) -> str:
        return f"{self.plan_id}"


class PlanDebrief(CommunityModel):
    """What the team learnt from a plan: what moved people, who else was named, what comes next."""

    plan = models.ForeignKey(StartingPlan, models.PROTECT, related_name="+")
    what_moved = ConfidentialField()
    others_named = ConfidentialField()
    next_steps = ConfidentialField()
    noted_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.noted_on}"


class PlanOutcome(CommunityModel):
    """What came of somebody of a plan, or of somebody who was heard first, beside what was known.

    It is how Guyub finds out whether its advice was right, so it outlives the plan (no foreign key
    holds it) and the person, who is then nobody. What it says of them is sealed.
    """

    # Without one the visit was to somebody who was to be heard first.
    plan = models.UUIDField(null=True, blank=True)
    person = models.ForeignKey(
        "listen.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    # One of CameOfIt.
    outcome = ConfidentialField()
    noted_on = models.DateField()
    planned_on = models.DateField()
    heard_first = models.BooleanField(default=False)
    # The chance to start and its terms as they were when it was planned; see KnownThen.
    known = ConfidentialField(null=True)

    belongs_with = ("person",)
    said_once = ("plan", "person")

    class Meta(CommunityModel.Meta):
        indexes = [models.Index(fields=["community", "plan"], name="outcome_of_plan")]

    def __str__(self) -> str:
        return f"{self.planned_on}"


class Bridges(CommunityModel):
    """Who holds a community together, and whom to introduce to whom, as it was found one day.

    It tells who stands between whom, and who is kept apart because of a conflict: all of it sealed.
    """

    found_on = models.DateField()
    # People, figures and introductions: see guyub.cycle.start.analysis.bridges.
    outcome = ConfidentialField()

    speaks_of = ("outcome",)
    worked_out = True

    class Meta(CommunityModel.Meta):
        indexes = [models.Index(fields=["community", "-id"], name="newest_bridges")]

    def __str__(self) -> str:
        return f"{self.found_on}"


class Candidates(CommunityModel):
    """Who in a large community may need a visit, as one day's long work found them.

    It tells who stands close to whom, so all of it is sealed.
    """

    found_on = models.DateField()
    # People, and for each what the rules look at: see guyub.cycle.start.analysis.suggestions.
    found = ConfidentialField()

    speaks_of = ("found",)
    worked_out = True

    class Meta(CommunityModel.Meta):
        indexes = [models.Index(fields=["community", "-id"], name="newest_candidates")]

    def __str__(self) -> str:
        return f"{self.found_on}"


class SuggestionAnswer(CommunityModel):
    """A worker will not meet somebody who was suggested to them; withdrawn, it is asked again."""

    person = models.ForeignKey("listen.Person", models.PROTECT, related_name="+")
    worker = models.ForeignKey("core.Account", models.PROTECT, related_name="+")
    answer = models.CharField(max_length=20, choices=Answer)
    # The last day on which it counts; without one it counts until it is withdrawn.
    until = models.DateField(null=True, blank=True)

    belongs_with = ("person",)

    class Meta(CommunityModel.Meta):
        indexes = [models.Index(fields=["community", "answer"], name="suggestion_answered")]

    def __str__(self) -> str:
        return self.answer
