"""Product tables on disk (TOML, or CSV as Excel saves it) → the shop's facts, with every mistake said in plain words."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from livebot.decide.shop.facts import Bundle, Facts, Product
from livebot.decide.text import fold
from livebot.errors import ConfigError, Problem
from livebot.keep import facttable
from livebot.keep.complaints import nearest
from livebot.keep.ruletable import RuleTable
from livebot.keep.tomlfile import LARGEST, Locate, read_toml

_DEFAULTS: Final = ("valid_until", "owner", "last_verified")
_BUNDLE_FIELDS: Final = ("name", "links", "say", "valid_until")
#: The columns of a CSV table, as people name them.
COLUMNS: Final[Mapping[str, str]] = {
    name: field
    for field, names in {
        "link": "link 链接号 链接 号码 序号 编号 几号",
        "name": "name 商品名 名称 商品 商品名称 品名",
        "aliases": "aliases 别名 叫法 简称",
        "ids": "ids 平台编号 商品id 商品ID",
        "price": "price 价格 价钱 到手价 直播价 售价",
        "coupon": "coupon 优惠 优惠券 券",
        "coupon_until": "coupon_until 优惠截止 券有效期",
        "stock": "stock 库存",
        "variants": "variants 规格库存 款式 sku SKU 颜色尺码",
        "sizes": "sizes 尺码表 尺码",
        "spec": "spec 参数 材质 规格 成分",
        "ship": "ship 发货 发货时间 物流",
        "policy_id": "policy_id 政策编号",
        "policy_version": "policy_version 政策版本",
        "policy": "policy 政策 售后政策 退换政策",
        "warranty": "warranty 质保 保修",
        "returnable": "returnable 支持无理由 七天无理由 可退",
        "valid_until": "valid_until 有效期 有效期至",
        "owner": "owner 负责人",
        "last_verified": "last_verified 核对日期 最后核对",
    }.items()
    for name in names.split()
}
_YES: Final = frozenset(("是", "支持", "可", "可以", "有", "yes", "y", "true", "1"))
_NO: Final = frozenset(("否", "不支持", "不可", "不可以", "无", "no", "n", "false", "0"))


def is_fact_file(path: Path) -> bool:
    """products.toml, products-shoes.toml, 商品.toml, and every .csv of a rule pack."""
    return path.suffix.lower() == ".csv" or (path.suffix == ".toml" and path.stem.lower().startswith(("products", "商品")))


def load_facts(files: Iterable[tuple[Path, str]]) -> Facts:
    """All product tables as one; files are (path, name to show). Raises ConfigError with every problem of every file."""
    problems: list[Problem] = []
    products: list[Product] = []
    bundles: list[Bundle] = []
    for path, shown in files:
        try:
            if path.suffix.lower() == ".csv":
                products += _from_csv(path, shown, problems)
            else:
                _from_toml(path, shown, products, bundles, problems)
        except ConfigError as error:
            problems.extend(error.problems)
    problems += _clashes(products)
    links = {product.link for product in products}
    for bundle in bundles:
        if missing := [link for link in bundle.links if link not in links]:
            zh, en = f"套餐里的 {missing[0]} 号不在商品表里", f"the bundle's product {missing[0]} is not in the table"
            problems.append(_about(bundle, "links", zh, en))
    if problems:
        raise ConfigError(problems)
    return Facts(products=tuple(products), bundles=tuple(bundles))


def _about(one: Product | Bundle, field: str, zh: str, en: str) -> Problem:
    file, _, line = one.source.rpartition(":")
    return Problem(file=file, line=int(line), table=one.name, field=field, zh=zh, en=en)


def _clashes(products: list[Product]) -> list[Problem]:
    """One number or one name for two products would make every answer about them a guess."""
    problems: list[Problem] = []
    links: dict[int, Product] = {}
    names: dict[str, Product] = {}
    for product in products:
        if other := links.get(product.link):
            zh, en = (
                f"{product.link} 号已经给了“{other.name}”（{other.source}）",
                f"link {product.link} is {other.name} already ({other.source})",
            )
            problems.append(_about(product, "link", zh, en))
            continue
        links[product.link] = product
        for name in (product.name, *product.aliases):
            other = names.setdefault(fold(name), product)
            if other is not product:
                field = "name" if name == product.name else "aliases"
                zh = f"“{name}”已经是 {other.link} 号的名字了（{other.source}），分不清"
                problems.append(_about(product, field, zh, f"{name!r} names product {other.link} already ({other.source})"))
    return problems


# ── TOML ───────────────────────────────────────────────────────────────────────


def _from_toml(path: Path, shown: str, products: list[Product], bundles: list[Bundle], problems: list[Problem]) -> None:
    data, locate = read_toml(path, shown=shown, exact=True)
    top = _Top(shown, data, locate, problems)
    defaults = {"valid_until": top.moment("valid_until"), "last_verified": top.moment("last_verified"), "owner": top.data.get("owner")}
    for id_, content in data.items():
        if id_ in _DEFAULTS:
            continue
        if id_ == "bundle":
            bundles += _bundles(content, shown, locate, problems)
        elif not isinstance(content, dict):
            zh, en = "这一项写在商品的前面了，请先写一行 [号码]，例如 [3]", "this stands before any product; write a line such as [3] first"
            problems.append(Problem(file=shown, line=locate((), id_) or locate((id_, 0), ""), field=id_, zh=zh, en=en))
        else:
            table = RuleTable(file=shown, id=id_, data=content, locate=locate, problems=problems)
            if (product := facttable.product(table, content, defaults)) is not None:
                products.append(product)


class _Top(RuleTable):
    """What stands before the first product: it holds for all of them."""

    def __init__(self, file: str, data: Mapping[str, Any], locate: Locate, problems: list[Problem]) -> None:
        self.data = {name: value for name, value in data.items() if name in _DEFAULTS}
        super().__init__(file=file, id="", data=self.data, locate=lambda _, field: locate((), field), problems=problems)


def _bundles(content: object, shown: str, locate: Locate, problems: list[Problem]) -> list[Bundle]:
    if not isinstance(content, list) or not all(isinstance(item, dict) for item in content):
        zh, en = "套餐用两层方括号：[[bundle]]", "a bundle stands in double brackets: [[bundle]]"
        problems.append(Problem(file=shown, line=locate(("bundle",), ""), table="bundle", zh=zh, en=en))
        return []
    found = []
    for number, item in enumerate(content):

        def line(_: object, field: str, number: int = number) -> int | None:
            return locate(("bundle", number), field)

        table = RuleTable(file=shown, id="bundle", data=item, locate=line, problems=problems)
        before = len(problems)
        table.only(_BUNDLE_FIELDS, {})
        links = item.get("links")
        if not isinstance(links, list) or len(links) < 2 or not all(isinstance(link, int) for link in links):
            table.complain("links", "要写至少两个链接号，例如 [2, 3]", "must be two links or more, as in [2, 3]")
        name, say = table.text("name"), table.text("say")
        for field, value in (("name", name), ("say", say)):
            if not value:
                table.complain(field, f"缺少 {field}", f"{field} is missing") if field not in item else None
        until = table.moment("valid_until")
        if len(problems) == before:
            found.append(Bundle(name=str(name), links=tuple(links or ()), text=str(say), valid_until=until, source=table.source))
    return found


# ── CSV ────────────────────────────────────────────────────────────────────────


def _from_csv(path: Path, shown: str, problems: list[Problem]) -> list[Product]:
    text = _decoded(path, shown)
    delimiter = max(",\t;，", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise _broken(shown, f"表格读不了：{error}", f"the table cannot be read: {error}", reader.line_num) from None
    rows = [(line, [cell.strip() for cell in row]) for line, row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise _broken(shown, "表格是空的", "the table is empty")
    columns = _columns(rows[0][1], shown, rows[0][0], problems)
    products: list[Product] = []
    if "link" not in columns:
        return products
    for line, row in rows[1:]:
        cells = {field: cell for field, cell in zip(columns, row, strict=False) if field and cell}
        data = _row_data(cells)
        table = RuleTable(file=shown, id=cells.get("link", ""), data=data, locate=lambda *_, line=line: line, problems=problems)
        if (product := facttable.product(table, data, {})) is not None:
            products.append(product)
    return products


def _columns(header: list[str], shown: str, line: int, problems: list[Problem]) -> list[str]:
    columns = [COLUMNS.get(name.strip("*＊ "), COLUMNS.get(name.lower(), "")) for name in header]
    for name, field in zip(header, columns, strict=True):
        if name and not field:
            meant = nearest(name, COLUMNS)
            zh = f"不认识这一列：{name}" + (f"，是不是 {meant}？" if meant else "。可以用的列名见 docs/facts.md")
            en = f"unknown column {name}" + (f"; did you mean {meant}?" if meant else "; see docs/facts.md for those that are known")
            problems.append(Problem(file=shown, line=line, field=name, zh=zh, en=en))
    for field in ("link", "name"):
        if field not in columns:
            zh, en = f"缺少“{'链接号' if field == 'link' else '商品名'}”这一列", f"there is no column {field}"
            problems.append(Problem(file=shown, line=line, zh=zh, en=en))
    for field in {field for field in columns if field and columns.count(field) > 1}:
        names = "、".join(name for name, one in zip(header, columns, strict=True) if one == field)
        problems.append(Problem(file=shown, line=line, zh=f"这几列是同一个意思：{names}", en=f"these columns mean the same: {names}"))
    return columns


def _row_data(cells: Mapping[str, str]) -> dict[str, Any]:
    """A row's cells as the same data that a TOML table has."""
    data: dict[str, Any] = {name: cell for name, cell in cells.items() if not name.startswith("policy")}
    for name in ("aliases", "ids"):
        if name in data:
            data[name] = [part for part in re.split(r"[、,，;；/|]+", data[name]) if part.strip()]
    for name in ("variants", "spec", "ship"):
        if name in data and (pairs := _cell_pairs(data[name], needed=name == "variants")):
            data[name] = pairs
    if "sizes" in data:
        parts = (
            part.split(maxsplit=1) for part in re.split(r"[;；\n]+", data["sizes"].replace("：", " ").replace(":", " ")) if part.strip()
        )
        data["sizes"] = {part[0]: part[1] if len(part) > 1 else "" for part in parts}
    if "policy" in cells:
        data["policy"] = {"id": cells.get("policy_id", ""), "version": cells.get("policy_version", ""), "text": cells["policy"]}
    if "returnable" in data:
        said = data["returnable"].lower()
        data["returnable"] = True if said in _YES else False if said in _NO else said
    for name in ("valid_until", "coupon_until", "last_verified"):
        if name in data and (parts_of := re.fullmatch(r"(\d{4})[/.年-](\d{1,2})[/.月-](\d{1,2})日?(?: 0?0:00(?::00)?)?", data[name])):
            data[name] = f"{parts_of[1]}-{int(parts_of[2]):02d}-{int(parts_of[3]):02d}"
    return data


def _cell_pairs(cell: str, *, needed: bool) -> dict[str, str]:
    """ "红M:3; 白L:0" → {"红M": "3", …}; {} where it is plain text."""
    parts = [part.strip() for part in re.split(r"[;；\n]+", cell) if part.strip()]
    pairs = [re.split(r"\s*[:：=]\s*", part, maxsplit=1) for part in parts]
    if not needed and not any(len(pair) == 2 for pair in pairs):
        return {}
    return {(pair[0] if len(pair) == 2 else ""): pair[-1] for pair in pairs}


def _decoded(path: Path, shown: str) -> str:
    """UTF-8, UTF-16 or, as Excel in China saves it, GBK."""
    try:
        if path.stat().st_size > LARGEST:
            raise _broken(shown, "文件太大", "the file is too large")
        raw = path.read_bytes()
    except OSError as error:
        raise _broken(shown, f"文件读不了：{error.strerror}", f"cannot read the file: {error.strerror}") from None
    encodings = ("utf-16",) if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return raw.decode(encoding).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
        except UnicodeDecodeError:
            continue
    if raw[:4] == b"PK\x03\x04":
        raise _broken(shown, "这是 Excel 文件，请另存为 CSV", "this is an Excel file; save it as CSV")
    raise _broken(shown, "文件编码认不出来，请在 Excel 里另存为“CSV UTF-8”", "unknown encoding; save it as CSV UTF-8")


def _broken(name: str, zh: str, en: str, line: int | None = None) -> ConfigError:
    return ConfigError([Problem(file=name, line=line, zh=zh, en=en)])
