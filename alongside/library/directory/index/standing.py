"""How services stand to one person, all at once: for each condition 0 for no, 1 for not known, 2 for yes.

It is ``domain.directory.match`` over columns, and a test holds it to that, condition by condition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from alongside.domain.directory import (
    AGES,
    CONDITION_FACTS,
    GENDERS,
    PROOF_FACTS,
)
from alongside.domain.facts import negate
from alongside.library.directory.codes import ACCESS_COSTS, ACCESS_RULES, STATUSES
from alongside.library.directory.index import columns
from alongside.library.directory.index.columns import PROVINCES

if TYPE_CHECKING:
    from datetime import datetime

    from alongside.domain.facts import Facts
    from alongside.library.directory.index.columns import Coded, Columns, Rows, Where

NO, UNKNOWN, YES = 0, 1, 2
OLDEST = 130
TRUTH = np.int8


class Standing:
    """Some rows of the columns, held against one person at a moment."""

    def __init__(self, held: Columns, rows: Rows, facts: Facts, now: datetime) -> None:
        """Take the rows to look at: their numbers, or a slice of all, which costs no copy."""
        self.held, self.rows, self.facts, self.now = held, rows, facts, now
        self.count = len(held.open[rows])

    def kinds(self) -> Rows:
        """Return how each row stands: the least of its conditions."""
        found = self.held.open[self.rows]
        for more in (
            self.place(), self.status(), self.age(), self.gender(), self.proof(), self.conditions(),
            self.authority(), self.cost(), self.language(), self.room(),
        ):  # fmt: skip
            found = np.minimum(found, more)
        return found

    def _rows_in(self, found: Rows | None) -> Rows:
        """Say of each row whether it is among those found."""
        marked = np.zeros(self.held.size, np.bool_)
        if found is not None:
            marked[found] = True
        return marked[self.rows]

    def _begin(self, where: Where, area: object) -> Rows:
        """Say of each row whether one of its beginnings is that of a postal area."""
        found = [where.begins[str(area)[:n]] for n in range(1, 4) if str(area)[:n] in where.begins]
        return self._rows_in(np.concatenate(found) if found else None)

    def _province(self, where: Where, province: object) -> Rows:
        mask = 1 << PROVINCES.index(str(province)) if province in PROVINCES else 0
        return (where.provinces[self.rows] & mask) != 0

    def here(self) -> Rows:
        """Say of each row whether its list of places holds the one told, in doubt or not."""
        where, province = self.held.listed, self.facts.get("place.province")
        if province is None:
            return np.ones(self.count, np.bool_)
        found = where.everywhere[self.rows] | self._province(where, province)
        area = self.facts.get("place.area")
        return found | self._begin(where, area) if area else found

    def place(self) -> Rows:
        """Hold the places served against the one told."""
        where = self.held.serves
        area, province = self.facts.get("place.area"), self.facts.get("place.province")
        provinces, begins = where.provinces[self.rows] != 0, where.any_begin[self.rows]
        everywhere = where.everywhere[self.rows]
        yes = everywhere.copy()
        unknown = ~(everywhere | provinces | begins)
        if province:
            yes |= self._province(where, province)
        else:
            unknown |= provinces
        if area:
            yes |= self._begin(where, area)
        else:
            unknown |= begins
        return np.where(yes, YES, np.where(unknown, UNKNOWN, NO)).astype(TRUTH)

    def _each(self, coded: Coded, truth: Rows) -> Rows:
        """Return for each row the truth of its values."""
        return truth[coded.code[self.rows]]

    def status(self) -> Rows:
        """Hold the statuses accepted and refused against the one told."""
        group = self.facts.get("status.service_group")
        told = group is not None and group != "not_disclosed"
        bit = columns.bits([str(group)], STATUSES) if told else 0
        held = self.held.status
        rule, accepted, refused = (held.values[name] for name in ("rule", "accepted", "refused"))
        open_ = (rule == ACCESS_RULES.index("any")) | (rule == ACCESS_RULES.index("any_no_proof"))
        listed = (rule == ACCESS_RULES.index("listed")) & (accepted != 0)
        found = _all(UNKNOWN, held)
        found[open_ & (told | (refused == 0))] = YES
        if told:
            inside = (accepted & bit) != 0
            found[listed & inside] = YES
            found[listed & ~inside] = NO
        found[(refused & bit) != 0] = NO
        return self._each(held, found)

    def age(self) -> Rows:
        """Hold the ages served against the band told."""
        held = self.held.age
        least, most = held.values["least"], held.values["most"]
        silent = (least < 0) & (most < 0)
        least, most = np.where(least < 0, 0, least), np.where(most < 0, OLDEST, most)
        low, high = AGES.get(str(self.facts.get("person.age_band")), (0, OLDEST))
        found = _all(UNKNOWN, held)
        found[(high < least) | (most < low)] = NO
        found[(least <= low) & (high <= most)] = YES
        found[silent] = UNKNOWN
        return self._each(held, found)

    def gender(self) -> Rows:
        """Hold the genders served against the one told."""
        held = self.held.gender
        mask = held.values["mask"]
        told = str(self.facts.get("person.gender"))
        group = GENDERS.get(told)
        found = _all(UNKNOWN, held)
        if group and not told.startswith("trans_"):
            found[mask != 0] = NO
        if group:
            found[(mask & columns.bits([group], columns.GENDERS)) != 0] = YES
        found[(mask & columns.bits(["all"], columns.GENDERS)) != 0] = YES
        return self._each(held, found)

    def proof(self) -> Rows:
        """Hold what has to be shown against what is held."""
        held = self.held.proof
        mask = held.values["mask"]
        found = _all(YES, held)
        for code in columns.PROOFS:
            if code != "none":
                truth = self.facts.truth(PROOF_FACTS.get(code, ""))
                asked = (mask & columns.bits([code], columns.PROOFS)) != 0
                found[asked] = np.minimum(found[asked], truth)
        found[mask == 0] = UNKNOWN
        free = held.values["rule"] == ACCESS_RULES.index("any_no_proof")
        found[free | (held.values["none"] != 0)] = YES
        return self._each(held, found)

    def conditions(self) -> Rows:
        """Hold the rules of a service against what somebody can agree to."""
        held = self.held.conditions
        mask = held.values["mask"]
        found = _all(YES, held)
        for code in columns.CONDITIONS:
            if code == "curfew":
                truth = negate(self.facts.truth("access.curfew_hard"))
            else:
                truth = self.facts.truth(CONDITION_FACTS.get(code, ""))
            asked = (mask & columns.bits([code], columns.CONDITIONS)) != 0
            found[asked] = np.minimum(found[asked], truth)
        found[held.values["told"] == 0] = UNKNOWN
        return self._each(held, found)

    def authority(self) -> Rows:
        """Hold who runs it against what somebody can agree to."""
        run = self.held.authority.values["run"]
        found = (YES - run).astype(TRUTH)
        found[run == YES] = self.facts.truth("access.ok_authority_run")
        return self._each(self.held.authority, found)

    def cost(self) -> Rows:
        """Hold what it costs against what somebody can pay."""
        cost = self.held.cost.values["cost"]
        found = _all(UNKNOWN, self.held.cost)
        found[cost == ACCESS_COSTS.index("free")] = YES
        found[cost == ACCESS_COSTS.index("fee")] = self.facts.truth("access.can_pay")
        return self._each(self.held.cost, found)

    def language(self) -> Rows:
        """Hold the languages of a service against the one told."""
        told = self.facts.get("lang.speak")
        spoken = self._rows_in(self.held.languages.get(str(told)) if told else None)
        return np.where(spoken, YES, UNKNOWN).astype(TRUTH)

    def speaks(self) -> Rows:
        """Return 0 where the language told is spoken, in doubt or not, 1 where any is, 2 for neither."""
        told = self.facts.get("lang.speak")
        if told is None:
            return np.full(self.count, 2, TRUTH)
        any_ = self._rows_in(self.held.spoken.get(columns.MANY))
        own = self._rows_in(self.held.spoken.get(str(told)))
        return np.where(own, 0, np.where(any_, 1, 2)).astype(TRUTH)

    def room(self) -> Rows:
        """Read the room that was said, while that is fresh."""
        moment = self.now.timestamp()
        fresh = (self.held.room_from[self.rows] <= moment) & (
            moment <= self.held.room_until[self.rows]
        )
        return np.where(fresh, self.held.room[self.rows], UNKNOWN).astype(TRUTH)


def _all(truth: int, held: Coded) -> Rows:
    return np.full(held.size, truth, TRUTH)
