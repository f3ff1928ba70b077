"""Checks of words that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import rjieba

from producer.checks.passages import Copy, Passage
from producer.checks.registry import Finding, check, finding
from producer.checks.signs import HAN, pairing

# Words that are never said twice running; what is short for something else is not among them.
_PARTICLES = frozenset(
    """的 了 是 在 和 与 或 对 为 被 将 从 把 向 由 于 以 及 但 而 就 也 都 让 给 其 并 这 那
    我 你 他 她 它 着 过 所""".split()
)
# Verbs and adjectives that are said twice for a little while, or with more warmth (ABAB).
_TRIED = frozenset(
    """研究 讨论 商量 考虑 打听 锻炼 打扮 学习 参观 休息 体验 感受 了解 交流 活动 热闹
    高兴 凉快 收拾 整理 调整 比较 表现 请教 教训 照顾 照应 打扫 合计 琢磨 观察 分析
    回忆 介绍 表示 庆祝 放松 暖和 舒服 亲热 轻松 痛快 清静 见识 认识 尝试 试验 宣传
    动员 推敲 斟酌 回味 计算 盘算 掂量 走动 活络 拾掇 切磋 品尝 欣赏 指点 提醒 关心
    核实 检查 准备 解释 思考 反省 改造 治理 教育 帮助 扶持 评论 议论 检讨 联络 联系
    沟通 走访 慰问 疏通 活跃 轻快 热乎 亲近 享受 快活 消遣 鼓励 支持 意思 雪白 通红
    笔直 冰凉 漆黑 碧绿 火红 金黄 乌黑 滚烫 滚圆 喷香 飞快 瓦蓝 湛蓝 焦黄 鲜红 粉红
    墨黑 碧蓝 雪亮 细长 老远 老高 鉴定 那么 这么 如何 怎样 非常 很久 许多 好多 永远
    多少 怎么 什么 如此 不断 逐步 逐渐 谢谢 再见 慢慢 轻轻 深深 久久 哗啦 咔嚓 扑通
    叮当 滴答 呼啦 咕咚 轰隆 嘎吱 吱呀 哈哈 嘿嘿 呵呵 咯咯 咚咚""".split()
)
_TWICE = re.compile(rf"([{HAN}]{{1,6}})\1")
# One by one (一个一个), on and on (想着想着), more and more (最难最难).
_LAWFUL = re.compile("[一几半两]|[最极很太好]|.*着$")
_SENTENCE = re.compile(rf"[{HAN}]+")
_ENGLISH = re.compile(r"\b([A-Za-z]+)\s+(\1)\b", re.IGNORECASE)
_ENGLISH_LAWFUL = frozenset("had that very bye no so now there boom ha blah yes well more".split())


@check(
    "text.doubled-word",
    "No word stands twice by mistake",
    rationale="Words typed twice are what a proofreader's eye skips.",
    source="trade usage",
    level="warning",
)
def doubled_word(copy: Copy) -> Iterator[Finding]:
    """Words that stand twice running, where that is no form of the language (研究研究, 看看)."""
    for passage in copy.passages:
        if passage.is_chinese:
            yield from _chinese(passage)
        else:
            yield from _english(passage)


def _english(passage: Passage) -> Iterator[Finding]:
    for found in _ENGLISH.finditer(passage.text):
        is_name = found[1][0].isupper() and found[2][0].isupper()
        if found[1].lower() not in _ENGLISH_LAWFUL and not is_name:
            yield finding(passage, *found.span())


def _chinese(passage: Passage) -> Iterator[Finding]:
    """Stretches of characters that hold a repeat are parted into words to tell 目的|的."""
    text = passage.text
    spoken = [
        range(start, end) for start, end in pairing(text).pairs.items() if text[start] in "“‘"
    ]
    for stretch in _SENTENCE.finditer(text):
        if not _TWICE.search(stretch[0]):
            continue
        at = stretch.start()
        for first, second in pairwise(rjieba.cut(stretch[0])):
            end = at + len(first) + len(second)
            quoted = any(at in words for words in spoken)
            if first == second and _is_slip(first, quoted) and not _goes_on(text, at, first):
                yield finding(passage, at, end)
            at += len(first)


def _is_slip(word: str, quoted: bool) -> bool:
    """Whether a word is not said twice; people who are quoted may well say it twice."""
    if len(word) == 1:
        return word in _PARTICLES
    lawful = word in _TRIED or len(set(word)) == 1 or _LAWFUL.match(word)
    return not lawful and not quoted


def _goes_on(text: str, at: int, word: str) -> bool:
    """Whether the word stands three times or more: that is meant."""
    size = len(word)
    return text[at + 2 * size :].startswith(word) or text[:at].endswith(word)
