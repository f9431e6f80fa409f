"""What every command needs that speaks to services in processes of their own."""

from importlib.util import find_spec

from services.core import logs
from services.core.settings import BadSetting, Settings


def settings_apart() -> Settings:
    """The settings in force. Raises BadSetting where they, or what is installed, give no way to the services."""
    settings = Settings.from_environment()
    if not settings.amqp_url:
        raise BadSetting("AMQP_URL must name the message broker of services that run apart: amqp://...")
    if find_spec("nameko") is None:  # a platform in one process does without
        raise BadSetting("AMQP_URL needs packages that are not installed here. Install them with: make cluster")
    logs.configure(settings.log_level)
    return settings
