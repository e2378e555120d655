"""Why there is no legal roster: what cannot be met together, in words, and the verified ways out."""
