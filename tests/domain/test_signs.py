"""Every building block of assessment 4.3, on signs made up here: what is enough, what is not.

One sign for each tag (some twice, ``x_viol2``) and for each tier, so that nothing in the real content
can hide a block that reads too much or too little.
"""

import itertools

import pytest

from alongside.domain.signs import BLOCKS, FEEDING, Blocks, Catalogue, Sign, feeding

TAGS = (
    "act_recruit act_move act_receive act_control k_child k_burden k_debt k_school f_pen f_nexus "
    "m_force m_threat m_coerce m_abduct m_deceive m_pay ctx_debt ctx_depend ctx_urgent x_grave "
    "x_sex x_marr x_crime x_serv f_invol_strong s_core i_org i_harbour i_means t_free t_recruit "
    "r_phys r_sex r_psy r_fin r_repr cc_doc"
)
REPEATED = ("m_abuse", "x_expl", "x_viol", "f_invol", "s_ext")
TIERS = {"tierV": "V", "tierE": "E", "tierD": "D", "tierC": "C", "tierC-": "C-", "tierC-2": "C-"}
MADE = Catalogue((
    *(Sign(tag, "A", frozenset({tag})) for tag in TAGS.split()),
    *(Sign(f"{tag}{n}", "A", frozenset({tag})) for tag in REPEATED for n in ("", 2, 3)),
    *(Sign(name, tier, frozenset()) for name, tier in TIERS.items()),
))  # fmt: skip
FORCED = ["f_invol_strong f_pen f_nexus", "f_invol f_invol2 f_pen f_nexus", "k_child k_debt"]
EXPLOITED = [
    "x_grave", "x_sex", "x_marr", "x_crime", "x_serv", "x_expl x_expl2",
    "x_expl x_viol x_viol2 x_viol3", "k_child k_burden", *FORCED,
]  # fmt: skip
GROUNDS = {"physical": "r_phys", "sexual": "r_sex", "psychological": "r_psy",
           "financial": "r_fin", "reprisal": "r_repr"}  # fmt: skip
ENOUGH = {
    "act": ["act_recruit", "act_move", "act_receive"],
    "act_cc": ["act_recruit", "act_move", "act_receive", "act_control"],
    "means": ["m_force", "m_threat", "m_coerce", "m_abduct", "m_deceive", "m_pay",
              "m_abuse ctx_debt", "m_abuse ctx_depend", "m_abuse k_child", "m_abuse m_abuse2"],
    "child": ["k_child"],
    "breach": ["tierV", "tierE", "tierD", "x_viol", "x_expl", *GROUNDS.values()],
    "exploitation": EXPLOITED,
    "control": ["tierC", "tierC- tierC-2"],
    "link": ["f_nexus"],
    "controlled": ["tierC f_nexus", "tierC- tierC-2 f_nexus"],
    "not_free": ["f_invol_strong", "f_invol f_invol2"],
    "penalty": ["f_pen"],
    "child_debt": ["k_child k_debt"],
    "forced": FORCED,
    "abuse": [*GROUNDS.values()],
    "sexual_purpose": ["x_sex"],
    "servitude": ["x_serv"],
    "forced_crime": ["x_crime"],
    "safety_direct": ["s_core"],
    "safety_arguable": ["s_ext s_ext2"],
    "organising": ["i_org", "i_harbour"],
    "organising_means": ["i_means"],
    "freedom_restricted": ["t_free"],
    "recruited_by_fraud": [f"t_recruit {some}" for some in EXPLOITED],
    **{f"abuse_{name}": [tag] for name, tag in GROUNDS.items()},
}  # fmt: skip


def blocks(signs, catalogue=MADE):
    return Blocks(catalogue, catalogue.bits(signs))


def tag_of(sign):
    return sign.rstrip("23")


def test_every_block_has_its_place_in_this_table():
    assert set(ENOUGH) == set(BLOCKS) == set(FEEDING)


@pytest.mark.parametrize(
    ("name", "signs"), [(n, some) for n, all_ in ENOUGH.items() for some in all_]
)
def test_a_block_holds_with_just_enough_and_not_with_one_sign_less(name, signs):
    parts = signs.split()
    assert BLOCKS[name](blocks(parts)) is True
    for less in itertools.combinations(parts, len(parts) - 1):
        assert BLOCKS[name](blocks(less)) is False, less


@pytest.mark.parametrize("name", ENOUGH)
def test_signs_that_have_nothing_to_do_with_a_block_never_make_it(name):
    own = {tag_of(part) for signs in ENOUGH[name] for part in signs.split()}
    others = [sign.key for sign in MADE.signs if tag_of(sign.key) not in own]
    assert BLOCKS[name](blocks(others)) is False


@pytest.mark.parametrize("name", ENOUGH)
def test_a_block_is_explained_by_its_own_signs_and_by_no_other(name):
    own = {tag_of(part) for signs in ENOUGH[name] for part in signs.split()}
    if "x_grave" in own:
        own.add("k_school")  # through the published grid, see below
    explained = {tag_of(key) for key in MADE.keys(feeding(MADE, name))}
    assert explained == own


@pytest.mark.parametrize(
    ("signs", "level"),
    [
        ("", 0), ("ctx_debt ctx_depend ctx_urgent act_recruit", 0), ("f_nexus f_pen", 0),
        ("tierV", 1), ("r_psy", 1), ("tierC", 1), ("tierC- tierC-2", 1), ("tierC-", 0),
        ("tierC f_nexus", 1), ("x_grave", 2), ("x_grave tierC", 2), ("x_grave f_nexus", 2),
        ("x_grave tierC f_nexus", 3), ("x_grave tierC- f_nexus", 2),
        ("x_grave tierC- tierC-2 f_nexus", 3), ("f_invol_strong f_pen f_nexus", 3),
        ("f_invol_strong f_pen", 0), ("k_child k_debt", 3), ("k_debt", 0),
    ],
)  # fmt: skip
def test_the_continuum_has_four_levels_and_coercion_is_the_line(signs, level):
    """Assessment 4.4."""
    assert blocks(signs.split()).level == level


# Dimension 4 of the operational indicators (ILO and European Commission, 2009)

GRID = Catalogue((
    *(Sign(f"{strength}{n}", "V", frozenset(), delphi={f"d4_{strength}{n}": (strength, strength)})
      for strength in "SMW" for n in range(5)),
    Sign("again", "V", frozenset(), delphi={"d4_S0": ("S", "S")}),
    Sign("young", "V", frozenset(), delphi={"d4_young": ("W", "M")}),
    Sign("grown", "V", frozenset(), delphi={"d4_grown": ("M", "-")}),
    Sign("child", "K", frozenset({"k_child"})),
    Sign("kind", "E", frozenset({"x_expl"})),
))  # fmt: skip


@pytest.mark.parametrize(
    ("strong", "medium", "weak", "positive"),
    [
        (2, 0, 0, True), (1, 1, 0, True), (1, 0, 1, True), (0, 3, 0, True), (0, 2, 1, True),
        (1, 0, 0, False), (0, 2, 0, False), (0, 1, 1, False), (0, 1, 4, False), (0, 0, 5, False),
        (0, 0, 0, False), (1, 1, 1, True), (3, 0, 0, True), (0, 2, 2, True), (0, 4, 0, True),
    ],
)  # fmt: skip
def test_the_published_rule_for_a_positive_dimension(strong, medium, weak, positive):
    """Two strong; one strong and another; three medium; two medium and one weak."""
    counts = (("S", strong), ("M", medium), ("W", weak))
    signs = [f"{letter}{n}" for letter, count in counts for n in range(count)]
    assert blocks(signs, GRID).delphi_exploitation is positive
    assert blocks([*signs, "kind"], GRID).exploitation is positive, "only with a fact in kind"
    assert blocks(signs, GRID).exploitation is False


def test_an_item_of_the_grid_counts_once_through_whichever_sign():
    assert not blocks(["S0", "again"], GRID).delphi_exploitation
    assert blocks(["again", "M0"], GRID).delphi_exploitation
    assert blocks(["S0", "again", "W0"], GRID).delphi_exploitation


@pytest.mark.parametrize(
    ("signs", "positive"),
    [
        ("M0 M1 young", True), ("M0 young", False), ("M0 W0 young", False),
        ("M0 W0 young child", True), ("M0 M1 grown", True), ("M0 M1 grown child", True),
        ("M0 M1 child", False),
    ],
)  # fmt: skip
def test_for_a_child_the_stronger_reading_counts_and_an_age_takes_nothing_away(signs, positive):
    assert blocks(signs.split(), GRID).delphi_exploitation is positive


def test_a_sign_is_found_by_its_place_in_the_content():
    assert MADE.keys(MADE.bits(["k_child", "act_move"])) == ("act_move", "k_child")
    assert MADE.bits(["act_move", "act_move"]) == 2, "said twice is said once"
    assert MADE.keys(0) == ()
