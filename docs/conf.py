"""How Sphinx builds the documentation."""

import wfm

project = "wfm"
author = "the wfm maintainers"
project_copyright = f"2026, {author}"
version = release = wfm.__version__

extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]

html_theme = "furo"
html_title = f"wfm {release}"
