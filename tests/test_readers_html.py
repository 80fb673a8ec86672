"""Web pages: the report and nothing of the page around it, whatever the page is built of and says of itself."""

import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from pipeline.readers import facts, html, mht
from pipeline.readers.limits import Limits, UnreadableFile

PRACTICE = Path(__file__).parent / "data" / "practice"
TITLE = "青山县2022年法治政府建设工作情况报告"
BODY = [
    "2022年，青山县坚持以习近平法治思想为指导，全面推进依法行政，各项工作取得新成效。现将有关情况报告如下：",
    "一、主要做法",
    "（一）加强组织领导，压实工作责任",
    "县委常委会、县政府常务会议专题研究法治建设工作8次，组织领导干部旁听庭审12场（次），述法实现全覆盖。",
    "（二）规范执法行为，提升执法质效",
    "全年办理行政处罚案件1,326件，罚没金额215.7万元，同比下降12.3%；评查案卷240卷，合格率98.75%。",
    "二、存在问题",
    "一是基层执法力量不足，持证人员仅占63.2%；二是普法形式不够多样，群众参与度有待提高。",
    "青山县人民政府",
    "2023年1月16日",
]
REPORT = [TITLE, *BODY]
NAVIGATION = (
    '<div class="nav"><a href="/">首页</a> <a href="/zwgk">政务公开</a> <a>办事服务</a> <a>互动交流</a></div>'
)
RELATED = "<div><h3>相关新闻</h3><ul>" + "".join(
    f"<li><a href='#'>青山县召开第{n}次全面依法治县工作会议，部署下一步任务</a> 2022-0{n}-11</li>"
    for n in range(1, 8)
)
RELATED += "</ul></div>"
FOOTER = (
    '<div class="foot">主办单位：青山县人民政府办公室 网站标识码：4400000001 <a>粤ICP备05000001号</a>'
    "<p>建议使用1366×768以上分辨率浏览 您是第12345位访问者</p></div>"
)


def read(page: str, codec: str = "utf-8"):
    return html.read(page.encode(codec), Limits())


def shared(got: str, wanted: str) -> tuple[float, float]:
    """Return the share of wanted non-blank characters that were got in order, and how many more came, as a share."""
    a, b = "".join(wanted.split()), "".join(got.split())
    same = sum(block.size for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    return same / len(a), (len(b) - same) / len(a)


def test_practice_page_gives_its_body():
    reading = html.read((PRACTICE / "haiyan.html").read_bytes(), Limits())
    kept, extra = shared(reading.text, (PRACTICE / "haiyan.body.txt").read_text(encoding="utf-8"))
    assert kept >= 0.99 and extra < 0.01
    assert reading.metadata == {
        "title": "海堰区2022年度法治政府建设情况报告",
        "published": "2023-03-27",
        "written": "2023-03-24",
        "issuer": "区政府办公室",
        "document_number": "海政〔2023〕9号",
        "index": "113399080024567XK/2023-60174",
        "source": "区司法局",
        "site": "海堰区人民政府门户网站",
    }


def old_tables() -> str:
    """A page laid out with tables, paragraphs parted by <br>."""
    article = "<br><br>".join("　　" + paragraph for paragraph in BODY)
    return f"""<html><head><meta http-equiv=Content-Type content="text/html; charset=iso-8859-1"><title>{TITLE}-青山县</title>
    </head><body bgcolor=#fff><table width=960><tr><td>{NAVIGATION}</td></tr>
    <tr><td>当前位置：<a>首页</a>&gt;&gt;<a>法治建设</a>&gt;&gt;正文</td></tr>
    <tr><td width=200><table><tr><td><a>机构概况</a></td></tr><tr><td><a>通知公告</a></td></tr></table></td>
    <td><table width=700><tr><td align=center><font size=5><b>{TITLE}</b></font></td></tr>
    <tr><td>发布时间：2023-01-18　来源：县司法局　点击数：<script>hits()</script>123　【字体：<a>大</a> <a>中</a> <a>小</a>】</td></tr>
    <tr><td class=content><font size=3>{article}</font></td></tr>
    <tr><td>【<a>打印本页</a>】【<a>关闭窗口</a>】</td></tr><tr><td>上一篇：<a>关于印发</a><br>下一篇：没有了</td></tr></table></td></tr>
    <tr><td>{FOOTER}</td></tr></table></body></html>"""


def title_inside() -> str:
    """The title broken by <br> inside the article's element, the signature outside its inner one."""
    return f"""<html><head><meta charset=utf-8><title>青山县政府门户网站 {TITLE}</title></head><body>{NAVIGATION}
    <div class="main"><div class="crumbs">您的位置： 首页 > 政务公开 > 正文</div><div class="article"><h1>{TITLE[:9]}<br>{TITLE[9:]}</h1>
    <p class=info><span>来源：县政府办</span><span>作者：张三</span><span>发布时间：2023年01月18日</span></p>
    <div id="content"><div class="inner">{"".join(f"<div>{p}</div>" for p in BODY[:-2])}</div>
    <div align=right>{BODY[-2]}</div><div align=right>{BODY[-1]}</div></div>
    <p>责任编辑：李四</p><div class="fx">分享到：</div></div><div class="side"><h4>热点新闻</h4>
    {"".join(f"<p><a>第{n}条新闻标题，内容丰富，欢迎点击</a></p>" for n in range(9))}</div></div>{FOOTER}</body></html>"""


def from_word() -> str:
    """Paragraphs pasted from Word: numbers split by markup, conditional comments, hidden spans, source line breaks."""

    def pasted(paragraph: str) -> str:
        split = re.sub(r"(\d)(\.?\d)", r'<span lang="EN-US">\1</span><font face="宋体">\2</font>', paragraph)
        before = "<!--[if gte mso 9]><xml><w:a>12</w:a></xml><![endif]--><![if !supportLists]><span></span><![endif]>"
        return f"""<p class=MsoNormal>{before}&#12288;&#12288;{split.replace("，", f"，{chr(10)}   ")}
        <span style="display: none">隐藏99</span><span style="mso-hide:all">8</span><o:p>&nbsp;</o:p></p>"""

    return f"""<html xmlns:o="urn"><head><title>{TITLE}</title><style>.gone, .x{{display:none}} p{{margin:0}}</style></head>
    <body>{NAVIGATION}<div class="gone">隐藏的摘要，不应当出现在正文里面，共有8项内容。</div>
    <div class="detail"><div class="title">{TITLE}</div><div class="con">{"".join(map(pasted, BODY))}</div></div>{RELATED}{FOOTER}</body></html>"""


def preformatted() -> str:
    lines = "\n".join("    " + paragraph for paragraph in BODY)
    return f"<html><head><title>{TITLE}</title></head><body><h3>{TITLE}</h3><pre>{lines}</pre><hr>{FOOTER}</body></html>"


def unclosed() -> str:
    return f"""<HTML><HEAD><TITLE>{TITLE}</TITLE></HEAD><BODY><CENTER><H1>{TITLE}</H1></CENTER><P>
    {"<P>".join("&nbsp;&nbsp;&nbsp;&nbsp;" + p for p in BODY)}<HR><CENTER><A HREF=/>返回首页</A></CENTER></BODY></HTML>"""


def shown_by_script() -> str:
    """The whole article hidden in the style sheet until a script shows it."""
    return f"""<html><head><title>{TITLE}</title><style>#zoom{{display:none}}</style></head><body>{NAVIGATION}<h1>{TITLE}</h1>
    <div id="zoom">{"".join(f"<p>{p}</p>" for p in BODY)}</div>{FOOTER}</body></html>"""


@pytest.mark.parametrize(
    "page", [old_tables, title_inside, from_word, preformatted, unclosed, shown_by_script]
)
@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_article_without_the_page(page, codec):
    assert read(page(), codec).text.split("\n") == REPORT


def mirror() -> str:
    """A mirror in traditional characters that declares another encoding and converted some words wrongly."""
    from opencc import OpenCC

    page = f"""<!DOCTYPE html><html><head><meta charset="gb2312"><title>{TITLE}_青山县人民政府网站</title>
    <meta name="ArticleTitle" content="{TITLE}"></head><body><a>简体版</a>|<a>无障碍浏览</a>{NAVIGATION}
    <div class="crumb">您当前所在位置：<a>首页</a> &gt; <a>信息公开</a></div>
    <ul><li><b>索引号：</b>006939748/2023-00012</li><li><b>发布机构：</b>县司法局</li><li><b>文　　号：</b>青府〔2023〕3号</li></ul>
    <h2 class="tit">{TITLE}</h2><div class="info">发布时间：2023-01-18 10:21:33 浏览次数：<span>321</span> 字号：[大 中 小]</div>
    <div class="TRS_UEDITOR">{"".join(f"<p>　　{p}</p>" for p in BODY)}</div>
    <div class="share">分享到：<a>微信</a><a>微博</a></div>{RELATED}{FOOTER}</body></html>"""
    return (
        OpenCC("s2t")
        .convert(page)
        .replace("制度", "製度")
        .replace("領導幹部", "領導乾部")
        .replace("爲", "為")
        .replace("衆", "眾")
    )


@pytest.mark.parametrize("codec", ["utf-8", "big5hkscs", "gb18030"])
def test_mirror_in_traditional_characters(codec):
    published = mirror().encode(codec, "ignore").decode(codec)
    reading = read(published, codec)
    assert reading.text.startswith("青山縣2022年法治政府建設工作情況報告\n2022年，青山縣堅持")
    assert reading.text.endswith("青山縣人民政府\n2023年1月16日")
    assert len(reading.text) == len("\n".join(REPORT))
    assert reading.metadata["document_number"] == "青府〔2023〕3號"
    assert reading.metadata["published"] == "2023-01-18"


def test_short_news_between_long_furniture():
    news = [
        "青山县举办行政执法人员培训班",
        "本报讯 5月12日，全县126名执法人员参加培训。",
        "参考率100%，合格率97.6%。（记者 王五）",
    ]
    page = f"""<title>{news[0]}_青山新闻网</title>{NAVIGATION}<div><h1>{news[0]}</h1><div>2022-05-13 08:30:00　来源：青山日报　阅读：88</div>
    <div><p>{news[1]}</p><p><img src=a.jpg alt=图片></p><p>{news[2]}</p></div><div>[责任编辑：赵六]</div></div>{RELATED}
    <div><p>青山新闻网版权所有，未经授权，不得转载或建立镜像，违者必究。违法和不良信息举报电话：0123-4567890</p>
    <p>互联网新闻信息服务许可证编号：44120170001，增值电信业务经营许可证，广播电视节目制作经营许可证。</p></div>"""
    assert read(page).text.split("\n") == news


def article(inner: str) -> str:
    """Read markup that stands in an article between two paragraphs."""
    first, last = (
        "第一段说明全年工作总体情况，各项任务扎实推进。",
        "最后一段说明下一年度的工作安排，确保落实到位。",
    )
    text = read(f"<body>{NAVIGATION}<div><p>{first}</p>{inner}<p>{last}</p></div>{FOOTER}</body>").text
    assert text.startswith(first) and text.endswith(last)
    return text[len(first) + 1 : -len(last) - 1]


@pytest.mark.parametrize(
    "markup, text",
    [
        ("<p>诉求<span>15.</span><font>7</font>万件</p>", "诉求15.7万件"),
        ("<p>诉求<span>15.</span>\n  <span>7</span>\n 万件</p>", "诉求15.7万件"),
        ("<p>8,654<wbr>件，22,4<b>32</b>条</p>", "8,654件，22,432条"),
        ("<p>占35.3<!--[if gte mso 9]><xml>36</xml><![endif]-->%</p>", "占35.3%"),
        ("<p>&ldquo;三项制度&rdquo;〔2022〕&#20159;元&mdash;&mdash;</p>", "“三项制度”〔2022〕亿元——"),
        ("<p>　　&nbsp;１，１１０个 </p>", "１，１１０个"),
        ("<p>行一<br>行二</p>", "行一\n行二"),
        ("<p>依法\n行政</p><p>rule of\nlaw</p>", "依法行政\nrule of law"),
        ("<p>张  三</p>", "张 三"),
        ("<ol><li>强化领导</li><li>压实责任</li></ol>", "1. 强化领导\n2. 压实责任"),
        ("<ol start=3><li>强化领导</li></ol>", "3. 强化领导"),
        ("<ul><li>强化领导</li></ul>", "强化领导"),
        (
            "<p>甲<span hidden>乙</span><span style='visibility:hidden'>丙</span><noscript>丁</noscript>戊</p>",
            "甲戊",
        ),
        ("<p>甲<select><option>乙</option></select><script>丙</script>丁</p>", "甲丁"),
        (
            "<p>见<a href=x>《条例》</a>和\u200b<a href=y>《办法》</a>规定的程序，</p>",
            "见《条例》和《办法》规定的程序，",
        ),
        ("<p>漢<ruby>字<rt>zi</rt></ruby></p>", "漢字"),
    ],
)
def test_what_a_reader_sees_of_a_line(markup, text):
    assert article(markup) == text


def test_data_table_keeps_rows_and_columns():
    table = """<table><caption>对比表</caption><tr><th><p>类别</p></th><th>项目</th><th>2021年</th></tr>
    <tr><td rowspan=2>行政<br>复议</td><td>收到</td><td>96</td></tr><tr><td>受理</td><td>88</td></tr>
    <tr><td colspan=2>合计</td><td>1<span>8</span>4</td></tr><tr><td colspan=3><p>注：按收案口径。</p></td></tr></table>"""
    rows = [
        "对比表",
        "类别\t项目\t2021年",
        "行政 复议\t收到\t96",
        "\t受理\t88",
        "合计\t\t184",
        "注：按收案口径。",
    ]
    assert article(table).split("\n") == rows


@pytest.mark.parametrize(
    "line",
    [
        "今天是国家宪法日，全县开展集中宣传活动。",
        "扫一扫二维码即可办理，实现“掌上办”。",
        "来源可查、去向可追、责任可究。",
        "打印服务自助终端36台，",
    ],
)
def test_sentences_that_only_begin_like_furniture_stay(line):
    assert article(f"<p>{line}</p>") == line


@pytest.mark.parametrize(
    "lines, found",
    [
        (
            ["索 引 号：1133/2023-6\t主题分类：司法", "文 号：海政〔2023〕9号"],
            {"index": "1133/2023-6", "document_number": "海政〔2023〕9号"},
        ),
        (
            ["[发布日期] 2021-12-24 17:50", "[发文机构] 中共某某区委"],
            {"published": "2021-12-24", "issuer": "中共某某区委"},
        ),
        (["发布日期\t2021年1月4日\t文号\t无"], {"published": "2021-01-04"}),
        (
            ["來源：縣政府辦作者：張三發佈時間：2023年01月18日"],
            {"source": "縣政府辦", "published": "2023-01-18"},
        ),
        (["会议时间：2022年3月1日", "时间：2022/3/9"], {"published": "2022-03-09"}),
        (["全年发布信息300条，来源广泛。"], {}),
    ],
)
def test_facts_of_the_page(lines, found):
    assert facts.from_lines(lines) == found


@pytest.mark.parametrize(
    "head, address",
    [
        ("<!-- saved from url=(0031)http://www.qs.example.cn/a.html -->", "http://www.qs.example.cn/a.html"),
        (
            '<link rel="canonical" href="https://www.qs.example.cn/b.html">',
            "https://www.qs.example.cn/b.html",
        ),
        ('<link rel="canonical" href="javascript:x">', None),
    ],
)
def test_address_the_page_was_saved_from(head, address):
    assert (
        read(f"<html>{head}<body><p>第一段说明全年工作总体情况。</p></body></html>").metadata.get("url")
        == address
    )


def test_what_a_page_declares_decides_where_its_bytes_hardly_tell():
    page = b'<meta charset="big5"><p>' + "縣長".encode("big5") + b"</p>"
    assert html.read(page, Limits()).encoding == "big5hkscs"


def test_characters_that_cannot_be_decoded_are_counted():
    page = old_tables().encode("gb18030").replace("评查".encode("gb18030"), b"\xc6\xff\xb2\xe9")
    reading = html.read(page, Limits())
    assert "\ufffd" in reading.text and re.match(r"\d characters of the page could not", reading.note)


def test_saved_as_one_file():
    import base64

    part = base64.encodebytes(old_tables().encode("gbk")).decode()
    data = (
        'From: <Saved by browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="--b"\r\n\r\n'
        f"----b\r\nContent-Location: http://www.qs.example.cn/c.html\r\nContent-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n{part}\r\n"
        "----b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n----b--\r\n"
    )
    reading = mht.read(data.encode(), Limits())
    assert (reading.text.split("\n"), reading.format) == (REPORT, "mht")
    assert reading.metadata["url"] == "http://www.qs.example.cn/c.html"


def test_nothing_but_nesting_is_refused():
    page = b"<html><body>" + b"<div>" * 100_000 + "依法行政。".encode() + b"</div>" * 100_000
    with pytest.raises(UnreadableFile, match="nested"):
        html.read(page, Limits())
