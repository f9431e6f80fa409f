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


def test_what_is_explained_can_be_set_again() -> None:
    settings = Settings(port=9000, sample_county=False, data_dir=Path("/srv/x"))
    assert Settings.from_environment({name: value for name, value, _ in settings.explained()}) == settings


def test_any_setting_may_be_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "amqp-url").write_text("amqp://partnership:secret@rabbitmq\n")
    (tmp_path / "port").write_text("9000")
    given = {"AMQP_URL_FILE": str(tmp_path / "amqp-url"), "PORT_FILE": str(tmp_path / "port")}
    settings = Settings.from_environment(given)
    assert (settings.amqp_url, settings.port) == ("amqp://partnership:secret@rabbitmq", 9000)


def test_a_bad_value_in_a_file_is_named_as_any_other(tmp_path: Path) -> None:
    (tmp_path / "port").write_text("http")
    with pytest.raises(BadSetting, match=r"^PORT must be a whole number"):
        Settings.from_environment({"PORT_FILE": str(tmp_path / "port")})


def test_a_file_that_cant_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"^AMQP_URL_FILE names .*nowhere, which can't be read: No such file"):
        Settings.from_environment({"AMQP_URL_FILE": str(tmp_path / "nowhere")})
    (tmp_path / "bytes").write_bytes(b"\xff")
    with pytest.raises(BadSetting, match="it is not UTF-8 text"):
        Settings.from_environment({"AMQP_URL_FILE": str(tmp_path / "bytes")})


def test_a_setting_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"^PORT and PORT_FILE are both set"):
        Settings.from_environment({"PORT": "9000", "PORT_FILE": str(tmp_path / "port")})


@pytest.mark.parametrize(
    "url", ["postgresql://county:s3cret@db:5432/x", "amqp://county:s3cret@mq", "esdb://a:s3cret@b"]
)
def test_a_password_in_an_address_is_not_shown(url: str) -> None:
    shown = {name: value for name, value, _ in Settings(postgres_url=url).explained()}["POSTGRES_URL"]
    assert shown == url.replace("s3cret", "***")
