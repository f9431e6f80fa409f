"""What a school was charged, less what was taken back."""

from datetime import date

from msgspec.structs import replace

from services.analytics.picture.shape import SchoolPicture
from services.billing.events import ChargeRaised, ChargeReversed, PartYearCharged
from services.core.events import Event


def after(picture: SchoolPicture, event: Event, day: date) -> SchoolPicture:
    match event:
        case ChargeRaised() | PartYearCharged() | ChargeReversed():
            return replace(picture, charged=picture.charged + event.net)
    return picture
