// SPDX-License-Identifier: Apache-2.0
// Days along a chart, gridlines across it, and text that fits.
import {svg, unit} from "../dom";
import {compact, month, shortDay} from "../locale";

const DAY_MS = 86400000;

export const dayNumber = (day: string): number =>
  Math.round(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / DAY_MS);
// "" of what is no day.
export function dayText(number: number): string {
  const date = new Date(number * DAY_MS);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString().slice(0, 10);
}

// Every day from the first to the last of these, so that gaps are seen.
export function everyDay(days: string[], most = 366): string[] {
  const numbers = days.map(dayNumber)
    .filter(Number.isFinite);
  if (numbers.length === 0) return [];
  const end = numbers.reduce((a, b) => Math.max(a, b));
  const begin = Math.max(end - most + 1,
    numbers.reduce((a, b) => Math.min(a, b)));
  return Array.from({length: end - begin + 1}, (_, i) => dayText(begin + i));
}

let pen: CanvasRenderingContext2D | null = null;
export function textWidth(text: string, size = 12): number {
  pen ??= document.createElement("canvas").getContext("2d");
  if (!pen) return text.length * size * 0.6;
  pen.font = `${size * unit()}px ${getComputedStyle(document.body).fontFamily}`;
  return pen.measureText(text).width;
}

// Cut in the middle: both ends of a domain name matter.
export function fitted(text: string, width: number, size = 12): string {
  if (textWidth(text, size) <= width) return text;
  const letters = [...text];
  for (let kept = letters.length - 1; kept > 2; kept -= 1) {
    const head = Math.ceil(kept / 2);
    const shown = `${letters.slice(0, head).join("")}…${
      letters.slice(letters.length - (kept - head)).join("")}`;
    if (textWidth(shown, size) <= width) return shown;
  }
  return "…";
}

export interface Span { left: number; right: number; y: number }

// Labels under (or over) the days; as many as there is room for.
export function dayAxis(days: string[], span: Span, step: number):
    SVGGElement {
  const axis = svg("g", {class: "axis", "aria-hidden": "true"});
  const room = textWidth(shortDay("2026-09-28")) + 14 * unit();
  const every = [1, 2, 7, 14, 28, 56, 112].find((n) => n * step >= room) ?? 224;
  let edge = Infinity;
  for (let i = days.length - 1; i >= 0; i -= every) {
    const text = shortDay(days[i] ?? "");
    const half = textWidth(text) / 2;
    const x = Math.min(span.left + (i + 0.5) * step, span.right - half);
    if (x + half > edge - 8 * unit() || x - half < span.left - 2) continue;
    edge = x - half;
    axis.append(svg("text", {x, y: span.y, class: "tick middle"}, text));
  }
  return axis;
}

export function monthStarts(days: string[]): Array<[number, string]> {
  return days.flatMap((day, i): Array<[number, string]> =>
    day.endsWith("-01") ? [[i, month(day)]] : []);
}

export interface Plot { left: number; right: number; top: number;
                        bottom: number }

// Lines across at these values, labelled at the left.
export function valueAxis(
    plot: Plot, ticks: number[], y: (value: number) => number,
    text: (value: number) => string = compact): SVGGElement {
  const axis = svg("g", {class: "axis", "aria-hidden": "true"});
  for (const tick of ticks) {
    const at = Math.round(y(tick)) + 0.5;
    axis.append(
      svg("line", {x1: plot.left, x2: plot.right, y1: at, y2: at,
                   class: tick === 0 ? "base" : "grid"}),
      svg("text", {x: plot.left - 6, y: at, class: "tick end"}, text(tick)));
  }
  return axis;
}
