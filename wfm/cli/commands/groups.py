"""`wfm groups`: how many agents of each skill group, and how far from the cheapest that could be."""

from __future__ import annotations

from pathlib import Path

from wfm.cli.exits import Exit
from wfm.cli.talk import out, out_json, say
from wfm.domain.quantity import count_text
from wfm.study.skill_mix import SkillMix, staff_groups
from wfm.study.skill_sheet import read_skill_centre


def groups(file: Path, seed: int, workers: int, *, as_json: bool) -> int:
    """Print the mix, its cost beside the bound, and the certified service of each type; findings where a type is not certified."""
    mix = staff_groups(read_skill_centre(file), seed=seed, workers=workers, tell=say)
    if as_json:
        out_json({**mix.model_dump(), "gap": mix.gap, "certified": mix.certified})
    else:
        out(_text(mix))
    return Exit.OK if mix.certified else Exit.FINDINGS


def _text(mix: SkillMix) -> str:
    verdict = "every target met at 95 % confidence" if mix.certified else "not every target is certified"
    agents = [f"  {name:16} {number:5d}" for name, number in zip(mix.groups, mix.agents, strict=True) if number]
    services = [
        f"  {row.name:16} {row.share.share_text():>15}  {100 * row.asked:.1f}% asked  due {row.allowance_seconds:4.0f} s after it came"
        + ("" if row.kept else "  NOT CERTIFIED")
        for row in mix.services
    ]
    cost = f"cost {mix.cost:.2f}; no mix costs less than {mix.bound:.2f} (gap {100 * mix.gap:.1f} %)"
    return "\n".join(
        [
            f"{count_text(sum(mix.agents), 'agent')}, {cost}; {verdict}",
            "agents of each group:",
            *agents,
            "service of each type on fresh calls, and when a call of it is due in the common queue:",
            *services,
        ]
    )
