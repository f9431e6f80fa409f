"""Every setting comes from the environment, has a default, and is explained."""

from pathlib import Path

import pytest

from services.core.settings import BadSetting, Settings


def test_an_empty_environment_gives_the_defaults() -> None:
    assert Settings.from_environment({}) == Settings()
    assert Settings.from_environment({"PORT": ""}).port == 8000


def test_each_kind_of_setting_is_read() -> None:
    chosen = {"DATA_DIR": "/srv/county", "PORT": "65535", "SAMPLE_COUNTY": "0", "LOG_LEVEL": "debug", "OTHER": "x"}
    settings = Settings.from_environment(chosen)
    assert (settings.data_dir, settings.port, settings.sample_county) == (Path("/srv/county"), 65_535, False)
    assert settings.log_level == "debug"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "8000.5"),
        ("THREADS", "many"),
        ("SAMPLE_COUNTY", "yes"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_what_cant_be_used_is_named_with_what_would_do(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=rf"^{name} must be .*, not '{value}'\.$"):
        Settings.from_environment({name: value})


def test_every_setting_is_explained_with_the_value_in_force() -> None:
    explained = {name: (value, words) for name, value, words in Settings(sample_county=False).explained()}
    assert set(explained) == {name.upper() for name in Settings.__struct_fields__}
    assert explained["PORT"][0] == "8000"
    assert explained["SAMPLE_COUNTY"][0] == "0"
    assert all(len(words) > 20 for _, words in explained.values())


def test_a_password_in_an_address_is_not_shown() -> None:
    settings = Settings(
        kurrentdb_url="esdb://admin:secret@one:2113,two:2113?Tls=true", amqp_url="amqp://guest:secret@x"
    )
    shown = {name: value for name, value, _ in settings.explained()}
    assert shown["KURRENTDB_URL"] == "esdb://admin:***@one:2113,two:2113?Tls=true"
    assert shown["AMQP_URL"] == "amqp://guest:***@x"


def test_what_is_explained_can_be_set_again() -> None:
    settings = Settings(port=9000, sample_county=False, data_dir=Path("/srv/x"))
    assert Settings.from_environment({name: value for name, value, _ in settings.explained()}) == settings
