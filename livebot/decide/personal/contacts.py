"""Where somebody can be reached online: e-mail addresses, WeChat and QQ accounts, plain and disguised."""

import re
from typing import Final

from livebot.decide.personal.view import Finding, View, as_digits

_PROVIDERS: Final = (
    "qq|163|126|139|189|gmail|outlook|hotmail|live|yahoo|sina|sohu|foxmail|icloud|aliyun|yeah|proton|protonmail|vip|msn|me|naver|gmx|aol"
)
_LOCAL: Final = r"(?<![A-Za-z0-9._%+\-])([A-Za-z0-9][A-Za-z0-9._%+\-]{0,63})"
_DOT: Final = r"\s{0,2}(?:\.|点|\(dot\)|\[dot\]|\bdot\b)\s{0,2}"
_LABEL: Final = r"[A-Za-z0-9\-]{1,63}"
_SURE_AT: Final = r"\s{0,2}(?:@|[(\[{<]\s?(?:a|at|@|艾特|爱特)\s?[)\]}>]|艾特|爱特|啊特|圈a|at符号|小老鼠)\s{0,2}"
_MAYBE_AT: Final = r"(?:\s{1,2}at\s{1,2}|\s{0,2}#\s{0,2})"
_MAILS: Final = (
    re.compile(rf"(?i){_LOCAL}@((?:{_LABEL}\.){{1,4}}[A-Za-z]{{2,24}})(?![A-Za-z0-9])"),
    re.compile(rf"(?i){_LOCAL}{_SURE_AT}((?:{_LABEL}{_DOT}){{1,3}}[A-Za-z]{{2,12}})(?![A-Za-z0-9])"),
    re.compile(rf"(?i){_LOCAL}{_MAYBE_AT}((?:{_PROVIDERS}){_DOT}(?:com|cn|net|org|hk|tw)(?:{_DOT}cn)?)(?![A-Za-z0-9])"),
    re.compile(rf"(?i){_LOCAL}{_MAYBE_AT}({_LABEL}\s{{0,2}}(?:点|\(dot\)|\[dot\]|\bdot\b)\s{{0,2}}[A-Za-z]{{2,12}})(?![A-Za-z0-9])"),
)

_HEART: Final = r"[\u2764\u2665\U0001f493-\U0001f49f\U0001f9e1❣♡]"
_WECHAT: Final = (
    rf"(?:[微威薇维葳徽围V][\s.·_-]?[信芯心❤星]|微{_HEART}|薇{_HEART}|V{_HEART}|卫星|绿泡泡|绿色软件|小绿书号|weixin|wechat|we chat|wei xin"
    r"|(?<![a-z])(?:vx|wx|v信|vxin|wxid)|(?:[加➕+]|\bjia)\s?(?:vx|wx|v(?!ip|x)|[薇威微])|(?<![a-z])v(?=[:号])|(?<=我)v(?=[a-z0-9_-]{6})|(?<![\u4e00-\u9fff])[薇威徽](?=\s?[:号]))"
)
_QQ: Final = (
    r"(?:(?<![a-z])q{1,2}(?=\s?(?:号|群|[:是]|\d))|扣扣|抠抠|企鹅号|企鹅(?=\d)|球球号?|加[q扣]|(?<=[我加])扣(?=\d)|(?<![a-z])q群|秋秋)"
)
_LINK: Final = r"(?:\s?(?:号码?|群号?|id|账号|联系|[:=是为：➕+加我一下]|\u2795|->|→)){0,4}\s?"
_ACCOUNT: Final = re.compile(rf"(?i){_WECHAT}({_LINK})([a-z0-9][a-z0-9_\-]{{4,19}})(?![a-z0-9_])")
_QQ_NUMBER: Final = re.compile(rf"(?i){_QQ}{_LINK}(?:\d(?:[ -]?\d){{4,10}})(?!\d|[只个块元件万])")
_TELEGRAM: Final = re.compile(
    r"(?i)(?:telegram|飞机|tg|line|whatsapp|instagram|ins|ig|抖音|小红书|快手|支付宝|alipay|旺旺|微博|钉钉|陌陌|b站|淘宝)(?:\s?(?:id|账号|号|[:是]){1,3}\s?|\s?(?=@))(@?[a-z0-9][a-z0-9_.\-]{4,24})"
)
SIGNS: Final = (  # each of these has one of them, in lower case
    *"@＠﹫#＃鼠➕ｖｑ微威薇维徽葳",
    *(
        "艾特",
        "爱特",
        "啊特",
        "圈a",
        "卫星",
        "围信",
        "绿泡泡",
        "绿色软件",
        "小绿书",
        "扣扣",
        "抠抠",
        "企鹅",
        "球球",
        "秋秋",
        "我扣",
        "加扣",
    ),
    *(f"q{after}" for after in "0123456789:：号群是 "),
    *(f"v{after}" for after in "x信芯心:：号❣♡❤♥🧡" + "".join(map(chr, range(0x1F493, 0x1F4A0)))),
    *("wx", "wechat", "we chat", "weixin", "wei xin", "加v", "加q", "加 v", "加 q", "我v", "+v", "+q", "+ v", "+ q", "jiav", "jia v"),
    *(
        "telegram",
        "飞机",
        "tg",
        "line",
        "whatsapp",
        "instagram",
        "ins@",
        "ins:",
        "ins：",
        "ins号",
        "ins是",
        "ig@",
        "ig:",
        "ig：",
        "ig号",
        "ig是",
        "ig ",
    ),
    *("抖音", "小红书", "快手", "支付宝", "alipay", "旺旺", "微博", "钉钉", "陌陌", "b站", "淘宝"),
    *(" at ", "(at)", "(a)", "[at]", "[a]", "{at}", "（at）", "（a）", "(at ", "( at"),
)
_COUNTED: Final = re.compile(r"\s?(?:只|个|块|元|件|万|套|米|斤|人|单)")


def find(view: View) -> list[Finding]:
    plain = view.plain
    found: list[Finding] = []
    for pattern in _MAILS:
        found += [(m.start(), m.end(), "email", f"{m[1][0]}***{_host(m[0][len(m[1]) :])}") for m in pattern.finditer(plain)]
    for m in _ACCOUNT.finditer(plain):
        if _is_account(m[1], m[2]) and not _COUNTED.match(plain, m.end()):
            found.append((*m.span(2), "account", f"{m[2][0]}***"))
    for m in _QQ_NUMBER.finditer(as_digits(plain)):
        start = m.start() + re.search(r"\d", m[0]).start()  # type: ignore[union-attr]
        found.append((start, m.end(), "account", f"{m[0][start - m.start()]}***"))
    for m in _TELEGRAM.finditer(plain):
        found.append((*m.span(1), "account", f"{m[1][0]}***"))
    return found


def _host(rest: str) -> str:
    return rest if rest.startswith("@") and " " not in rest else "@***"


def _is_account(link: str, name: str) -> bool:
    """Whether a word after "wechat" is a name and not the next word: it has a digit or _, or was introduced."""
    if name.isdigit():
        return len(name) <= 11
    told = any(sign in link for sign in ("号", "id", "ID", ":", "是", "="))
    return told or (len(name) > 5 and any(char.isdigit() or char in "_-" for char in name))
