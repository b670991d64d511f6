"""What the shop has promised everybody."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """What the shop has promised and so may say; nothing by default.

    ship_hours, arrive_hours, refund_hours, reply_hours: it does so within; 0 = no such promise. free_shipping: the regions ("全国" for all
    but remote ones). return_days: without reason. return_freight, freight_insurance: it pays. price_protect_days; warranty_months.
    compensation: N of "one false, N back". gifts: what it gives, by name. proven: words for which it has evidence, in plain spelling.
    off_platform: the platform allows to lead viewers elsewhere.
    """

    ship_hours: float = 0
    arrive_hours: float = 0
    refund_hours: float = 0
    reply_hours: float = 0
    free_shipping: tuple[str, ...] = ()
    return_days: int = 0
    return_freight: bool = False
    freight_insurance: bool = False
    price_protect_days: int = 0
    warranty_months: int = 0
    compensation: int = 0
    gifts: tuple[str, ...] = ()
    proven: tuple[str, ...] = ()
    off_platform: bool = False


NOTHING_PROMISED: Final = Promises()
