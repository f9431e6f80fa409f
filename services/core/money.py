"""Money is whole pence; only here does it become text."""


def pounds(pence: int) -> str:
    """£2,650.00 for 265000; a minus sign goes before the pound sign."""
    sign = "-" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"
