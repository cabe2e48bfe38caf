"""What may be chosen on the form of a plan, in a reader's words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# What a starting plan is for: from how many others somebody must have heard or seen it.
SPREADS = {
    1: _("news: one voice is enough"),
    2: _("a habit: people join once two others have"),
    3: _("a risky step: people join once three others have"),
}

# By what a starting plan may look to every group, and how; see guyub.engine.plan.groupings.
FAIR_BY = {
    "": _("no, reach as many people as possible"),
    "sub_community": _("by smaller community"),
    "gender": _("by women and men"),
    "age": _("by age"),
    "household": _("by the size of the household"),
}
FAIR_AIMS = {
    "welfare": _("evenly, at a small cost"),
    "worst": _("those reached least come first"),
}
# How much deeds and observations weigh in who is readier; see guyub.cycle.start.analysis.
DEEDS_WEIGH = {
    "first": _("promises kept count twice as much as the team’s observations"),
    "alike": _("promises kept and the team’s observations count equally"),
    "later": _("the team’s observations count twice as much as promises kept"),
    "alone": _("promises kept alone"),
}
# Whom a plan may look to above all, besides those of a smaller community; see
# guyub.engine.seeds.priority_group.
MOST_FOR = {
    "": _("everyone equally"),
    "gender=female": _("women"),
    "gender=male": _("men"),
    "age=30_and_younger": _("30 and younger"),
    "age=50_and_older": _("50 and older"),
}
GROUP_WORDS = {
    "others": _("all others"),
    "female": _("women"),
    "male": _("men"),
    "other": _("other"),
    "30_and_younger": _("30 years and younger"),
    "31_to_49": _("31 to 49 years"),
    "50_and_older": _("50 years and older"),
    "1_or_2": _("1 or 2 in the household"),
    "3_or_4": _("3 or 4 in the household"),
    "5_and_more": _("5 and more in the household"),
}
