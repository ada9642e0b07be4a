"""Pictures that answer a question: static SVG with a text alternative, drawn by pure functions.

Comes in: labels, counts and places. Goes out: `Markup`. Knows nothing of claims; colours and line styles come from the
stylesheet by class, so that both schemes, print and forced colours work. No picture holds what the page doesn't say in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a matrix: a link and a count for every column."""

    label: str
    address: str
    """Relative to the page."""
    counts: Sequence[int]
    depth: int = 0
    """How far the label is indented."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a matrix."""

    label: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ribbon:
    """A line between two strips: places from 0 to 1 and the kind of relation."""

    one: float
    other: float
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """How many links join two nodes of an arc diagram, by their numbers."""

    one: int
    other: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Something that is dated by a year."""

    year: int
    label: str


def matrix(rows: Sequence[Row], columns: Sequence[Column], *, caption: str, corner: str) -> Markup:
    """Draw rows by columns as a table whose cells hold the count and a disc of that area.

    A table, so that each count can be read in its row and column by any means; the columns are numbered, and the
    numbers explained below, so that it fits a phone.
    """
    most = max((count for row in rows for count in row.counts), default=1) or 1
    head = Markup("").join(
        Markup('<th scope="col"><abbr title="{}">{}</abbr></th>').format(column.label, number)
        for number, column in enumerate(columns, 1)
    )
    body = Markup("\n").join(
        Markup('<tr><th scope="row" class="depth-{}"><a href="{}">{}</a></th>{}</tr>').format(
            min(row.depth, 3), row.address, row.label, Markup("").join(_cell(count, most) for count in row.counts)
        )
        for row in rows
    )
    legend = Markup("").join(Markup('<li><a href="{}">{}</a></li>').format(column.address, column.label) for column in columns)
    return Markup(
        '<figure class="picture cells"><table><caption>{}</caption>'
        '<thead><tr><th scope="col">{}</th>{}</tr></thead>\n<tbody>\n{}\n</tbody></table>'
        '<figcaption><ol class="cells-legend">{}</ol></figcaption></figure>'
    ).format(caption, corner, head, body, legend)


def _cell(count: int, most: int) -> Markup:
    if not count:
        return Markup('<td class="none"><span class="visually-hidden">0</span></td>')
    radius = max(0.28, (count / most) ** 0.5)
    return Markup(
        '<td><svg viewBox="-12 -12 24 24" aria-hidden="true" focusable="false"><circle r="{:.1f}"/></svg><span>{}</span></td>'
    ).format(11 * radius, count)


def ribbons(
    name: str,
    title: str,
    description: str,
    *,
    tops: tuple[str, str],
    places: tuple[Sequence[float], Sequence[float]],
    links: Iterable[Ribbon],
) -> Markup:
    """Draw two texts as strips, one above the other, with a line for each link between their passages.

    Args:
        name: id of the picture on its page.
        title: what it shows.
        description: what can be seen in it, for those who do not see it.
        tops: labels of the two strips.
        places: where each text has claims, from 0 to 1.
        links: the lines.
    """
    width, height, tick = 1000, 160, 12
    top, bottom = tick, height - tick
    ticks = "".join(
        f'<path class="pic-tick" d="M{place * width:.1f} {y}v{tick}"/>'
        for y, found in ((0, places[0]), (bottom, places[1]))
        for place in found
    )
    middle = height / 2
    lines = "".join(
        f'<path class="ribbon rel-{link.kind}" d="M{link.one * width:.1f} {top}C{link.one * width:.1f} {middle:.0f} '
        f'{link.other * width:.1f} {middle:.0f} {link.other * width:.1f} {bottom}"/>'
        for link in links
    )
    return Markup(
        '<figure class="picture ribbons"><p>{one}</p><svg role="img" viewBox="0 0 {width} {height}" preserveAspectRatio="none" '
        'aria-labelledby="{name}-t {name}-d"><title id="{name}-t">{title}</title>'
        '<desc id="{name}-d">{description}</desc>{inner}</svg>'
        "<p>{other}</p><figcaption>{title}: each is read from left to right. A line joins two linked claims: solid where they agree, "
        "dashed where one disputes the other, dotted where they are related.</figcaption></figure>"
    ).format(
        one=tops[0],
        other=tops[1],
        width=width,
        height=height,
        name=name,
        title=title,
        description=description,
        inner=Markup(ticks + lines),  # noqa: S704 — numbers and kinds only
    )


def arcs(name: str, title: str, description: str, nodes: Sequence[str], links: Iterable[Arc]) -> Markup:
    """Draw who is joined with whom: names in a column, an arc with a number for every pair that is joined."""
    step, left = 34, 250
    drawn = []
    for link in sorted(links, key=lambda link: abs(link.one - link.other)):
        one, other = sorted((link.one, link.other))
        top, bottom = 20 + one * step, 20 + other * step
        radius = (bottom - top) / 2
        reach = radius * 1.1 + 10 * (abs(link.one - link.other) - 1) + 14
        drawn.append(
            f'<path class="arc" stroke-width="{min(9, 1 + link.count):.1f}" d="M{left} {top}'
            f'C{left + reach * 1.33:.0f} {top} {left + reach * 1.33:.0f} {bottom} {left} {bottom}"/>'
            f'<text class="arc-count" x="{left + reach + 5:.0f}" y="{(top + bottom) / 2 + 4:.0f}">{link.count}</text>'
        )
    labels = "".join(
        f'<text class="node" x="{left - 12}" y="{24 + number * step}" text-anchor="end">{escape(node)}</text>'
        f'<circle class="node" cx="{left}" cy="{20 + number * step}" r="5"/>'
        for number, node in enumerate(nodes)
    )
    height = 40 + step * (len(nodes) - 1)
    return _figure(name, title, description, size=(420, height), inner="".join(drawn) + labels, kind="arcs")


def timeline(name: str, title: str, description: str, moments: Sequence[Moment]) -> Markup:
    """Draw dated things as dots above the years that they name."""
    first, last = min(m.year for m in moments), max(m.year for m in moments)
    span = max(1, last - first)
    stacks: dict[int, int] = {}
    dots = []
    for moment in sorted(moments, key=lambda moment: moment.year):
        stacks[moment.year] = stacks.get(moment.year, 0) + 1
    tallest = max(stacks.values())
    size = min(12.0, 120 / tallest)
    base = 20 + tallest * size
    for year, count in sorted(stacks.items()):
        x = 25 + 310 * (year - first) / span
        dots += [
            f'<circle class="moment" cx="{x:.1f}" cy="{base - size * (number + 0.5):.1f}" r="{size * 0.4:.1f}"/>'
            for number in range(count)
        ]
        dots.append(f'<text x="{x:.1f}" y="{base + 20:.0f}" text-anchor="middle">{year}</text>')
    axis = f'<path class="axis" d="M5 {base + 2:.0f}H355"/>'
    return _figure(name, title, description, size=(360, round(base + 28)), inner=axis + "".join(dots), kind="timeline")


def _figure(name: str, title: str, description: str, *, size: tuple[int, int], inner: str, kind: str) -> Markup:
    return Markup(
        '<figure class="picture {kind}"><svg role="img" viewBox="0 0 {width} {height}" aria-labelledby="{name}-t {name}-d">'
        '<title id="{name}-t">{title}</title><desc id="{name}-d">{description}</desc>{inner}</svg>'
        "<figcaption>{title}</figcaption></figure>"
    ).format(
        kind=kind,
        width=size[0],
        height=size[1],
        name=name,
        title=title,
        description=description,
        inner=Markup(inner),  # noqa: S704 — labels in it are escaped where they are put in
    )
