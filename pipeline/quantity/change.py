"""Tell a change (同比增长12.3%) from a level (提高到95%)."""

import re

INCREASE = "同比+ 增长 增加 增 提高 提升 上升 上涨 攀升 激增 猛增 净增 增幅 升幅 涨幅 增速 涨 升 扩大 延长 多出 递增 翻 ↑".split()
DECREASE = (
    "同比- 同比− 下降 减少 降低 压减 压缩 缩短 缩减 降 减 降幅 减幅 跌幅 下滑 回落 下调 精简 核减 收窄 缩 递减 ↓ 少"
).split()
# Between the verb and its amount may stand 了, 约, 近, 超, 幅度 and the like, never 到 or 至, which make it a level.
BRIDGE = r"(?:(?:幅度?|率|速度?|比例)[为达]?|了|约|近|超过|超|逾|将近|平均|均|分别|各|达|在|\s){0,3}"
WORDS = re.compile(
    rf"(?:({'|'.join(map(re.escape, INCREASE))})|({'|'.join(map(re.escape, DECREASE))})){BRIDGE}$"
)
# 分别增长9.6%和12.1%: the second amount shares the verb of the first.
CHAINED = re.compile(r"(?:[0-9.]+(?:%|个百分点|个)?)(?:[、和与,及]|以及)$")
# 较上年多办结85件: compared with another year, 多 and 少 measure the difference.
COMPARED = re.compile(
    r"(?:比|较)[^,。;]{0,8}(?:(多|增)|(少|减))[收办立审查处结调解开展了培训案理发受理]{0,4}$"
)
# 压减审批时限60%: a share that a verb of change takes through its object.
THROUGH = re.compile(
    r"(?:(提高|提升|增加)|(压减|压缩|缩短|减少|降低|精简|节约|节省|(?<![核裁])减(?![免轻税负半刑])))"
    r"(?![^,，。;；、]*(?:率|占|达|为|到|至|比例|比重|的))[^,，。;；、0-9]{1,10}$"
)
NOT_A_CHANGE = re.compile(
    r"(?:新增|增设|增配|增补|增聘|增派|新增加|增挂|减免|减征|减半|减轻|减税|减负|提升至|不少|至少|最少|多少|缺少)[^升降]{0,2}$"
)
REACH = 16
# One of these stands in every word of change, in what is compared, and in what only looks like a change.
MOVES = re.compile("[同增提上攀激猛净升涨扩延多递翻↑下减降压缩跌回精核收少↓比较节]")


def of(text: str, start: int, kind: str) -> str | None:
    """Return increase or decrease when the amount at `start` is a change, else None."""
    window = text[max(0, start - REACH) : start].rstrip()
    if not MOVES.search(window) or NOT_A_CHANGE.search(window):
        return None
    for pattern in (WORDS, COMPARED) if kind != "percent" else (WORDS, COMPARED, THROUGH):
        match = pattern.search(window)
        if match:
            return "increase" if match.group(1) else "decrease"
    return None


def is_chained(text: str, start: int) -> bool:
    """Tell whether the amount stands in a row of shares (增长9.6%和12.1%) and so shares their change."""
    return bool(CHAINED.search(text[max(0, start - REACH) : start]))
