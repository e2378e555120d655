"""A roster that was told, mended with the fewest changes, and the proof that they are."""
