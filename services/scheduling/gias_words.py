"""The words of Get Information About Schools (GIAS) for type, group, status and phase."""

from functools import lru_cache

TYPES_BY_GROUP: dict[str, tuple[str, ...]] = {
    "Colleges": ("Further education", "Sixth form centres"),
    "Universities": ("Higher education institutions",),
    "Independent schools": ("City technology college", "Other independent school"),
    "Local authority maintained schools": (
        "Community school",
        "Voluntary aided school",
        "Voluntary controlled school",
        "Foundation school",
        "Pupil referral unit",
        "Local authority nursery school",
    ),
    "Special schools": (
        "Community special school",
        "Non-maintained special school",
        "Other independent special school",
        "Foundation special school",
    ),
    "Welsh schools": ("Welsh establishment",),
    "Other types": (
        "Secure units",
        "Offshore schools",
        "Service children's education",
        "Miscellaneous",
        "Special post 16 institution",
        "British schools overseas",
        "Institution funded by other government department",
    ),
    "Academies": (
        "Academy sponsor led",
        "Academy special sponsor led",
        "Academy converter",
        "Academy alternative provision converter",
        "Academy alternative provision sponsor led",
        "Academy special converter",
        "Academy 16-19 converter",
        "Academy 16 to 19 sponsor led",
        "Academy secure 16 to 19",
    ),
    "Free Schools": (
        "Free schools",
        "Free schools special",
        "Free schools alternative provision",
        "Free schools 16 to 19",
        "University technical college",
        "Studio schools",
    ),
    "Online provider": ("Online provider",),
}
GROUPS = tuple(TYPES_BY_GROUP)
GROUP_OF_TYPE = {name: group for group, names in TYPES_BY_GROUP.items() for name in names}
TYPES = tuple(GROUP_OF_TYPE)

STATUSES = ("Open", "Open, but proposed to close", "Proposed to open", "Closed")
PHASES = (
    "Not applicable",
    "Nursery",
    "Primary",
    "Middle deemed primary",
    "Secondary",
    "Middle deemed secondary",
    "16 plus",
    "All-through",
)

SPINE_TYPES = {
    "Academy - Converter mainstream": "Academy converter",
    "Academy sponsor led mainstream": "Academy sponsor led",
    "Academy - Converter special school": "Academy special converter",
    "Academy - Sponsor led special school": "Academy special sponsor led",
    "Free school - Mainstream": "Free schools",
    "Free school - Special": "Free schools special",
    "Free school 16-19": "Free schools 16 to 19",
    "General further education college": "Further education",
    "Sixth form college": "Further education",
    "Agriculture and horticulture college": "Further education",
}
"""Types as the performance tables' list of schools (the spine) words them, where GIAS has other words."""

SPINE_GROUPS = {
    "Local authority maintained schools": "Maintained School",
    "Academies": "Academy",
    "Free Schools": "Academy",
    "Independent schools": "Independent School",
    "Colleges": "College",
}
"""The spine's MINORGROUP for each GIAS group; it counts every special school as "Special School"."""


@lru_cache(maxsize=1024)
def known(text: str, words: tuple[str, ...]) -> str | None:
    """The word as GIAS writes it, whatever the letter case and spacing of `text`; None if it is not known."""
    plain = " ".join(text.split()).casefold()
    return next((word for word in words if word.casefold() == plain), None)
