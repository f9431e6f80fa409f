"""What several events hold."""

from typing import Annotated

from msgspec import Meta

TextOf = Annotated[str, Meta(description="Whose key seals the text: the key can be destroyed, and the text with it")]
