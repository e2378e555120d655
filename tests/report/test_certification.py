"""The certificate of service on screen and page: given or not, before and after, who is missing, how sure."""

from tests.report.tiny_plan import tiny_plan
from wfm.domain import Abandonment, AverageWait, Estimate, ServiceLevel
from wfm.domain.performance import verdict
from wfm.report.certification import certificate_text, verdict_text
from wfm.report.textual import WIDTH
from wfm.report.view import View
from wfm.report.views import Html, Summary
from wfm.study.service_certificate import Correction, Kept, Missing, Robustness, ServiceCertificate

LEVEL, GONE = ServiceLevel(share=0.8, within_seconds=20), Abandonment(share=0.05)
FOUR, SURE = Estimate(mean=0.04, half_width=0.002), Estimate(mean=0.82, half_width=0.005)
CERTIFICATE = ServiceCertificate(
    seed=2**31 + 1,
    replications=300,
    kept=(
        Kept(channel="phone", target=LEVEL, before=Estimate(mean=0.78, half_width=0.005), after=SURE),
        Kept(channel="phone", target=GONE, before=FOUR, after=FOUR),
        Kept(channel="phone", target=AverageWait(seconds=20), before=Estimate(mean=30), after=Estimate(mean=15)),
    ),
    paid_minutes_before=6_000,
    paid_minutes=6_120,
    corrections=(Correction(factors=(("phone", 2.0),), paid_minutes=6_120, excess=0.0, channel="phone"),),
    reason="Every target is kept after 1 correction.",
    robustness=(
        Robustness(channel="phone", chance=0.97, chance_alike=0.8, day=tiny_plan().scenario.horizon.dates[0], bad=0.5),
    ),
)
MISSED = CERTIFICATE.varied(
    kept=(CERTIFICATE.kept[0].varied(after=Estimate(mean=0.79, half_width=0.005)), *CERTIFICATE.kept[1:]),
    missing=(Missing(like="anna", contract="full", skills=("phone",), agents=2, enough=True, week_minutes=2_400),),
)


def rendered(view: View, certificate: ServiceCertificate | None) -> str:
    (content,) = view.render(tiny_plan().varied(certified=certificate)).values()
    return content.decode()


def test_a_certificate_is_given_where_every_target_is_kept_for_sure() -> None:
    assert CERTIFICATE.certified
    assert [verdict(row.target, row.before) for row in CERTIFICATE.kept] == ["missed", "met", "missed"]
    assert CERTIFICATE.varied(kept=(CERTIFICATE.kept[0].varied(after=Estimate(mean=0.8)),)).certified, (
        "just kept is kept"
    )
    unsure = CERTIFICATE.varied(kept=(CERTIFICATE.kept[0].varied(after=Estimate(mean=0.82, half_width=0.03)),))
    assert not unsure.certified
    assert verdict_text(unsure) == "Not certified: phone at least 80% in 20s."


def test_before_and_after_stand_side_by_side_on_the_screen() -> None:
    text = "\n".join(certificate_text(CERTIFICATE))
    assert "paid 100.0 h before, 102.0 h after the corrections (+2.0%)" in text
    assert "78.0% ± 0.5 82.0% ± 0.5 met" in " ".join(text.split())
    assert "30.0 s ± 0.0" in text
    assert "97.0%, 80.0% where all days err alike" in " ".join(text.split())
    assert max(map(len, text.splitlines())) <= WIDTH


def test_a_summary_and_a_page_tell_of_the_certificate_where_there_is_one() -> None:
    for view in (Summary(), Html()):
        assert "Every target is kept after 1 correction." in rendered(view, CERTIFICATE)
        assert "ertified" not in rendered(view, None)
    page = rendered(Html(), CERTIFICATE)
    assert 'href="#certificate"' in page
    assert "phone × 2.00" in page


def test_who_is_missing_is_named_with_hours() -> None:
    wanted = "With 2 more agents like anna (full, phone), 80 h a week, the roster keeps every target in the simulation."
    assert wanted in " ".join(rendered(Summary(), MISSED).split())
    assert wanted in rendered(Html(), MISSED)
    assert "Not even" in MISSED.missing[0].varied(enough=False).words
