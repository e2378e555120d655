import pytest

from wfm.api import Settings, check_exposure
from wfm.domain import InputError, Refused


def test_settings_come_from_the_environment() -> None:
    environment = {
        "WFM_DATABASE": "sqlite:///x",
        "WFM_WORKERS": "3",
        "WFM_WALL_SECONDS": "60",
        "WFM_NO_SKIP": "1",
        "HOME": "x",
    }
    settings = Settings.from_environment(environment)
    assert (settings.database, settings.jobs.workers, settings.jobs.wall_seconds) == ("sqlite:///x", 3, 60.0)
    assert Settings.from_environment({}) == Settings()


def test_a_wrong_setting_is_told_by_its_name() -> None:
    with pytest.raises(InputError, match="WFM_WORKERS: expected at least 1, came '0'"):
        Settings.from_environment({"WFM_WORKERS": "0"})


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_this_machine_may_be_served_without_keys(host: str) -> None:
    check_exposure(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", "", "127.0.0.1.example.org"])
def test_others_may_not(host: str) -> None:
    with pytest.raises(Refused, match="came"):
        check_exposure(host)
