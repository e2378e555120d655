"""The forecast methods, one file each."""

from wfm.domain import NotFound
from wfm.forecast.forecaster import ForecastMethod
from wfm.forecast.methods.auto import Auto
from wfm.forecast.methods.ensemble import Ensemble
from wfm.forecast.methods.ewma_day_type import EwmaDayType
from wfm.forecast.methods.mean_of_four import MeanOfFour
from wfm.forecast.methods.poisson_glm import PoissonGlm
from wfm.forecast.methods.svd_scores import SvdScores
from wfm.forecast.methods.top_down import TopDown

METHODS: tuple[ForecastMethod, ...] = (
    MeanOfFour(),
    EwmaDayType(),
    PoissonGlm(),
    SvdScores(),
    TopDown(),
    Ensemble(),
    Auto(),
)

__all__ = [
    "METHODS",
    "Auto",
    "Ensemble",
    "EwmaDayType",
    "MeanOfFour",
    "PoissonGlm",
    "SvdScores",
    "TopDown",
    "method_of",
]


def method_of(kind: str) -> ForecastMethod:
    """The method of a kind; raises NotFound for an unknown word."""
    for method in METHODS:
        if method.kind == kind:
            return method
    raise NotFound(f"expected a forecast method, one of {', '.join(m.kind for m in METHODS)}; came {kind!r}")
