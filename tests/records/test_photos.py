"""A photo goes without place, device and names; the picture is the same to its last sign."""

from __future__ import annotations

import io
import struct
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from alongside.records.exif import Shot, read_shot
from alongside.records.photos import PlaceStaysError, plain_photo

if TYPE_CHECKING:
    from typing import Any

TAKEN, TURNED = "2026:08:14 13:05:09", 6
MAKER, SERIAL, PLACE = "Quokkaphone", "ZANZIBAR-0042", "Wombat Farm Road"
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf place="{PLACE}" GPSLatitude="43,39N"/></x:xmpmeta>'
SECRETS = [MAKER.encode(), SERIAL.encode(), PLACE.encode(), b"GPS", b"-04:00", b"xmpmeta"]
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
GPS, EXIF_TABLE, ORIENTATION, ORIGINAL = 0x8825, 0x8769, 0x0112, 0x9003


def picture(mode: str = "RGB") -> Image.Image:
    """Draw a small picture with many colours."""
    shades = Image.linear_gradient("L").resize((48, 32))
    return Image.merge("RGB", (shades, shades.rotate(90), shades.rotate(180))).convert(mode)


def told(endian: str = "<", *, taken: str = TAKEN, turned: int = TURNED) -> Image.Exif:
    """Write what a phone writes into a photo: make, serial, owner, place, moment, which way up."""
    exif = Image.Exif()
    exif.endian = endian
    exif[0x010F], exif[0x0110], exif[0x013B] = MAKER, f"{MAKER} 7", PLACE
    if turned:
        exif[ORIENTATION] = turned
    inner = exif.get_ifd(EXIF_TABLE)
    inner[0xA431], inner[0x9011], inner[0x927C] = SERIAL, "-04:00", MAKER.encode() * 30
    if taken:
        inner[ORIGINAL] = taken
    exif.get_ifd(GPS).update(
        {1: "N", 2: (43.0, 39.0, 11.5), 3: "W", 4: (79.0, 22.0, 59.0), 29: "2026:08:14"}
    )
    return exif


def saved(kind: str, image: Image.Image, **more: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def jpeg(mode: str = "RGB", **more: Any) -> bytes:
    """A JPEG with all that phones and editors put in, before the picture and behind it."""
    more = {"exif": told(), "icc_profile": PROFILE, "comment": PLACE, "xmp": XMP.encode()} | more
    whole = saved("JPEG", picture(mode), **more)
    editors = segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04" + PLACE.encode())
    pointer = segment(0xE2, b"MPF\0" + MAKER.encode())
    hidden = saved("JPEG", picture(), exif=told()) + b"MotionPhoto" + PLACE.encode()
    at = whole.index(b"\xff\xdb")
    return whole[:at] + editors + pointer + whole[at:] + hidden


def png(**more: Any) -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", MAKER)
    words.add_text("Raw profile type exif", SERIAL * 40, zip=True)
    words.add_itxt("XML:com.adobe.xmp", XMP)
    words.add(b"prVt", SERIAL.encode())
    more = {"exif": told(), "pnginfo": words, "icc_profile": PROFILE, "dpi": (72, 72)} | more
    return saved("PNG", picture("RGBA"), **more) + PLACE.encode()


def webp(**more: Any) -> bytes:
    more = {"exif": told().tobytes(), "xmp": XMP.encode(), "icc_profile": PROFILE} | more
    return saved("WEBP", picture(), **more)


def frames(kind: str) -> bytes:
    moving = [picture(), picture().rotate(180)]
    more = {"exif": told().tobytes()} if kind == "WEBP" else {"exif": told()}
    return saved(kind, moving[0], save_all=True, append_images=moving[1:], duration=90, **more)


PHOTOS = {
    "jpeg": jpeg(),
    "jpeg by big ends": jpeg(exif=told(">")),
    "jpeg in scans": jpeg(progressive=True),
    "jpeg with restarts": jpeg(restart_marker_blocks=1),
    "jpeg in grey": jpeg("L", icc_profile=None),
    "jpeg for print": jpeg("CMYK", icc_profile=None),
    "png": png(),
    "webp": webp(),
    "webp without loss": webp(lossless=True),
    "moving webp": frames("WEBP"),
    "moving png": frames("PNG"),
}


def shown(body: bytes) -> list[Any]:
    """Return all that is seen: the colours of each frame, their profile, the size."""
    image = Image.open(io.BytesIO(body))
    seen: list[Any] = [image.mode, image.size, image.info.get("icc_profile")]
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        seen.append(image.convert("RGBA").tobytes())
    return seen


@pytest.mark.filterwarnings("ignore:Image appears to be a malformed MPO file")
@pytest.mark.parametrize("name", PHOTOS)
def test_the_picture_is_the_same_and_what_it_told_is_gone_but_for_turn_and_moment(name):
    body = PHOTOS[name]
    assert MAKER.encode() in body, "there was something to find"
    plain = plain_photo(body)
    assert [secret for secret in SECRETS if secret in plain] == []
    assert shown(plain) == shown(body)
    exif = Image.open(io.BytesIO(plain)).getexif()
    assert dict(exif) == {ORIENTATION: TURNED, EXIF_TABLE: exif[EXIF_TABLE]}
    assert exif.get_ifd(EXIF_TABLE) == {0x9000: b"0232", ORIGINAL: TAKEN}
    assert exif.get_ifd(GPS) == {}
    assert plain_photo(plain) == plain, "a second time changes nothing"


@pytest.mark.parametrize("name", ["jpeg", "jpeg in scans", "jpeg with restarts"])
def test_the_coded_picture_is_not_written_anew(name):
    body = PHOTOS[name]
    start = body.index(b"\xff\xda")
    end = body.index(b"\xff\xd8\xff", start)
    assert body[start:end] in plain_photo(body), "from the first scan to the end, sign for sign"
    assert plain_photo(body).endswith(b"\xff\xd9"), "and nothing behind it"


def test_what_shows_a_photo_right_stays_and_small_pictures_beside_it_go():
    assert b"Adobe" in plain_photo(PHOTOS["jpeg for print"])
    body = PHOTOS["jpeg"]
    head = b"JFIF\0\x01\x02\x01\0\x48\0\x48"
    small = segment(0xE0, head + b"\x01\x01" + b"abc") + segment(0xE0, b"JFXX\0\x10" + b"small")
    at = body.index(b"\xff\xe0")
    size = 2 + struct.unpack_from(">H", body, at + 2)[0]
    plain = plain_photo(body[:at] + small + body[at + size :])
    assert segment(0xE0, head + b"\0\0") in plain
    assert b"small" not in plain
    assert plain[2:4] == b"\xff\xe0", "JFIF stands first"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(("taken", "turned"), [("", 0), (TAKEN, 0), ("", TURNED), ("", 1)])
def test_nothing_is_written_in_that_was_not_there(kind, taken, turned):
    exif = told(taken=taken, turned=turned)
    body = saved(kind, picture(), exif=exif.tobytes() if kind == "WEBP" else exif)
    found = Image.open(io.BytesIO(plain_photo(body))).getexif()
    assert found.get(ORIENTATION, 0) == (turned if turned > 1 else 0)
    assert found.get_ifd(EXIF_TABLE).get(ORIGINAL, "") == taken
    assert bool(found) == bool(taken or turned > 1)


@pytest.mark.parametrize("taken", [f"{PLACE:20}"[:19], "2026-08-14 13:05:09", "9" * 19])
def test_only_a_moment_passes_as_a_moment(taken):
    plain = plain_photo(jpeg(exif=told(taken=taken)))
    assert taken.encode() not in plain


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_that_tells_nothing_stays_as_it_is(kind):
    body = saved(kind, picture())
    assert plain_photo(body) == body


@pytest.mark.parametrize(
    "body",
    [
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", b"\0\0\0\x1cftypavif\0\0\0\0",
        b"\0\0\0\x20ftypisom\0\0\x02\0", b"\0\0\0\x14ftypqt  ", b"\0\0\0\x08wide\0\0\0\0mdat",
        saved("TIFF", picture()), PHOTOS["jpeg"][:40], PHOTOS["png"][:200], PHOTOS["webp"][:300],
        b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x04\0\0\0WEBP", b"RIFF",
    ],
    ids=range(13),
)  # fmt: skip
def test_from_what_we_cannot_mend_nothing_is_said_to_be_taken_out(body):
    if body == b"RIFF":
        assert plain_photo(body) == body, "no photo at all"
        return
    with pytest.raises(PlaceStaysError):
        plain_photo(body)


@pytest.mark.parametrize("body", [b"", b"%PDF-1.7 zanzibar", b"GIF89a", bytes(range(256))])
def test_another_file_stays_as_it_is(body):
    assert plain_photo(body) == body


def test_a_photo_cut_off_within_its_picture_is_shown_as_far_as_it_goes():
    body = saved("JPEG", picture(), exif=told())[:-40]
    plain = plain_photo(body)
    assert plain.endswith(body[-100:])
    assert MAKER.encode() not in plain


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(PHOTOS)), st.data())
def test_however_a_file_is_spoilt_it_is_mended_or_refused_and_never_grows(name, data):
    body = bytearray(PHOTOS[name])
    for _ in range(data.draw(st.integers(1, 8))):
        body[data.draw(st.integers(3, len(body) - 1))] = data.draw(st.integers(0, 255))
    whole = bytes(body[: data.draw(st.integers(len(body) // 2, len(body)))])
    with suppress(PlaceStaysError):
        assert len(plain_photo(whole)) <= len(whole) + 100


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"Exif\0\0"]),
    st.sampled_from([b"II*\0", b"MM\0*"]),
)
def test_no_block_of_signs_leads_astray(block, name, head):
    shot = read_shot(name + head + block)
    assert shot.orientation in range(1, 9)
    assert read_shot(shot.write()) == shot


def test_what_is_read_is_written_so_that_it_is_read_again():
    for shot in (Shot(), Shot(3), Shot(1, TAKEN.encode()), Shot(8, TAKEN.encode())):
        assert read_shot(b"Exif\0\0" + shot.write()) == shot
