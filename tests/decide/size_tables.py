"""Size tables of an imaginary shop, for the tests of sizes and products."""

from livebot.decide.shop.facts import SizeRow


def kilos(*jin: float) -> tuple[float, float]:
    low, high = jin
    return low / 2, high / 2


DRESS = (  # as written by a shop: S 80–95斤, M 96–108斤, L 109–120斤, XL 121–140斤
    SizeRow(size="S", height=(150, 159), weight=kilos(80, 95)),
    SizeRow(size="M", height=(155, 166), weight=kilos(96, 108)),
    SizeRow(size="L", height=(160, 172), weight=kilos(109, 120)),
    SizeRow(size="XL", height=(162, 178), weight=kilos(121, 140)),
)
MEN = (
    SizeRow(size="L", height=(168, 175), weight=(60, 70)),
    SizeRow(size="XL", height=(172, 182), weight=(70.5, 80)),
    SizeRow(size="2XL", height=(175, 190), weight=(80.5, 95)),
)
KIDS = (
    SizeRow(size="66", height=(59, 66), age=(3, 6)),
    SizeRow(size="73", height=(67, 73), age=(6, 12)),
    SizeRow(size="80", height=(74, 80), age=(12, 18)),
    SizeRow(size="90", height=(81, 90), age=(18, 30)),
    SizeRow(size="100", height=(91, 100), age=(30, 47)),
    SizeRow(size="110", height=(101, 110), age=(48, 71)),
    SizeRow(size="120", height=(111, 120), age=(72, 95)),
)
CHILD = (  # height alone
    SizeRow(size="100码", height=(91, 100)),
    SizeRow(size="110码", height=(101, 110)),
    SizeRow(size="120码", height=(111, 120)),
)
SHOES = (
    SizeRow(size="36", foot=(226, 230)),
    SizeRow(size="37", foot=(231, 235)),
    SizeRow(size="38", foot=(236, 240)),
    SizeRow(size="39", foot=(241, 245)),
)
WEIGHT = (  # weight alone
    SizeRow(size="均码", weight=kilos(80, 120)),
    SizeRow(size="大码", weight=kilos(121, 160)),
)
TABLES = {"dress": DRESS, "men": MEN, "kids": KIDS, "child": CHILD, "shoes": SHOES, "weight": WEIGHT}
