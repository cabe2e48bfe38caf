"""What may be chosen on the form of a plan, in a reader's words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# People up to whom somebody waits for the page: a second or two on a small computer. Our choice.
AT_ONCE = 1000

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
# What a plan looks for; see guyub.engine.plan.outcome.
OBJECTIVES = {
    "self-starters": _("people who start things, and how far that carries"),
    "reach": _("ties alone: who reaches most people"),
}
# Times what is usual each kind of evidence counts; see guyub.engine.plan.self_starting.
TIMES = {
    "0": _("not at all"),
    "0.5": _("half"),
    "1": _("as usual"),
    "2": _("twice"),
}
# How often somebody starts things.
STARTS = {
    "often": _("often starts things"),
    "sometimes": _("may start things"),
    "seldom": _("seldom starts things"),
    "unknown": _("not known yet whether they start things"),
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
# The kinds of evidence of who starts things.
TERMS = {
    "acts": _("What they did"),
    "traits": _("What the team observed"),
    "named": _("Who names them"),
    "asked": _("What they said when asked to lead"),
}
