"""Signs: the coded parts of an account, and the building blocks a definition is made of.

Each sign carries a *tier* (V legal breach, E exploitation, C control, C- weaker control, D deception,
A act, X context, K age) and *tags* that name the blocks it feeds. Every block is monotone: one more
*yes* never takes a block away, so two readings (unknown as no, unknown as yes) bound the truth.
Sets of signs are integers, one bit a sign: the whole account is read in a few microseconds.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from alongside.domain.facts import Facts, Truth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

GROUNDS = {
    "physical": "r_phys",
    "sexual": "r_sex",
    "psychological": "r_psy",
    "financial": "r_fin",
    "reprisal": "r_repr",
}
FORCES = ("m_force", "m_threat", "m_coerce", "m_abduct", "m_deceive", "m_pay")
ACTS = ("act_recruit", "act_move", "act_receive")


@dataclass(frozen=True, slots=True)
class Sign:
    """One coded part of an account.

    ``delphi`` maps items of dimension 4 (exploitation) of the ILO and European Commission
    operational indicators (2009) to their strength for adults and for children: S, M, W or -.
    """

    key: str
    tier: str
    feeds: frozenset[str]
    flags: tuple[str, ...] = ()
    sensitivity: int = 1
    sexual: bool = False
    only_lawyer: bool = False
    delphi: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Catalogue:
    """The signs in the order of the content, with the bit each one is."""

    signs: tuple[Sign, ...]

    @cached_property
    def bit(self) -> dict[str, int]:
        """The bit of each sign."""
        return {sign.key: 1 << i for i, sign in enumerate(self.signs)}

    @cached_property
    def tags(self) -> defaultdict[str, int]:
        """The signs that feed each tag."""
        masks: defaultdict[str, int] = defaultdict(int)
        for sign in self.signs:
            for tag in sign.feeds:
                masks[tag] |= self.bit[sign.key]
        return masks

    @cached_property
    def tiers(self) -> defaultdict[str, int]:
        """The signs of each tier."""
        masks: defaultdict[str, int] = defaultdict(int)
        for sign in self.signs:
            masks[sign.tier] |= self.bit[sign.key]
        return masks

    @cached_property
    def delphi(self) -> dict[str, tuple[tuple[int, str], ...]]:
        """For adults and for children: the signs of each dimension-4 item, with its strength.

        An item counts once, through whichever sign; for a child the stronger reading counts, so
        that learning an age never takes anything away.
        """
        adult: defaultdict[tuple[str, str], int] = defaultdict(int)
        child: defaultdict[tuple[str, str], int] = defaultdict(int)
        for sign in self.signs:
            for item, (grown, young) in sign.delphi.items():
                adult[item, grown] |= self.bit[sign.key]
                child[item, min(grown, young, key="SMW-".index)] |= self.bit[sign.key]
        return {
            who: tuple((mask, strength) for (_, strength), mask in table.items())
            for who, table in (("adult", adult), ("child", child))
        }

    def bits(self, keys: Iterable[str]) -> int:
        """Return the set of these signs."""
        return sum({self.bit[key] for key in keys})

    def keys(self, bits: int) -> tuple[str, ...]:
        """Name the signs of a set, in the order of the catalogue."""
        return tuple(sign.key for i, sign in enumerate(self.signs) if bits >> i & 1)

    def told(self, facts: Facts) -> tuple[int, int]:
        """Return the signs known to be so, and those not known either way."""
        yes = unknown = 0
        for sign in self.signs:
            truth = facts.truth(sign.key)
            if truth is Truth.YES:
                yes |= self.bit[sign.key]
            elif truth is Truth.UNKNOWN:
                unknown |= self.bit[sign.key]
        return yes, unknown


class Blocks:
    """The building blocks as a set of signs supports them. Every answer is monotone in the set."""

    def __init__(self, catalogue: Catalogue, bits: int) -> None:
        """Read ``bits`` under ``catalogue``."""
        self._catalogue, self._tags, self._bits = catalogue, catalogue.tags, bits

    def count(self, *tags: str) -> int:
        """Count the signs present that feed any of these tags."""
        mask = 0
        for tag in tags:
            mask |= self._tags[tag]
        return (self._bits & mask).bit_count()

    def any(self, *tags: str) -> bool:
        """Say whether any sign present feeds any of these tags."""
        return any(self._bits & self._tags[tag] for tag in tags)

    def tier(self, *tiers: str) -> int:
        """Count the signs present of these tiers."""
        return sum((self._bits & self._catalogue.tiers[tier]).bit_count() for tier in tiers)

    @property
    def act(self) -> bool:
        """Recruited, moved, received or kept (Palermo Protocol art. 3(a))."""
        return self.any(*ACTS)

    @property
    def act_cc(self) -> bool:
        """The act, or control, direction or influence over movements (Criminal Code s. 279.01(1))."""
        return self.act or self.any("act_control")

    @property
    def child(self) -> bool:
        """Under 18 at the time."""
        return self.any("k_child")

    @property
    def vulnerability(self) -> bool:
        """Abuse of a position of vulnerability: one abuse with a context or childhood, or two."""
        abuses = self.count("m_abuse")
        return abuses > 1 or (abuses == 1 and (self.any("ctx_debt", "ctx_depend") or self.child))

    @property
    def means(self) -> bool:
        """Force, threat, other coercion, abduction, deception, payment or abuse of vulnerability."""
        return self.any(*FORCES) or self.vulnerability

    @property
    def abuse(self) -> bool:
        """Any ground of abuse of IRPR s. 196.2."""
        return self.any(*GROUNDS.values())

    @property
    def breach(self) -> bool:
        """A rule of work broken, exploitation in kind, a lie, or a ground of abuse."""
        return bool(self.tier("V", "E", "D")) or self.any("x_viol", "x_expl") or self.abuse

    @property
    def delphi_exploitation(self) -> bool:
        """Dimension 4 positive: two strong; one strong and another; three medium; two medium, one weak."""
        table = self._catalogue.delphi["child" if self.child else "adult"]
        found = [strength for mask, strength in table if mask & self._bits]
        strong, medium, weak = (found.count(letter) for letter in "SMW")
        return (
            strong >= 2  # noqa: PLR2004 - the published rule
            or (strong >= 1 and medium + weak >= 1)
            or medium >= 3  # noqa: PLR2004 - the published rule
            or (medium >= 2 and weak >= 1)  # noqa: PLR2004 - the published rule
        )

    @property
    def exploitation(self) -> bool:
        """A grave fact, a listed purpose, or enough of the others taken together."""
        kinds = self.count("x_expl")
        return (
            self.any("x_grave", "x_sex", "x_marr", "x_crime", "x_serv")
            or kinds > 1
            or (kinds == 1 and (self.count("x_viol") > 2 or self.delphi_exploitation))  # noqa: PLR2004 - three breaches
            or (self.child and self.any("k_burden"))
            or self.forced
        )

    @property
    def control(self) -> bool:
        """One act of control, or two weaker ones."""
        return self.tier("C") > 0 or self.tier("C-") > 1

    @property
    def link(self) -> bool:
        """The person stayed or obeyed because of it."""
        return self.any("f_nexus")

    @property
    def not_free(self) -> bool:
        """Work not freely chosen (ILO Convention 29 art. 2(1)): one strong sign or two ordinary ones."""
        return self.any("f_invol_strong") or self.count("f_invol") > 1

    @property
    def penalty(self) -> bool:
        """A menace of penalty (ILO Convention 29 art. 2(1)), done, threatened or seen done."""
        return self.any("f_pen")

    @property
    def child_debt(self) -> bool:
        """A child who works because of adults' debt or a payment between them."""
        return self.child and self.any("k_debt")

    @property
    def forced(self) -> bool:
        """Forced labour: not free, under penalty, and linked; or the child's case."""
        return (self.not_free and self.penalty and self.link) or self.child_debt

    @property
    def controlled(self) -> bool:
        """Control that the person stayed or obeyed because of."""
        return self.control and self.link

    @property
    def level(self) -> int:
        """Where the account stands on the continuum: 0, 1 breach, 2 exploitation, 3 with coercion."""
        if self.forced:
            return 3
        if self.exploitation:
            return 3 if self.controlled else 2
        return 1 if self.breach or self.control else 0


def _fed(*tags: str) -> Callable[[Blocks], bool]:
    return lambda blocks: blocks.any(*tags)


BLOCKS: Mapping[str, Callable[[Blocks], bool]] = {
    "act": lambda b: b.act,
    "act_cc": lambda b: b.act_cc,
    "means": lambda b: b.means,
    "child": lambda b: b.child,
    "breach": lambda b: b.breach,
    "exploitation": lambda b: b.exploitation,
    "control": lambda b: b.control,
    "link": lambda b: b.link,
    "controlled": lambda b: b.controlled,
    "not_free": lambda b: b.not_free,
    "penalty": lambda b: b.penalty,
    "child_debt": lambda b: b.child_debt,
    "forced": lambda b: b.forced,
    "abuse": lambda b: b.abuse,
    "sexual_purpose": _fed("x_sex"),
    "servitude": _fed("x_serv"),
    "forced_crime": _fed("x_crime"),
    "safety_direct": _fed("s_core"),
    "safety_arguable": lambda b: b.count("s_ext") > 1,
    "organising": _fed("i_org", "i_harbour"),
    "organising_means": _fed("i_means"),
    "freedom_restricted": _fed("t_free"),
    "recruited_by_fraud": lambda b: b.any("t_recruit") and b.exploitation,
    **{f"abuse_{name}": _fed(tag) for name, tag in GROUNDS.items()},
}
"""Every block a definition may name as an element."""

FORCING = ("f_invol_strong", "f_invol", "f_pen", "f_nexus", "k_child", "k_debt")
EXPLOITING = (
    "x_grave",
    "x_sex",
    "x_marr",
    "x_crime",
    "x_serv",
    "x_expl",
    "x_viol",
    "k_burden",
    "k_school",
    *FORCING,
)
FEEDING: Mapping[str, tuple[str, ...]] = {
    "act": ACTS,
    "act_cc": (*ACTS, "act_control"),
    "means": (*FORCES, "m_abuse", "ctx_debt", "ctx_depend", "k_child"),
    "child": ("k_child",),
    "exploitation": EXPLOITING,
    "control": ("tier:C", "tier:C-"),
    "controlled": ("tier:C", "tier:C-", "f_nexus"),
    "link": ("f_nexus",),
    "not_free": ("f_invol_strong", "f_invol"),
    "penalty": ("f_pen",),
    "child_debt": ("k_child", "k_debt"),
    "forced": FORCING,
    "abuse": tuple(GROUNDS.values()),
    "sexual_purpose": ("x_sex",),
    "servitude": ("x_serv",),
    "forced_crime": ("x_crime",),
    "safety_direct": ("s_core",),
    "safety_arguable": ("s_ext",),
    "organising": ("i_org", "i_harbour"),
    "organising_means": ("i_means",),
    "freedom_restricted": ("t_free",),
    "recruited_by_fraud": ("t_recruit", *EXPLOITING),
    "breach": ("tier:V", "tier:E", "tier:D", "x_viol", "x_expl", *GROUNDS.values()),
    **{f"abuse_{name}": (tag,) for name, tag in GROUNDS.items()},
}
"""The tags (or tiers) whose signs explain a block."""


def feeding(catalogue: Catalogue, block: str) -> int:
    """Return the signs that can make a block true, for explanations."""
    mask = 0
    for tag in FEEDING[block]:
        name, _, tier = tag.partition("tier:")
        mask |= catalogue.tiers[tier] if tier else catalogue.tags[name]
    return mask
