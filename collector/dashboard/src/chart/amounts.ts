// SPDX-License-Identifier: Apache-2.0
// Probes by network and day, in one neutral colour: stronger is more.
import {el, svg, unit} from "../dom";
import {count, str, type Row} from "../doc";
import {dayAxis, everyDay, fitted, textWidth} from "../figure/axis";
import {sheet} from "../figure/frame";
import {ringOf, rove} from "../figure/rove";
import {explain, listen} from "../figure/tip";
import {swatch} from "../figure/palette";
import {day, number, t} from "../locale";

const LEVELS = 4;

// Upper ends of the levels, by square root from the fewest to the most, so
// that small networks are told apart beside large ones.
export function boundsOf(all: Row[]): number[] {
  const probes = all.map((row) => count(row, "probes"));
  const low = Math.sqrt(probes.reduce((a, b) => Math.min(a, b), Infinity));
  const high = Math.sqrt(probes.reduce((a, b) => Math.max(a, b), 0));
  return Array.from({length: LEVELS}, (_, i) =>
    Math.round((low + (high - low) * (i + 1) / LEVELS) ** 2));
}

const levelOf = (value: number, bounds: number[]): number =>
  1 + Math.min(bounds.length - 1, bounds.filter((end) => value > end).length);

export function amountKey(bounds: number[]): HTMLElement {
  const box = (style: string) => svg("svg", {
    class: "swatch", width: 12, height: 12, viewBox: "0 0 12 12",
    "aria-hidden": "true"},
    svg("rect", {width: 12, height: 12, rx: 2, class: style}));
  return el("ul", {class: "legend", "aria-label": t("legend.label")},
    bounds.map((end, i) => el("li", {}, box(`amount-${i + 1}`),
      t("legend.up_to", {share: number(end)}))),
    el("li", {}, swatch(""), t("legend.blank")));
}

function markOf(name: string, date: string, row: Row | undefined,
                bounds: number[]): SVGElement {
  const words = row ? t("coverage.cell", {label: name, day: day(date),
    n: count(row, "probes"), measurements: count(row, "measurements")}) :
    t("heat.blank", {label: name, day: day(date)});
  const mark = svg("rect", {
    role: "gridcell", "aria-label": words, fill: row ? null : "none",
    class: `cell ${row ? `amount-${levelOf(count(row, "probes"), bounds)}` :
      "c-blank"}`});
  explain(mark, () => [words]);
  return mark;
}

export function coverageHeat(lines: Map<string, Row[]>, width: number):
    SVGSVGElement {
  const u = unit();
  const all = [...lines.values()].flat();
  const days = everyDay(all.map((row) => str(row, "day")), 90);
  const bounds = boundsOf(all);
  const stacked = width < 560 * u;
  const left = stacked ? 0 : Math.min(width * 0.3, Math.ceil(Math.max(
    ...[...lines.keys()].map((name) => textWidth(name))) + 14 * u));
  const step = (width - left) / days.length;
  const [rowHeight, above] = [14 * u, stacked ? 20 * u : 0];
  const pitch = rowHeight + 3 * u + above;
  const height = 22 * u + lines.size * pitch;
  const chart = sheet(width, Math.ceil(height), t("coverage.grid"), "grid");
  chart.append(dayAxis(days, {left, right: width, y: 8 * u}, step));
  const marks: SVGElement[][] = [];
  [...lines].forEach(([name, own], i) => {
    const y = 22 * u + i * pitch + above;
    const byDay = new Map(own.map((row) => [str(row, "day"), row]));
    const line = days.map((date, j) => {
      const mark = markOf(name, date, byDay.get(date), bounds);
      mark.setAttribute("x", String(left + j * step));
      mark.setAttribute("y", String(y));
      mark.setAttribute("width", String(Math.max(step - 1.5, 1)));
      mark.setAttribute("height", String(rowHeight));
      return mark;
    });
    const label = svg("text", stacked ?
      {x: 0, y: y - 9 * u, class: "row start"} :
      {x: left - 10 * u, y: y + rowHeight / 2, class: "row end"},
      fitted(name, stacked ? width : left - 12 * u));
    chart.append(svg("g", {role: "row"},
      svg("g", {role: "rowheader"}, label), line));
    marks.push(line);
  });
  rove(chart, {marks, focused: ringOf(chart)});
  listen(chart);
  return chart;
}
