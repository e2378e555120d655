"""The report page stands alone, is well formed, lets no text become markup, and shows what it must."""

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from markupsafe import escape

from tests.report.tiny_plan import EVIL, tiny_plan
from tests.report.tiny_story import told_plan
from wfm.domain import Burden
from wfm.report.views import Html
from wfm.study import roster_problem
from wfm.study.fairness import fairness_of

VOID = {"meta", "input", "br", "link", "img", "hr"}


class Outline(HTMLParser):
    """Remembers ids and links, and that each element is closed by its own end."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.ids += [named["id"] or ""] if "id" in named else []
        self.links += [value or "" for key, value in attrs if key in {"href", "src"}]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module", params=[True, False], ids=["simulated", "not simulated"])
def page(request: pytest.FixtureRequest) -> str:
    return Html().render(tiny_plan(simulated=request.param))["report.html"].decode()


def test_the_page_is_well_formed_and_its_links_lead_somewhere(page: str) -> None:
    outline = Outline()
    outline.feed(page)
    assert outline.open == []
    assert len(set(outline.ids)) == len(outline.ids)
    assert {link.removeprefix("#") for link in outline.links} <= set(outline.ids)


def test_the_page_fetches_nothing(page: str) -> None:
    assert not re.findall(r"https?://|@import|url\(|<link|<img|src=", page)


def test_no_text_of_a_person_becomes_markup(page: str) -> None:
    assert EVIL not in page
    assert "<b>Bold" not in page
    assert "<you>" not in page
    assert "<i>learned" not in page
    assert page.count("<script>") == 1


def test_every_picture_is_well_formed_and_named(page: str) -> None:
    pictures = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(pictures) > 8
    for picture in pictures:
        assert ET.fromstring(picture).findtext("title")


def test_every_section_is_there(page: str) -> None:
    sections = re.findall(r'<section id="(\w+)">', page)
    assert sections == [
        "service",
        "forecast",
        "staffing",
        "roster",
        "fairness",
        "breaches",
        "compliance",
        "cost",
        "working",
    ]


def test_the_forbidden_breach_comes_before_the_priced_ones(page: str) -> None:
    told = page[page.index('<section id="breaches">') :]
    assert told.index("anna rests 11h") < told.index("phone has 0 of 2.22 agents")
    assert "✗ forbidden breach<" in page.replace("\n", "")


def test_the_page_says_what_it_was_built_on(page: str) -> None:
    plan = tiny_plan()
    assert plan.scenario_digest in page
    assert "chosen because the channel has patience" in page
    assert "3 agents give 0.9 seats" in page


def test_a_plan_without_simulation_says_so() -> None:
    page = Html().render(tiny_plan(simulated=False))["report.html"].decode()
    assert "Not simulated" in page
    assert "not simulated</span>" in page


def test_the_story_of_a_forecast_is_told_where_there_is_one() -> None:
    page = Html().render(told_plan())["report.html"].decode()
    for words in (
        "What people changed",
        "event mailing, by planning",
        "What it is made of",
        "1 finding in",
        "cable cut",
    ):
        assert words in page
    assert EVIL not in page
    assert "What people changed" not in Html().render(tiny_plan())["report.html"].decode()
    for picture in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        assert ET.fromstring(picture).findtext("title")


def test_the_ledger_and_refused_wishes_are_shown_with_their_reasons() -> None:
    plan = tiny_plan()
    workforce = plan.scenario.workforce.varied(burdens=(Burden(agent="anna", period="2026-09", nights=7),))
    scenario = plan.scenario.varied(workforce=workforce)
    report = fairness_of(scenario, roster_problem(scenario, plan.requirements), plan.solution.roster)
    text = Html().render(plan.varied(scenario=scenario, fairness=report))["report.html"].decode()
    assert "With what earlier periods asked" in text
    assert "+ 7" in text
    assert f"{report.points_granted} of {report.points} points granted" in text
    assert report.refused
    assert str(escape(report.refused[0].words)) in text
    assert "With what earlier periods asked" not in Html().render(plan)["report.html"].decode()
