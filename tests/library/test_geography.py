"""A place is found by little, little of it is kept, and a distance says how much it may be out."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.library.geography.areas import areas
from alongside.library.geography.places import Place, PlaceError, Why, area_of, distance, near

SIGNS = st.sampled_from(sorted(areas()))


@pytest.mark.parametrize("written", ["M5V", "m5v", "M5V 2H1", "m5v2h1", " M5V-2H1 "])
def test_of_a_postal_code_only_the_first_three_signs_are_kept(written):
    place = near(written)
    assert place.key == "M5V"
    assert place.province == "on"
    assert "2h1" not in repr(place).casefold()


def test_of_coordinates_about_a_kilometre_is_kept():
    place = near("43.653226, -79.383184")
    assert (place.key, place.province) == ("43.65,-79.38", "on")
    assert "43.653" not in repr(place)


@pytest.mark.parametrize(
    ("written", "province", "signs"),
    [
        ("Leamington", "on", "N8H"),
        ("montréal", "qc", "H2Y"),
        ("Montreal", "qc", "H2Y"),
        ("Québec", "qc", "G1R"),
        ("Windsor, ON", "on", "N9A"),
        ("windsor on", "on", "N9A"),
        ("St. John's", "nl", "A1C"),
        ("Smithers", "bc", "V0J"),
        ("North York", "on", "M2P"),
        ("moncton", "nb", "E1C"),
    ],
)
def test_a_town_is_found_however_it_is_written(written, province, signs):
    place = near(written)
    assert place.province == province
    assert signs in place.areas


def test_a_town_is_the_town_and_not_the_country_around_it():
    assert "R0K" not in near("Brandon").areas
    assert near("Brandon").give_or_take < 40


def test_a_name_that_two_provinces_have_is_asked_about_and_not_guessed():
    with pytest.raises(PlaceError) as refused:
        near("Windsor")
    assert refused.value.reason is Why.SEVERAL
    assert "Windsor, ON" in refused.value.choices
    assert {near(choice).province for choice in refused.value.choices} == {"nl", "on", "qc"}


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", Why.EMPTY),
        ("   ", Why.EMPTY),
        ("Z9Z", Why.UNKNOWN),
        ("the farm behind the church", Why.UNKNOWN),
        ("19.43,-99.13", Why.OUTSIDE),
    ],
)
def test_what_is_no_place_is_refused_without_repeating_it(written, why):
    with pytest.raises(PlaceError) as refused:
        near(written)
    assert refused.value.reason is why
    assert not written.strip() or written not in str(refused.value)


def test_a_distance_is_about_right_and_sure_in_a_city():
    apart = distance(near("Leamington"), near("M5V"))
    assert 290 < apart.km < 320
    assert apart.at_least > 290
    assert apart.at_most < 330


def test_in_a_spread_out_area_a_distance_promises_nothing():
    """Iqaluit's postal area is wider than a country: *near* would be a lie there."""
    there = near("X0A")
    assert there.spread_out
    assert distance(there, there).at_most > 500
    assert distance(there, there).at_least == 0


def test_where_the_codes_disagree_nobody_says_how_far():
    unsure = [one.key for one in areas().values() if one.radius is None]
    assert set(unsure) == {"G0B", "S4K", "R5J", "R5K", "R5T"}
    apart = distance(area_of("R5K"), near("M5V"))
    assert (apart.give_or_take, apart.at_least, apart.at_most) == (None, 0.0, None)


@given(SIGNS, SIGNS, SIGNS)
def test_distances_are_distances(one, other, third):
    a, b, c = area_of(one), area_of(other), area_of(third)
    assert distance(a, b).km == pytest.approx(distance(b, a).km)
    assert distance(a, a).km == 0
    assert distance(a, c).km <= distance(a, b).km + distance(b, c).km + 1e-6
    assert distance(a, b).at_least <= distance(a, b).km


@given(st.text(max_size=40))
def test_whatever_is_written_is_a_place_or_a_reason(written):
    """Nothing typed may end in an error that nobody catches."""
    with contextlib.suppress(PlaceError):
        assert isinstance(near(written), Place)


def test_every_area_lies_in_canada_and_in_a_province():
    assert len(areas()) == 1663  # H0H, the North Pole, is left out
    for area in areas().values():
        assert 41 < area.latitude < 84, area.key
        assert -142 < area.longitude < -52, area.key
        assert area_of(area.key).areas == (area.key,)
