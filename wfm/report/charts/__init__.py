"""Pictures for pages: pure functions from nouns to SVG."""
