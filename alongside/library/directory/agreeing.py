"""Checks of what a service says of itself: flags that contradict one another, and what it does not say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alongside.library.directory.as_hsds import TAXONOMY
from alongside.library.directory.codes import ENFORCES
from alongside.library.directory.profile import access_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from alongside.library.directory.quality import Issue, Listed

_CLOSED = re.compile(
    r"\b(?:permanently|now|is) closed\b|\bno longer (?:offer|provid|operat|exist)|\bceased\b"
    r"|\bclosed (?:permanently|until)\b|ferm[ée]e? (?:d[ée]finitivement|jusqu)|n['’]existe plus",
    re.IGNORECASE,
)
_FILLED_IN = re.compile(
    r"^\W*(?:tbd|tba|todo|test|xxx+|n/?a|lorem ipsum.*|asdf+)\W*$", re.IGNORECASE
)
_DAMAGED = re.compile(r"�|Ã[©¨ªàâ€]|â€™")


def flags(one: Listed, _today: date) -> Iterator[Issue]:
    """Find flags that cannot both hold."""
    for field, detail in _apart(one):
        yield one.issue("contradiction", field, detail, "Ask them which holds.")


def _apart(one: Listed) -> Iterator[tuple[str, str]]:
    service = one.service
    low, high = service.get("minimum_age"), service.get("maximum_age")
    if low is not None and high is not None and low > high:
        yield "minimum_age", "its least age is above its greatest."
    words = " ".join(str(service.get(name, "")) for name in ("name", "description", "alert"))
    if service.get("status") == "active" and _CLOSED.search(words):
        yield "status", "it is active, and its words say closed."
    access = access_of(service.get("access"))
    both = set(access.statuses_accepted) & set(access.statuses_refused)
    if both:
        yield "access.statuses_accepted", f"accepted and refused: {', '.join(sorted(both))}."
    if access.status_rule == "any_no_proof" and {*access.proof_required} - {"none"}:
        yield "access.proof_required", "no proof is asked for, and one is listed."
    if access.status_rule in {"any", "any_no_proof"} and access.statuses_refused:
        yield "access.status_rule", "open to any status, and some are refused."
    if access.cost == "free" and str(service.get("fees", "0")) not in {"0", "0.0"}:
        yield "access.cost", "it is free, and it has a fee."
    yield from _walls(service.get("firewall") or {})


def _walls(wall: dict[str, object]) -> Iterator[tuple[str, str]]:
    if wall.get("run_by_authority") is True and wall.get("shares_with_immigration") == "never":
        yield "firewall", "an authority runs it, and it says that it shares nothing."
    if wall.get("basis") == "written_policy_seen" and not wall.get("policy_url"):
        yield "firewall.policy_url", "a written policy was seen, and nothing says where."


def apart(one: Listed, _today: date) -> Iterator[Issue]:
    """Find those who can act against a person among help."""
    run = (one.service.get("firewall") or {}).get("run_by_authority") is True
    if run or ENFORCES.search(f"{one.name}\n{one.organization.get('name', '')}"):
        detail = "it seems to be run by those who can act against a person."
        cure = "It is kept out of help. Say who runs it if that is wrong."
        yield one.issue("authority", "firewall.run_by_authority", detail, cure)


def unsaid(one: Listed, _today: date) -> Iterator[Issue]:
    """Find what a person asks first and nothing answers: language, papers, place, what it is for."""
    if not (one.hung("language") or one.service.get("language_access")):
        detail = "no language is named."
        yield one.issue("missing_language", "language_access", detail, "Ask which they speak.")
    if not one.service.get("access"):
        detail = "nothing says who may come and what they must show."
        yield one.issue(
            "missing_access", "access", detail, "Ask; until then a page says ask first."
        )
    if not (one.places or one.hung("service_area")):
        detail = "nothing says where it is or serves."
        yield one.issue("missing_place", "service_area", detail, "Write the province at least.")
    if not _needs(one):
        detail = "nothing says what it is for, in our needs."
        yield one.issue("missing_need", "attribute", detail, "Map its terms to needs.")


def _needs(one: Listed) -> list[str]:
    terms = (one.term(row) for row in one.hung("attribute"))
    return [str(term.get("code")) for term in terms if term.get("taxonomy") == TAXONOMY]


def texts(one: Listed, _today: date) -> Iterator[Issue]:
    """Find texts that were never filled in, or were damaged on the way."""
    for name in ("name", "alternate_name", "description", "eligibility_description"):
        text = str(one.service.get(name, ""))
        if _FILLED_IN.match(text):
            yield one.issue("placeholder", name, "it was never filled in.", "Write it.")
        if _DAMAGED.search(text):
            detail = "letters were damaged on the way."
            yield one.issue("damaged_text", name, detail, "Import it again with its encoding.")
