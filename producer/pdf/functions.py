"""PDF's functions (ISO 32000-1, 7.10): what a tint of a spot colour becomes in its alternate."""

from __future__ import annotations

import itertools
import math
import operator
import re
from collections.abc import Callable, Sequence
from typing import Any

import pikepdf

Function = Callable[[Sequence[float]], list[float]]

_TOKEN = re.compile(rb"[{}]|[^\s{}]+")


class UnknownFunction(Exception):
    """A function of a kind or with an operator that is not known here."""


def read_function(raw: Any) -> Function:
    """A function from its object, or several of one result each from their array.

    Raises:
        UnknownFunction: see there.
    """
    if isinstance(raw, pikepdf.Array):
        parts = [read_function(part) for part in raw]
        return lambda values: [result for part in parts for result in part(values)]
    kind = int(raw.FunctionType)
    if kind not in _KINDS:
        raise UnknownFunction(f"FunctionType {kind}")
    run, domain, reach = _KINDS[kind](raw), _pairs(raw.Domain), _pairs(raw.get("/Range", []))

    def clipped(values: Sequence[float]) -> list[float]:
        results = run(_clip(values, domain))
        return _clip(results, reach) if reach else results

    return clipped


def _numbers(raw: Any) -> list[float]:
    return [float(number) for number in raw]


def _pairs(raw: Any) -> list[tuple[float, float]]:
    numbers = _numbers(raw)
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _clip(values: Sequence[float], bounds: Sequence[tuple[float, float]]) -> list[float]:
    return [min(max(v, low), high) for v, (low, high) in zip(values, bounds, strict=True)]


def _between(value: float, source: tuple[float, float], target: tuple[float, float]) -> float:
    width = source[1] - source[0]
    return target[0] + (value - source[0]) * (target[1] - target[0]) / width if width else target[0]


def _sampled(raw: Any) -> Function:
    """Type 0: a table, between whose entries is interpolated in every direction."""
    sizes, bits = [int(size) for size in raw.Size], int(raw.BitsPerSample)
    domain, reach = _pairs(raw.Domain), _pairs(raw.Range)
    encode = _pairs(raw.get("/Encode", [x for size in sizes for x in (0, size - 1)]))
    decode = _pairs(raw.get("/Decode", raw.Range))
    width, data = len(reach), raw.read_bytes()
    packed, top = int.from_bytes(data, "big"), (1 << bits) - 1

    def sample(at: Sequence[int], channel: int) -> float:
        place = 0
        for index, size in zip(reversed(at), reversed(sizes), strict=True):
            place = place * size + index
        shift = len(data) * 8 - (place * width + channel + 1) * bits
        return _between(packed >> shift & top, (0, top), decode[channel])

    def run(values: Sequence[float]) -> list[float]:
        spans = []
        for value, size, source, target in zip(values, sizes, domain, encode, strict=True):
            place = min(max(_between(value, source, target), 0), size - 1)
            low = min(int(place), max(size - 2, 0))
            spans.append([(low, 1 - place + low), (min(low + 1, size - 1), place - low)])
        results = [0.0] * width
        for corner in itertools.product(*spans):
            weight = math.prod(part for _, part in corner)
            if weight:
                at = [index for index, _ in corner]
                results = [r + weight * sample(at, channel) for channel, r in enumerate(results)]
        return results

    return run


def _exponential(raw: Any) -> Function:
    """Type 2: from one colour to another."""
    first, last = _numbers(raw.get("/C0", [0])), _numbers(raw.get("/C1", [1]))
    power = float(raw.N)
    return lambda values: [
        a + values[0] ** power * (b - a) for a, b in zip(first, last, strict=True)
    ]


def _stitched(raw: Any) -> Function:
    """Type 3: several functions, one after the other."""
    parts, encode = [read_function(part) for part in raw.Functions], _pairs(raw.Encode)
    (low, high), bounds = _pairs(raw.Domain)[0], _numbers(raw.Bounds)
    edges = [low, *bounds, high]

    def run(values: Sequence[float]) -> list[float]:
        at = sum(values[0] >= bound for bound in bounds)
        return parts[at]([_between(values[0], (edges[at], edges[at + 1]), encode[at])])

    return run


def _calculator(raw: Any) -> Function:
    """Type 4: a small program in PostScript."""
    tokens = iter(_TOKEN.findall(raw.read_bytes()))
    if next(tokens, b"") != b"{":
        raise UnknownFunction("{")
    program, width = _procedure(tokens), len(_pairs(raw.Range))

    def run(values: Sequence[float]) -> list[float]:
        stack: list[Any] = list(values)
        try:
            _execute(program, stack)
        except (ArithmeticError, IndexError, TypeError, ValueError) as error:
            raise UnknownFunction(str(error)) from error
        return [float(value) for value in stack[-width:]]

    return run


def _procedure(tokens: Any) -> list[Any]:
    program: list[Any] = []
    for token in tokens:
        if token == b"{":
            program.append(_procedure(tokens))
        elif token == b"}":
            return program
        else:
            program.append(_word(token.decode("latin-1")))
    raise UnknownFunction("}")


def _word(word: str) -> Any:
    if word in _ONE or word in _TWO or word in _STACK or word in ("if", "ifelse"):
        return word
    if word in ("true", "false"):
        return word == "true"
    try:
        return float(word) if "." in word or "e" in word.lower() else int(word)
    except ValueError as error:
        raise UnknownFunction(word) from error


def _execute(program: list[Any], stack: list[Any]) -> None:
    for word in program:
        if not isinstance(word, str):
            stack.append(word)
        elif word in _ONE:
            stack.append(_ONE[word](stack.pop()))
        elif word in _TWO:
            second, first = stack.pop(), stack.pop()
            stack.append(_TWO[word](first, second))
        elif word in _STACK:
            _STACK[word](stack)
        else:
            other = stack.pop() if word == "ifelse" else []
            then, wanted = stack.pop(), stack.pop()
            _execute(then if wanted else other, stack)


def _roll(stack: list[Any]) -> None:
    by, count = int(stack.pop()), int(stack.pop())
    if count:
        part = stack[-count:]
        by %= count
        stack[-count:] = part[count - by :] + part[: count - by]


def _copy(stack: list[Any]) -> None:
    count = int(stack.pop())
    stack += stack[len(stack) - count :]


def _exchange(stack: list[Any]) -> None:
    stack[-2:] = stack[:-3:-1]


_ONE: dict[str, Callable[[Any], Any]] = {
    "abs": abs,
    "neg": operator.neg,
    "ceiling": math.ceil,
    "floor": math.floor,
    "round": lambda a: math.floor(a + 0.5),
    "truncate": math.trunc,
    "cvi": int,
    "cvr": float,
    "sqrt": math.sqrt,
    "sin": lambda a: math.sin(math.radians(a)),
    "cos": lambda a: math.cos(math.radians(a)),
    "ln": math.log,
    "log": math.log10,
    "not": lambda a: not a if isinstance(a, bool) else ~int(a),
}
_TWO: dict[str, Callable[[Any, Any], Any]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "idiv": lambda a, b: int(a / b),
    "mod": math.fmod,
    "exp": operator.pow,
    "atan": lambda a, b: math.degrees(math.atan2(a, b)) % 360,
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
    "and": operator.and_,
    "or": operator.or_,
    "xor": operator.xor,
    "bitshift": lambda a, b: int(a) << int(b) if b >= 0 else int(a) >> -int(b),
}
_STACK: dict[str, Callable[[list[Any]], None]] = {
    "pop": lambda stack: stack.__delitem__(-1),
    "exch": _exchange,
    "dup": lambda stack: stack.append(stack[-1]),
    "copy": _copy,
    "index": lambda stack: stack.append(stack[-1 - int(stack.pop())]),
    "roll": _roll,
}
_KINDS: dict[int, Callable[[Any], Function]] = {
    0: _sampled,
    2: _exponential,
    3: _stitched,
    4: _calculator,
}
