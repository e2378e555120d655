"""What each command does: load, one call, show or save."""

__all__: list[str] = []
