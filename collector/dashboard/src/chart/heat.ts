// SPDX-License-Identifier: Apache-2.0
// Days across, names or networks down, the verdict in each cell. A day that
// nobody asked on is blank; where it was too little to say, it is hatched.
import {svg, unit, type Child} from "../dom";
import {count, groups, maybe, str, sum, type Row} from "../doc";
import {dayAxis, everyDay, fitted, monthStarts, textWidth} from
  "../figure/axis";
import {sheet} from "../figure/frame";
import {fillOf} from "../figure/palette";
import {stepOf} from "../figure/steps";
import {ringOf, rove} from "../figure/rove";
import {explain, listen} from "../figure/tip";
import {day, percent, t} from "../locale";
import {AFFECTED, className} from "../words";

export interface HeatLine { label: string; target: string; cells: Row[] }
export interface Heat { label: string; lines: HeatLine[];
                        target: (cell: Row) => string;
                        shares: boolean }  // Else the verdict of most.

export function linesOf(cells: Row[], key: (cell: Row) => string,
                        name: (cell: Row) => [string, string]): HeatLine[] {
  return [...groups(cells, key).values()].map((own) => {
    const [label, target] = name(own[0]!);
    return {label, target, cells: own};
  });
}

export function cellWords(label: string, date: string, cell?: Row): string {
  if (!cell) return t("heat.blank", {label, day: day(date)});
  const agreement = maybe(cell, "agreement");
  const sets = setsOf(cell);
  const words = sets === null ? "" : ` ${t("heat.affected", {n: sets.hit,
    all: sets.said})}`;
  return t("heat.cell", {label, day: day(date),
    verdict: className(str(cell, "verdict")), n: count(cell, "probes"),
    agreement: agreement === null ? "–" : percent(agreement)}) + words;
}

// Question sets that have a say, and those of them not answered truly.
export function setsOf(cell: Row): {hit: number; said: number} | null {
  if (maybe(cell, "sets") === null || maybe(cell, "poisoned") === null) {
    return null;
  }
  return {hit: sum([...AFFECTED].map((name) => count(cell, name))),
          said: count(cell, "sets") - count(cell, "insufficient")};
}

function shareOf(cell: Row): number | null {
  const sets = setsOf(cell);
  return sets === null || sets.said <= 0 ? null : sets.hit / sets.said;
}

function paint(mark: SVGElement, cell: Row, shares: boolean): void {
  const share = shares ? shareOf(cell) : null;
  if (share !== null) mark.classList.add(`step-${stepOf(share)}`);
  else mark.setAttribute("fill", fillOf(shares ? "insufficient" :
    str(cell, "verdict")));
}

interface Layout { days: string[]; left: number; top: number; step: number;
                   size: number; row: number; above: number; width: number }

function layoutOf(heat: Heat, width: number): Layout {
  const u = unit();
  const days = everyDay(heat.lines.flatMap((line) =>
    line.cells.map((cell) => str(cell, "day"))));
  const longest = Math.max(...heat.lines.map((line) => textWidth(line.label)));
  const wide = Math.min(longest + 14 * u, width * 0.3, 240 * u);
  // On a phone the label stands above its strip.
  const stacked = width < 560 * u;
  const left = stacked ? 0 : Math.ceil(wide);
  const step = Math.min((width - left - 1) / Math.max(days.length, 1),
    46 * u);
  const size = Math.max(step - Math.max(1, Math.min(2, step * 0.14)), 1);
  const row = stacked ? 14 * u : Math.max(14 * u, Math.min(step, 16 * u));
  return {days, left, top: 22 * u, step, size, row,
          above: stacked ? 20 * u : 0, width};
}

const pitch = (layout: Layout): number =>
  layout.row + 3 * unit() + layout.above;

function labelOf(line: HeatLine, layout: Layout, y: number): SVGElement {
  const u = unit();
  const stacked = layout.above > 0;
  const room = stacked ? layout.width : layout.left - 10 * u;
  const text = svg("text", stacked ?
    {x: 0, y: y - 9 * u, class: "row start"} :
    {x: layout.left - 10 * u, y: y + layout.row / 2, class: "row end"},
    fitted(line.label, room));
  text.append(svg("title", {}, line.label));
  if (!line.target) return text;
  return svg("a", {href: line.target, "aria-label": line.label}, text);
}

function rowOf(heat: Heat, line: HeatLine, layout: Layout, y: number):
    [SVGElement, SVGElement[], Array<Row | undefined>] {
  const byDay = new Map(line.cells.map((cell) =>
    [str(cell, "day").slice(0, 10), cell]));
  const cells = layout.days.map((date) => byDay.get(date));
  const marks = layout.days.map((date, i) => {
    const cell = cells[i];
    const verdict = cell ? str(cell, "verdict") : "";
    const mark = svg("rect", {
      x: (layout.left + i * layout.step).toFixed(2), y: y.toFixed(2),
      width: layout.size.toFixed(2), height: layout.row.toFixed(2),
      role: "gridcell", class: `cell c-${cell ? verdict : "blank"}${
        cell && heat.target(cell) ? " opens" : ""}`,
      "aria-label": cellWords(line.label, date, cell)});
    if (cell) paint(mark, cell, heat.shares);
    else mark.setAttribute("fill", "none");
    explain(mark, (): Child[] => [cellWords(line.label, date, cell)]);
    return mark;
  });
  const label = svg("g", {role: "rowheader"}, labelOf(line, layout, y));
  return [svg("g", {role: "row"}, label, marks), marks, cells];
}

export function heatOf(heat: Heat, width: number): SVGSVGElement {
  const layout = layoutOf(heat, width);
  const u = unit();
  const height = layout.top + heat.lines.length * pitch(layout) + 4 * u;
  const chart = sheet(width, Math.ceil(height), heat.label, "grid");
  const span = {left: layout.left, y: 8 * u,
    right: layout.left + layout.step * layout.days.length};
  chart.append(dayAxis(layout.days, span, layout.step));
  for (const [i] of layout.above > 0 ? [] : monthStarts(layout.days)) {
    const x = layout.left + i * layout.step - 1;
    if (i > 0) chart.append(svg("line", {x1: x, x2: x, y1: layout.top - 6 * u,
                                         y2: height, class: "grid"}));
  }
  const marks: SVGElement[][] = [];
  const cells: Array<Array<Row | undefined>> = [];
  heat.lines.forEach((line, i) => {
    const y = layout.top + i * pitch(layout) + layout.above;
    const [row, own, values] = rowOf(heat, line, layout, y);
    chart.append(row);
    marks.push(own);
    cells.push(values);
  });
  const target = (row: number, column: number): string => {
    const cell = cells[row]?.[column];
    return cell ? heat.target(cell) : "";
  };
  rove(chart, {marks, target, focused: ringOf(chart)});
  listen(chart);
  return chart;
}
