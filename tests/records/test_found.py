"""The operator founds two agencies and no more; what lets the first member in is printed once."""

import re

import pytest
from django.core.management import CommandError, call_command

from alongside.domain.consent import HolderKind
from alongside.library.phrases import read_digits
from alongside.records.agencies.content import Role
from alongside.records.agencies.queries import accepting, profiles
from tests.agencies import joined, present

pytestmark = pytest.mark.django_db
ABOUT = {"about_en": "Help with pay.", "about_fr": "De l'aide pour la paie."}


def founded(capsys, name="First (fictional)", **more: object):
    given = {"name": name, "kind": "lawyer", "tongues": "en, fr", **ABOUT, **more}
    call_command("found", **given)
    return capsys.readouterr().out


def test_the_code_that_is_printed_lets_the_first_member_in_as_lead(capsys):
    said = founded(capsys)
    (code,) = re.findall(r"^    (\d{4}(?: \d{4}){5})$", said, re.MULTILINE)
    assert "desk.localhost/en/j/" in said
    first = joined(read_digits(code), "amara", present())
    assert first.keys.role is Role.LEAD
    (profile,) = accepting()
    assert (profile.id, profile.name) == (first.keys.agency, "First (fictional)")
    assert (profile.kind, profile.tongues) == (HolderKind.LAWYER, ("en", "fr"))
    assert profile.about == {"en": ABOUT["about_en"], "fr": ABOUT["about_fr"]}


def test_the_third_is_not_the_operators_to_found(capsys):
    founded(capsys)
    founded(capsys, "Second (fictional)")
    with pytest.raises(CommandError, match="proposed at the desk"):
        founded(capsys, "Third (fictional)")
    assert len(profiles()) == 2
    assert accepting() == [], "nobody is there yet who could read it"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "  "},
        {"name": "x" * 81},
        {"about_fr": " "},
        {"tongues": ","},
        {"tongues": "English"},
        {"about_en": "x" * 301},
        {"days": 0},
        {"days": 61},
    ],
)
def test_what_people_could_not_read_is_refused(capsys, wrong):
    with pytest.raises(CommandError):
        founded(capsys, **wrong)
    assert accepting() == []
