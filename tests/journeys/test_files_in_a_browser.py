"""A form with files, sent by the script: as the browser would send it, and nothing lost when refused."""

from tests.doors.addresses import at
from tests.journeys.serving import follow

FILES = """form => {
  form.enctype = "multipart/form-data";
  const field = document.createElement("input");
  field.type = "file";
  field.name = "photo";
  form.prepend(field);
}"""


def opened(visit):
    """Open a question whose form was made one that may bring a file, and note what is sent."""
    page, sent = visit(), []
    page.goto(at("en", "job.months"))
    page.locator('form:has([name="job.months"])').evaluate(FILES)
    page.locator('[name="job.months"]').fill("7")
    page.on("request", lambda r: sent.append(r) if r.method == "POST" else None)
    return page, sent


def test_it_is_sent_in_the_coding_for_files_with_the_name_of_the_button(visit):
    page, sent = opened(visit)
    follow(page, "Next")
    kind = sent[0].headers["content-type"]
    assert kind.startswith("multipart/form-data; boundary=")
    assert sent[0].resource_type == "fetch"
    page.goto(at("en", "job.months"))
    assert page.locator('[name="job.months"]').input_value() == "7"


def test_a_file_travels_and_where_it_is_refused_the_words_stay_on_the_page(visit):
    """This question takes no files: had the file not travelled, the form would have been taken."""
    page, sent = opened(visit)
    picture = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"zanzibar" * 1_000}
    page.locator('[name="photo"]').set_input_files(picture)
    page.get_by_role("button", name="Next").click()
    page.locator("#offline").wait_for()
    assert sent[0].headers["content-type"].startswith("multipart/form-data; boundary=")
    assert page.locator('[name="job.months"]').input_value() == "7"
    assert page.url.endswith(at("en", "job.months"))


def test_any_other_form_is_sent_as_before(visit):
    page, sent = visit(), []
    page.goto(at("en", "job.months"))
    page.on("request", lambda r: sent.append(r) if r.method == "POST" else None)
    follow(page, "Next")
    assert sent[0].headers["content-type"].startswith("application/x-www-form-urlencoded")
