"""Printed: an outlook and an assessment as the command line prints them, for machines and for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alongside.domain.pathways import Verdict
from alongside.library.beside import beside_json, beside_lines

if TYPE_CHECKING:
    from datetime import date

    from alongside.domain.assessment import Assessment
    from alongside.domain.pathways import Pathway, Step
    from alongside.library.book import Book, Outlook


def outlook_json(outlook: Outlook, book: Book) -> dict[str, Any]:
    """Return everything that was weighed, in the published shape (docs/reference/command-line.md)."""
    return {
        "on": outlook.on.isoformat(),
        "edition": book.edition,
        "remedies": {
            key: _pathway_json(p) | beside_json(book.remedies[key])
            for key, p in outlook.remedies.items()
        },
        "ways": {
            key: _pathway_json(p) | beside_json(book.ways[key]) for key, p in outlook.ways.items()
        },
    }


def _pathway_json(pathway: Pathway) -> dict[str, Any]:
    return {
        "verdict": pathway.verdict,
        "until": pathway.until.isoformat() if pathway.until else None,
        "until_kind": pathway.until_kind,
        "discretionary": pathway.discretionary,
        "lawyer_first": pathway.lawyer_first,
        "dangers": pathway.dangers,
        "clocks": [
            {
                "key": t.clock.key,
                "ends_on": t.ends_on.isoformat() if t.ends_on else None,
                "days_left": t.days_left,
                "state": t.state,
                "missing": t.missing,
            }
            for t in pathway.clocks
        ],
        "missing": pathway.missing,
        "produces": pathway.produces,
        "trail": [_step_json(step) for step in pathway.trail],
    }


def _step_json(step: Step) -> dict[str, Any]:
    return {"line": step.line, "truth": step.truth.word, "facts": step.facts, "source": step.source}


def assessment_json(found: Assessment, on: date) -> dict[str, Any]:
    """Return what is supported, in the published shape (docs/reference/command-line.md)."""
    return {
        "on": on.isoformat(),
        "level": {"lower": found.lower, "upper": found.upper},
        "definitions": dict(found.definitions),
        "decisive": found.decisive,
        "flags": found.flags,
        "trail": [
            {
                "definition": r.definition,
                "element": r.element,
                "truth": r.truth.word,
                "facts": r.facts,
                "unknown": r.unknown,
                "source": r.source,
            }
            for r in found.trail
        ],
    }


def outlook_lines(outlook: Outlook, book: Book) -> list[str]:
    """Write an outlook for a person to read."""
    lines = [
        f"On {outlook.on}. Information, not legal advice. No lawyer has reviewed this edition."
    ]
    for key, pathway in (*outlook.ways.items(), *outlook.remedies.items()):
        words = (book.ways.get(key) or book.remedies[key]).words
        lines += ["", f"{pathway.verdict.upper():8}{words.name.en}  [{key}]"]
        if pathway.until:
            lines.append(f"        until {pathway.until} ({pathway.until_kind})")
        if pathway.lawyer_first:
            lines.append("        see a lawyer first")
        lines += [f"        danger: {book.dangers[d].text.en}" for d in pathway.dangers]
        lines += [
            f"        {t.clock.key}: {t.ends_on or t.state}"
            + (f" ({t.days_left} days)" if t.ends_on else "")
            for t in pathway.clocks
        ]
        if pathway.missing:
            lines.append(f"        still to know: {', '.join(pathway.missing)}")
        if pathway.verdict is not Verdict.CLOSED:
            lines += [f"        {line}" for line in beside_lines(book, key)]
    return lines


def assessment_lines(found: Assessment, on: date) -> list[str]:
    """Write an assessment for a person to read."""
    lines = [f"On {on}. What the known facts support; never a label of a person."]
    lines += [f"flag      {key}" for key in found.flags]
    lines.append(f"level     {found.lower} to {found.upper}")
    lines += [f"{support:12}{key}" for key, support in found.definitions.items()]
    lines += [f"would settle: {' and '.join(group)}" for group in found.decisive]
    return lines
