// SPDX-License-Identifier: Apache-2.0
// Probes by network and day, in one neutral colour: darker is more.
import {svg, unit} from "../dom";
import {count, str, type Row} from "../doc";
import {dayAxis, everyDay, fitted, textWidth} from "../figure/axis";
import {sheet} from "../figure/frame";
import {rove} from "../figure/rove";
import {explain, listen} from "../figure/tip";
import {day, t} from "../locale";

// Of the square root, so that small networks are seen beside large ones.
const LEVELS = 4;

function level(value: number, most: number): number {
  return Math.min(LEVELS, Math.max(1,
    Math.ceil(Math.sqrt(value / Math.max(most, 1)) * LEVELS)));
}

export function coverageHeat(lines: Map<string, Row[]>, width: number):
    SVGSVGElement {
  const u = unit();
  const all = [...lines.values()].flat();
  const days = everyDay(all.map((row) => str(row, "day")), 90);
  const most = Math.max(...all.map((row) => count(row, "probes")));
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
      const row = byDay.get(date);
      const words = row ? t("coverage.cell", {label: name, day: day(date),
        n: count(row, "probes"), measurements: count(row, "measurements")}) :
        t("heat.blank", {label: name, day: day(date)});
      const mark = svg("rect", {
        x: left + j * step, y, width: Math.max(step - 1.5, 1),
        height: rowHeight, role: "gridcell", "aria-label": words,
        class: `cell ${row ? `amount-${level(count(row, "probes"), most)}` :
          "c-blank none"}`});
      explain(mark, () => [words]);
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
  rove(chart, {marks});
  listen(chart);
  return chart;
}
