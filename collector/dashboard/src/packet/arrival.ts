// SPDX-License-Identifier: Apache-2.0
// When each reply came after the question, on one line of time.
import {scaleLog} from "d3-scale";
import {svg, unit} from "../dom";
import {maybe, str, type Row} from "../doc";
import {sheet} from "../figure/frame";
import {fillOf} from "../figure/palette";
import {explain, listen} from "../figure/tip";
import {t} from "../locale";
import {milliseconds} from "../panel/race";
import {className} from "../words";

const TICKS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];

export function arrivalWords(row: Row): string {
  const at = maybe(row, "offset_ms");
  return t("arrival.words", {n: Number(str(row, "reply")),
    at: at === null ? "–" : milliseconds(at),
    verdict: className(str(row, "class"))});
}

type Scale = (ms: number) => number;

function axisOf(x: Scale, range: [number, number], width: number,
                height: number): SVGElement[] {
  const u = unit();
  const bottom = height - 22 * u;
  let edge = -Infinity;
  return TICKS.filter((tick) => tick >= range[0] && tick <= range[1])
    .flatMap((tick) => {
      const at = x(tick);
      const line = svg("line", {x1: at, x2: at, y1: 4 * u, y2: bottom,
                                class: "grid"});
      if (at - edge < 62 * u) return [line];
      edge = at;
      return [line, svg("text", {
        x: Math.min(Math.max(at, 20 * u), width - 26 * u),
        y: height - 9 * u, class: "tick middle"}, milliseconds(tick))];
    });
}

function markOf(row: Row, at: number, y: number): SVGElement {
  const u = unit();
  const mark = svg("rect", {
    x: at - 7 * u, y: y - 7 * u, width: 14 * u, height: 14 * u, rx: 7 * u,
    fill: fillOf(str(row, "class")), class: "reply", role: "img",
    tabindex: 0, "aria-label": arrivalWords(row)});
  explain(mark, () => [arrivalWords(row)]);
  return mark;
}

export function arrivalOf(replies: Row[], windowMs: number, width: number):
    SVGSVGElement {
  const u = unit();
  const times = replies.map((row) => Math.max(maybe(row, "offset_ms") ?? 0,
    0.1));
  const low = Math.min(1, ...times) * 0.8;
  const high = Math.max(windowMs, ...times);
  const x = scaleLog().domain([low, high]).range([14 * u, width - 16 * u]);
  const height = (replies.length * 30 + 40) * u;
  const chart = sheet(width, Math.ceil(height), t("arrival.title"));
  const bottom = height - 22 * u;
  chart.append(...axisOf(x, [low, high], width, height),
    svg("line", {x1: 0, x2: width, y1: bottom, y2: bottom, class: "base"}));
  replies.forEach((row, i) => {
    const at = x(times[i] ?? 1);
    const y = (18 + i * 30) * u;
    const right = at < width * 0.6;
    chart.append(
      svg("line", {x1: at, x2: at, y1: y + 7 * u, y2: bottom, class: "drop"}),
      markOf(row, at, y),
      svg("text", {x: at + (right ? 14 : -14) * u, y,
                   class: right ? "halo start" : "halo end"},
        arrivalWords(row)));
  });
  listen(chart);
  return chart;
}
