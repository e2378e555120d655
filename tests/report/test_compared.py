"""A comparison tells each variant's figures and their difference to the first."""

import csv
import io
from html.parser import HTMLParser

from tests.report.tiny_study import staffing_study, tiny_study
from wfm.report import study_csv, study_html, study_text


def test_the_text_shows_differences_to_the_first_variant_only_where_there_are_any() -> None:
    lines = study_text(tiny_study()).splitlines()
    assert "82.0" in lines[3]
    assert lines[5].split() == ["phone", "volume", "+20%", "−10.6", "=", "=", "=", "=", "=", "="]
    assert "−740.00" in lines[7]
    assert "conflict, 2 forbidden" in lines[6]


def test_a_study_of_staffing_has_no_empty_columns() -> None:
    text = study_text(staffing_study())
    assert "paid h" not in text
    assert "cost" not in text
    assert "required h" in text


def test_the_csv_can_be_reckoned_with() -> None:
    rows = list(csv.DictReader(io.StringIO(study_csv(tiny_study()).decode())))
    assert [float(row["service_level_phone_change"]) for row in rows] == [0.0, -0.106, -0.07]
    assert [float(row["cost_cents"]) for row in rows] == [259_000, 259_000, 185_000]
    assert rows[1]["variant"] == '\'=busier "<b>"'
    assert next(csv.DictReader(io.StringIO(study_csv(staffing_study()).decode())))["paid_hours"] == ""


def test_the_page_escapes_names_and_is_the_same_each_time() -> None:
    page = study_html(tiny_study())
    assert page == study_html(tiny_study())
    assert b"<b>&#34;" not in page
    assert b"=busier &#34;&lt;b&gt;&#34;" in page
    HTMLParser().feed(page.decode())
