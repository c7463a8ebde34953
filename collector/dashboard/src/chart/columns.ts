// SPDX-License-Identifier: Apache-2.0
// One column a day: parts stacked up, and down from the base line where a
// series goes down; an arrow key moves from day to day.
import {scaleLinear} from "d3-scale";
import {svg, unit, type Attributes} from "../dom";
import {dayAxis, textWidth, valueAxis} from "../figure/axis";
import {sheet} from "../figure/frame";
import {rove} from "../figure/rove";
import {explain, listen} from "../figure/tip";
import {compact, day} from "../locale";

export interface Part { name: string; label: string; fill: string;
                        down?: boolean; style?: string }
export interface Columns {
  label: string;
  days: string[];
  parts: Part[];
  value: (day: string, part: string) => number;
  words: (day: string) => string;  // All that a day says.
  height?: number;
  most?: number;  // For charts that share a scale.
  bare?: boolean;  // Without days below.
}

function reach(columns: Columns): [number, number] {
  let up = 0;
  let down = 0;
  for (const date of columns.days) {
    let [own, under] = [0, 0];
    for (const part of columns.parts) {
      const value = columns.value(date, part.name);
      if (part.down) under += value; else own += value;
    }
    up = Math.max(up, own);
    down = Math.max(down, under);
  }
  return [-down, columns.most ?? up];
}

type Scale = (value: number) => number;
interface Slot { x: number; wide: number }

function stackOf(columns: Columns, date: string, slot: Slot, y: Scale):
    SVGElement[] {
  let [up, down] = [0, 0];
  return columns.parts.flatMap((part) => {
    const value = columns.value(date, part.name);
    if (value <= 0) return [];
    const from = part.down ? y(-down) : y(up + value);
    const to = part.down ? y(-(down + value)) : y(up);
    if (part.down) down += value; else up += value;
    return [svg("rect", {
      x: slot.x, y: from, width: slot.wide, height: Math.max(to - from, 0.5),
      fill: part.fill, class: `column ${part.style ?? ""}`.trim(),
      "aria-hidden": "true"})];
  });
}

// The whole height of a day answers the pointer and the focus.
function hitOf(columns: Columns, date: string, place: Attributes): SVGElement {
  const words = `${day(date)}: ${columns.words(date)}`;
  const mark = svg("rect", {...place, class: "hit", role: "img",
                            "aria-label": words});
  explain(mark, () => [words]);
  return mark;
}

export function columnsOf(columns: Columns, width: number): SVGSVGElement {
  const u = unit();
  const [low, high] = reach(columns);
  const height = (columns.height ?? 200) * u;
  const small = height < 100 * u;
  const scale = scaleLinear().domain([low, high || 1]).nice(small ? 2 : 4);
  const ticks = small ? scale.domain() :
    scale.ticks(4).filter(Number.isInteger);
  const left = Math.ceil(Math.max(...ticks.map((tick) =>
    textWidth(compact(Math.abs(tick))))) + 10 * u);
  const plot = {left, right: width, top: 8 * u,
                bottom: height - (columns.bare ? 8 : 24) * u};
  const y = scale.range([plot.bottom, plot.top]);
  const step = (plot.right - left) / columns.days.length;
  const wide = Math.max(step - Math.max(1, step * 0.16), 1);
  const chart = sheet(width, Math.ceil(height), columns.label);
  chart.append(valueAxis(plot, ticks, y, (tick) => compact(Math.abs(tick))));
  const marks = columns.days.map((date, i) => {
    const x = left + i * step;
    chart.append(...stackOf(columns, date,
      {x: x + (step - wide) / 2, wide}, y));
    return hitOf(columns, date, {x, y: plot.top, width: step,
                                 height: plot.bottom - plot.top});
  });
  const base = Math.round(y(0)) + 0.5;
  chart.append(svg("line", {x1: left, x2: width, y1: base, y2: base,
                            class: "base", "aria-hidden": "true"}), ...marks);
  if (!columns.bare) {
    chart.append(dayAxis(columns.days, {left, right: width,
                                        y: height - 8 * u}, step));
  }
  rove(chart, {marks: [marks]});
  listen(chart);
  return chart;
}
