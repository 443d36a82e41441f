"""A file that goes along with a letter: given no page, and a photo without its place unless the person says so."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from alongside.records.casefile.content import EntryKind
from alongside.records.casefile.models import Casefile
from tests.agencies import CLINIC, founded, present
from tests.doors.forms_seen import Seen
from tests.doors.keeping import SECOND, grants, said, seen_by, told

pytestmark = pytest.mark.django_db
LARGE = 5 * 1024 * 1024


@pytest.fixture
def clinic():
    return founded(CLINIC, "amara", present())


def test_a_file_goes_along_and_is_given_no_page(clinic):
    keeper = told().choose(clinic, "work")
    photo = SimpleUploadedFile("slip.jpg", bytes(range(256)) * 9, "image/jpeg")
    keeper.bring("w/2/", "send", photo, message="My slip", second=SECOND)
    text, file = seen_by(clinic).conversation
    assert (text.text, file.kind, file.name) == ("My slip", EntryKind.FILE, "slip.jpg")
    assert file.body == bytes(range(256)) * 9
    keeper.press("k/", "have")
    assert "slip.jpg" in keeper.text("m/")
    assert "slip.jpg" not in "".join(Seen(keeper.html("m/")).links)


def photo(kind="JPEG"):
    """A small photo with a place in it, as a file of a form."""
    exif, raw = Image.Exif(), io.BytesIO()
    exif.get_ifd(0x8825).update({1: "N", 2: (43.0, 39.0, 11.5), 18: "ZANZIBAR-84"})
    Image.new("RGB", (8, 8), "teal").save(raw, kind, exif=exif.tobytes())
    return raw.getvalue()


@pytest.mark.parametrize("as_is", [False, True])
def test_a_photo_goes_without_its_place_unless_the_person_says_as_it_is(clinic, as_is):
    body, marked = photo(), {"as_is": "1"} if as_is else {}
    assert b"ZANZIBAR" in body
    keeper = told().choose(clinic, "work")
    slip = SimpleUploadedFile("slip.jpg", body, "image/jpeg")
    keeper.bring("w/2/", "send", slip, message="My slip", second=SECOND, **marked)
    keeper.press("k/", "have")
    again = SimpleUploadedFile("slip.png", photo("PNG"), "image/png")
    (talk,) = keeper.talks()
    keeper.bring("m/", "write", again, talk=talk, message="More", **marked)
    _, first, _, more = seen_by(clinic).conversation
    assert ((b"ZANZIBAR" in first.body), (b"ZANZIBAR" in more.body)) == (as_is, as_is)
    assert (first.body == body) is as_is
    assert Image.open(io.BytesIO(first.body)).tobytes() == Image.open(io.BytesIO(body)).tobytes()


def test_a_photo_whose_place_we_cannot_take_out_is_not_sent_before_the_person_says_so(clinic):
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
    keeper = told().choose(clinic, "work")
    for marked, there in (({}, False), ({"as_is": "1"}, True)):
        file = SimpleUploadedFile("a.heic", heic, "image/heic")
        keeper.bring("w/2/", "send", file, message="zanzibar", second=SECOND, **marked)
        assert bool(grants(clinic)) is there
        if not there:
            assert said("en", "kept_file_place") in keeper.text("w/2/")
            assert "zanzibar</textarea>" in keeper.html("w/2/")
            boxes = Seen(keeper.html("w/2/")).chosen()
            assert boxes == {}, "nobody marks it for the person"
    assert seen_by(clinic).conversation[1].body == heic


@pytest.mark.parametrize("size", [LARGE + 1])
def test_a_file_too_large_is_said_and_the_words_are_still_there(clinic, size):
    keeper = told().choose(clinic, "work")
    keeper.bring(
        "w/2/", "send", SimpleUploadedFile("a.bin", b"x" * size), message="zanzibar", second=""
    )
    assert said("en", "kept_file_large") in keeper.text("w/2/")
    assert "zanzibar</textarea>" in keeper.html("w/2/")
    assert not Casefile.objects.exists()
