"""Sentences a tiny HanLP model is taught in the tests: words by jieba, names and dependencies by how they are put together."""

import random

from pipeline.engines import Entity, Words, jieba

BODIES = ("区司法局", "县人民政府", "市委编办", "各镇街", "行政复议机关", "公安局")
SCHOOLS = [
    f"{place}{kind}"
    for place in ("县", "青禾", "白水", "南山")
    for kind in ("第一中学", "第二小学", "文旅集团")
]
PERSONS = [
    f"{family}{given}" for family in "王李赵陈刘周" for given in ("明", "兰", "强", "伟", "志国", "秀英")
]
ACTS = ("完善了", "全面落实", "依法开展", "持续加强", "组织召开", "认真办理")
THINGS = ("三项制度", "规范性文件备案审查", "法治政府建设", "行政执法监督", "普法宣传活动", "矛盾纠纷化解")
LABELS = ("责任单位", "牵头单位", "配合单位")


def made() -> list[Words]:
    """Return sentences of acts, which are parsed, and lists of duties, which are not, with the names in both."""
    chance = random.Random(1)
    acts = [
        [(who, "ORGANIZATION"), (act, "act"), (what, "what"), (f"，共{n}件。", "")]
        for n, who in enumerate(BODIES, 3)
        for act in ACTS
        for what in THINGS
    ]
    lists = []
    for _ in range(200):
        body, other = chance.choice([*BODIES, *SCHOOLS]), chance.choice(SCHOOLS)
        first, second = chance.sample(PERSONS, 2)
        label = chance.choice(LABELS)
        lists += [
            [
                (f"({label}:", ""),
                (body, "ORGANIZATION"),
                ("、", ""),
                (other, "ORGANIZATION"),
                (";完成时限:2024年)", ""),
            ],
            [("责任人:", ""), (first, "PERSON"), ("、", ""), (second, "PERSON"), ("。", "")],
            [(f"{label}:", ""), (other, "ORGANIZATION"), (first, "PERSON"), ("。", "")],
        ]
    return [*map(_parsed, _cut(acts)), *(words for words, _ in _cut(lists))]


def _cut(sentences):
    """Cut the parts of each sentence into words, and yield the words with their names, and where each part stands."""
    engine = jieba.open()
    for parts in sentences:
        words, starts, tags, names, spans, at = [], [], [], [], {}, 0
        for (part, kind), cut in zip(parts, engine.segment([part for part, _ in parts]), strict=True):
            spans[kind] = (len(words), len(words) + len(cut.words))
            words, tags = words + cut.words, tags + cut.tags
            starts += [at + start for start in cut.starts]
            names += [Entity(at, at + len(part), kind)] if kind.isupper() else []
            at += len(part)
        yield Words(words, starts, tags, [], [], names), spans


def _parsed(made: tuple[Words, dict]) -> Words:
    """Hang subject and object on the verb, their words on the last of each, and all else on the verb."""
    words, spans = made
    first, last = spans["act"]
    root = next((at for at in range(first, last) if words.tags[at] == "v"), last - 1)
    heads, relations = [root] * len(words.words), ["punct"] * len(words.words)
    relations[root] = "root"
    for kind, relation in (("ORGANIZATION", "nsubj"), ("what", "dobj")):
        begin, end = spans[kind]
        heads[begin : end - 1], relations[begin : end - 1] = (
            [end - 1] * (end - 1 - begin),
            ["nn"] * (end - 1 - begin),
        )
        relations[end - 1] = relation
    return words._replace(heads=heads, relations=relations)
