"""One colour for each kind of shift, the same on every page and sheet."""

from __future__ import annotations

from wfm.domain import ShiftTemplate
from wfm.study import Scenario

FILLS = ("CFE4F7", "FBE3B5", "CDEBDD", "F3D3E0", "E2E0F3", "E9DCC9", "D5EEF0", "EBEBEB", "C9CDF0")
"""Background of each shade on white; dark text stays readable on all. The last is for nights."""
NIGHT = len(FILLS) - 1


def shades(scenario: Scenario) -> dict[str, int]:
    """A number 0..8 for each shift template: by earliest start, nights always the last, so that night looks like night."""
    day, zone = scenario.horizon.dates[0], scenario.horizon.zone
    ordered = sorted(scenario.templates, key=lambda template: (template.starts[0], template.name))

    def is_night(template: ShiftTemplate) -> bool:
        bare = template.model_copy(update={"breaks": ()})
        return bare.placed(day, template.starts[0], (), zone).is_night(zone)

    light = [template.name for template in ordered if not is_night(template)]
    return {name: k % NIGHT for k, name in enumerate(light)} | {
        template.name: NIGHT for template in ordered if is_night(template)
    }
