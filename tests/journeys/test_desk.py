"""At the desk in a real browser: invited, joined, an inbox, a casefile, a reply seen first and then sent."""

import base64
import json
import os
import re
import subprocess
import sys
import time

import pytest

from alongside.library.calling import code_of
from alongside.sealed.onetime import code_at
from tests.agencies import PASSPHRASE
from tests.journeys.serving import ROOT, follow, serve
from tests.journeys.test_accessible import faults
from tests.journeys.test_by_keyboard import tab_to
from tests.journeys.test_narrow import CLIPPED

FOR_STRANGERS = ("", "j/", "r/", "e/", "nowhere/")
INSIDE = ("i/", "i/o/1/", "a/", "a/j/1/", "a/c/", "a/n/", "a/b/", "a/p/", "a/k/")


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A server of its own, with an agency at its desk and people who wrote."""
    with serve(tmp_path_factory.mktemp("desk")) as served:
        env = os.environ | {
            "ALONGSIDE_DATABASE": str(served.store),
            "DJANGO_SETTINGS_MODULE": "alongside.config.settings.testing",
        }
        ran = subprocess.run(
            [sys.executable, "-m", "tests.journeys.desk_world"], cwd=ROOT, env=env, check=True,
            capture_output=True, text=True,
        )  # fmt: skip
        yield json.loads(ran.stdout) | {"url": f"http://desk.localhost:{served.port}"}


@pytest.fixture
def come(browser, desk):
    """Open a browser at the desk: ``come(signed_in=True, js=False, width=320)`` gives a page."""
    opened = []

    def open_page(*, signed_in=False, js=True, width=390, **more: str | bool):
        context = browser.new_context(
            base_url=desk["url"], java_script_enabled=js, viewport={"width": width, "height": 700},
            **more,
        )  # fmt: skip
        opened.append(context)
        context.set_default_timeout(10_000)
        if signed_in:
            found = desk["cookies"].items()
            context.add_cookies([{"name": n, "value": v, "url": desk["url"]} for n, v in found])
        return context.new_page()

    yield open_page
    for context in opened:
        context.close()


def shown_seed(page):
    letters = page.locator(".secret code", has_text=re.compile(r"^([A-Z2-7]{4} ?){8}$"))
    return base64.b32decode(letters.inner_text().replace(" ", ""))


def test_from_an_invitation_to_a_reply(come, desk, js):
    at = 0 if js else 1
    page = come(js=js)
    # Given an invitation, somebody joins with a passphrase and an app for codes
    page.goto("/en/")
    follow(page, "I have an invitation", "link")
    page.get_by_label("Code of your invitation").fill(desk["invitations"][at])
    follow(page, "Go on")
    assert "Example Street Legal Clinic (fictional)" in page.inner_text("main")
    assert page.locator("svg.square").bounding_box()["width"] > 150
    page.get_by_label("Sign-in name").fill(f"chidi {at}")
    page.get_by_label("Your name for colleagues").fill("Chidi")
    page.get_by_label("Passphrase").fill(page.locator("p.secret[dir=auto] code").inner_text())
    page.get_by_label("Six-digit code").fill(code_at(shown_seed(page), int(time.time())))
    follow(page, "Join")
    # Then the inbox is there, who waits longest first
    assert page.url.endswith("/en/i/")
    assert "wait for you" in page.inner_text("main")
    # When a casefile is opened, it says what was opened, what was not, and what the person wants
    page.goto(f"/en/k/{desk['cards'][at]}/")
    text = page.inner_text("main")
    for said in ("My papers", "Not opened to you", "Opened, nothing answered there", "¿Me ayudan?"):
        assert said in text
    # And a reply is written, seen as the person will see it, changed, seen again, and sent
    page.get_by_label("Your reply").fill("Venga a la iglesia.\nMañana.")
    follow(page, "See what the person will see")
    assert "iglesia" in page.locator(".warn").inner_text()
    follow(page, "Change it")
    assert page.get_by_label("Your reply").input_value() == "Venga a la iglesia.\nMañana."
    page.get_by_label("Your reply").fill("Sí, podemos ayudarle.")
    follow(page, "See what the person will see")
    assert "Sí, podemos ayudarle." in page.locator(".preview").inner_text()
    follow(page, "Send it")
    assert "Sí, podemos ayudarle." in page.locator(".said.ours").last.inner_text()
    # Then signing out leaves nothing behind
    follow(page, "Sign out")
    assert page.url == f"{desk['url']}/en/"
    assert page.context.cookies() == [] or {c["name"] for c in page.context.cookies()} == {"c"}
    page.goto("/en/i/")
    assert page.url == f"{desk['url']}/en/"


def test_a_file_is_downloaded_and_not_shown(come, desk):
    page = come(signed_in=True)
    page.goto(f"/en/k/{desk['cards'][2]}/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download the file").click()
    assert waiting.value.suggested_filename == "1.jpg"
    assert waiting.value.path().read_bytes() == b"j" * 4000


def test_a_paper_is_read_and_downloaded_under_a_name_that_tells_nothing(come, desk):
    page = come(signed_in=True, width=1280)
    page.goto(f"/en/k/{desk['cards'][2]}/")
    page.get_by_role("link", name="Memo of limits").last.click()
    page.wait_for_url("**/o/**")
    page.get_by_role("link", name=re.compile("^(law|answer) 1$")).first.click()
    assert re.search(r"#o\d+$", page.url)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download as PDF").click()
    assert waiting.value.suggested_filename == f"{code_of('limitation_memo')}.pdf"
    assert waiting.value.path().read_bytes().startswith(b"%PDF")


def test_the_whole_way_by_keyboard(come, desk):
    page = come(width=1280)
    page.goto("/en/")
    tab_to(page, name="name")
    page.keyboard.type("dana")
    tab_to(page, name="passphrase")
    page.keyboard.type(PASSPHRASE)
    tab_to(page, name="code")
    page.keyboard.type(code_at(bytes.fromhex(desk["seed"]), int(time.time())))
    with page.expect_event("load"):
        page.keyboard.press("Enter")
    page.wait_for_url("**/en/i/")
    tab_to(page, tag="A", href=f"/en/k/{desk['cards'][3]}/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/k/**")
    tab_to(page, tag="SUMMARY", text="Identity not confirmed")
    page.keyboard.press("Enter")
    tab_to(page, name="word")
    page.keyboard.type("River")
    with page.expect_event("load"):
        page.keyboard.press("Enter")
    assert "Identity confirmed" in page.inner_text("main")
    tab_to(page, tag="TEXTAREA", name="text")
    page.keyboard.type("Podemos ayudarle.")
    tab_to(page, tag="BUTTON", value="look")
    page.keyboard.press("Enter")
    page.wait_for_url("**/w/")
    tab_to(page, tag="BUTTON", value="send")
    with page.expect_event("load"):
        page.keyboard.press("Enter")
    assert "Podemos ayudarle." in page.locator(".said.ours").last.inner_text()


def with_device(page):
    """Give a browser a device that makes passkeys, as WebDriver's virtual authenticators are; return its wire."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable", {"enableUI": False})
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "isUserVerified": True,
        "hasUserVerification": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    added = wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return wire, added["authenticatorId"]


def say_who(page, name):
    page.goto("/en/")
    page.get_by_label("Sign-in name").fill(name)
    page.get_by_label("Passphrase").fill(PASSPHRASE)


def test_a_passkey_is_added_signs_in_and_is_removed(come, desk):
    page = come()
    wire, device = with_device(page)
    erin = [{"name": n, "value": desk["erin"][n], "url": desk["url"]} for n in "su"]
    page.context.add_cookies(erin)
    # Given somebody signed in, a device makes a passkey for them, under a name of theirs
    page.goto("/en/a/")
    follow(page, "Your passkeys", "link")
    page.get_by_label("A name for it").fill("Test key")
    page.get_by_label("Your passphrase now").fill("another passphrase")
    follow(page, "Add a passkey")
    assert "not your present passphrase" in page.inner_text(".err")
    assert not wire.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    page.get_by_label("Your passphrase now").fill(PASSPHRASE)
    follow(page, "Add a passkey")
    assert "Test key · since" in page.inner_text(".people")
    (held,) = wire.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert (held["rpId"], held["userName"]) == ("desk.localhost", "Test key")
    # When they sign out and in again, it stands in for the code
    follow(page, "Sign out")
    say_who(page, "erin")
    follow(page, "Use my passkey, not a code")
    assert page.url.endswith("/en/i/")
    # And once removed it does no more, while the device still has it
    page.goto("/en/a/k/")
    follow(page, "Remove", "link")
    page.get_by_label("Your passphrase now").fill(PASSPHRASE)
    follow(page, "Remove")
    assert "You have none." in page.inner_text("main")
    follow(page, "Sign out")
    say_who(page, "erin")
    follow(page, "Use my passkey, not a code")
    assert "do not fit together" in page.inner_text(".err")
    # Then a device that has none says so, and what was typed stands
    wire.send("WebAuthn.clearCredentials", {"authenticatorId": device})
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Use my passkey").click()
    page.get_by_text("The device gave no passkey").wait_for()
    assert page.get_by_label("Sign-in name").input_value() == "erin"


def test_without_scripts_the_code_is_all_there_is(come, desk):
    page = come(js=False)
    say_who(page, "erin")
    assert not page.get_by_role("button", name="Use my passkey").is_visible()
    page.get_by_label("Six-digit code").fill(
        code_at(bytes.fromhex(desk["erin"]["seed"]), int(time.time()))
    )
    follow(page, "Sign in")
    page.goto("/en/a/k/")
    assert "the six-digit code is enough" in page.inner_text("main")
    assert not page.get_by_role("button", name="Add a passkey").is_visible()


def pages(desk):
    """Return what to look at: inside, in several states."""
    return [
        *INSIDE,
        f"k/{desk['cards'][2]}/",
        f"k/{desk['cards'][2]}/o/{code_of('wage_claim')}/fr/",
        f"k/{desk['over']}/",
        f"a/l/{_code(desk['leaver'])}/",
        f"a/k/{_code(desk['held'])}/",
    ]


def _code(own):
    return base64.b32encode(bytes.fromhex(own)).decode().rstrip("=").lower()


def written(page, lang, desk):
    """Write a reply and stop before it is sent."""
    page.goto(f"/{lang}/k/{desk['cards'][2]}/")
    page.locator("#f-reply").fill("Come to 120 Main Street, M5V 2T6, at 3 pm. " + "w" * 60)
    with page.expect_event("load"):
        page.locator("#w button").click()
    return page


def test_arabic_runs_from_right_to_left_and_the_letter_in_its_own_direction(come, desk):
    page = written(come(signed_in=True), "ar", desk)
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator(".preview").get_attribute("dir") == "ltr", "the person reads Spanish"
    assert "انظروا مرة أخرى" in page.inner_text("main")
    page.goto(f"/ar/k/{desk['cards'][2]}/")
    side, main = (page.locator(part).bounding_box() for part in (".aside", ".middle"))
    assert main["y"] < side["y"], "one under the other on a phone, who writes first"
    page.set_viewport_size({"width": 1280, "height": 800})
    side, main = (page.locator(part).bounding_box() for part in (".aside", ".middle"))
    assert side["x"] > main["x"], "the first column is at the right"


def test_changing_a_reply_begins_where_it_is_written(come, desk, js):
    page = written(come(signed_in=True, js=js), "en", desk)
    follow(page, "Change it")
    assert page.evaluate("document.activeElement.id") == "f-reply"
    assert page.locator("#f-reply").bounding_box()["y"] < 700, "and is seen"


def test_what_is_folded_is_on_paper_all_the_same(come, desk):
    page = come(signed_in=True, width=1280)
    page.goto(f"/en/k/{desk['cards'][2]}/")
    shown = "all => all.map((one) => one.checkVisibility({ contentVisibilityAuto: true }))"
    tables = page.locator(".topic table")
    assert not any(tables.evaluate_all(shown))
    page.emulate_media(media="print")
    assert all(tables.evaluate_all(shown))
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert all(tables.evaluate_all(shown)), "by the script, in an older browser"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not any(tables.evaluate_all(shown))


@pytest.mark.parametrize("lang", ["en", "fr", "es", "ar", "xx"])
def test_nothing_is_cut_off_on_a_narrow_phone(come, desk, lang):
    stranger, page, found = come(width=320), come(signed_in=True, width=320), {}
    stranger.goto(f"/{lang}/j/")
    stranger.locator("#f-code").fill(desk["invitations"][2])
    with stranger.expect_event("load"):
        stranger.locator("main button.main").click()
    at = [(page, path) for path in pages(desk)] + [(stranger, p) for p in (*FOR_STRANGERS, "j/c/")]
    written(page, lang, desk)
    at.append((page, f"k/{desk['cards'][2]}/w/"))
    for who, path in at:
        who.goto(f"/{lang}/{path}", wait_until="domcontentloaded")
        assert path in who.url
        if out := who.evaluate(CLIPPED):
            found[path] = out
    assert found == {}


@pytest.mark.parametrize(("lang", "scheme"), [("en", "light"), ("ar", "light"), ("fr", "dark")])
def test_axe_is_silent(come, desk, lang, scheme):
    more = {"bypass_csp": True, "color_scheme": scheme}
    stranger, page, found = come(**more), come(signed_in=True, width=1280, **more), {}
    written(page, lang, desk)
    at = [(page, f"k/{desk['cards'][2]}/w/"), *((page, path) for path in pages(desk))]
    for who, path in [*at, *((stranger, path) for path in FOR_STRANGERS)]:
        who.goto(f"/{lang}/{path}")
        if said := faults(who):
            found[path] = said
    assert found == {}


def test_targets_are_big_enough_for_a_thumb(come, desk):
    page = come(signed_in=True, width=320)
    for path in pages(desk):
        page.goto(f"/en/{path}")
        for target in page.locator("main button, .go, .kinds a, .rows label, .box tbody a").all():
            if target.is_visible():
                assert target.bounding_box()["height"] >= 44, (path, target.inner_text())
