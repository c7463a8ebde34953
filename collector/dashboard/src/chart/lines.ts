// SPDX-License-Identifier: Apache-2.0
// Lines with a cursor, by uPlot; fetched when a page first has one.
import uPlot from "uplot";
import {el, unit} from "../dom";
import {compact, number, shortDay} from "../locale";

export interface Series { label: string; colour: string; dash?: number[];
                          values: Array<number | null> }
export interface Lines {
  label: string;
  x: number[];  // Seconds since 1970, or any quantity.
  time: boolean;
  logarithmic?: boolean;
  stepped?: boolean;
  series: Series[];
  y: (value: number) => string;
  words: (value: number) => string;  // An x as text.
  most?: number;
  height?: number;
}

const styleOf = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function axisStyle(): Partial<uPlot.Axis> {
  const u = unit();
  return {
    stroke: styleOf("--muted"),
    font: `${Math.round(12 * u)}px ${getComputedStyle(document.body)
      .fontFamily}`,
    grid: {stroke: styleOf("--line"), width: 1},
    ticks: {show: false}, gap: 6 * u,
  };
}

function optionsOf(lines: Lines, width: number): uPlot.Options {
  const u = unit();
  const steps = uPlot.paths.stepped?.({align: 1});
  return {
    width, height: Math.round((lines.height ?? 220) * u),
    padding: [8 * u, 14 * u, 0, 0],
    legend: {show: false},
    cursor: {drag: {x: false, y: false}, points: {size: 7 * u},
             y: false},
    scales: {
      x: {time: lines.time, distr: lines.logarithmic ? 3 : 1},
      y: {range: (_plot, _low, high) => [0, lines.most ?? (high * 1.08 || 1)]},
    },
    axes: [
      {...axisStyle(), size: 32 * u, gap: 10 * u, space: 70 * u,
       values: (_plot, splits) => splits.map((value) => value === null ? "" :
         lines.time ? shortDay(new Date(value * 1000)) : compact(value))},
      {...axisStyle(), size: 46 * u, space: 36 * u,
       values: (_plot, splits) => splits.map((value) => lines.y(value))},
    ],
    series: [{}, ...lines.series.map((series): uPlot.Series => ({
      label: series.label, stroke: styleOf(series.colour), width: 2 * u,
      ...(series.dash ? {dash: series.dash} : {}), points: {show: false},
      ...(lines.stepped && steps ? {paths: steps} : {})}))],
  };
}

// The canvas is silent: the line below says what the cursor is at.
export function linesOf(lines: Lines, width: number): HTMLElement {
  const box = el("div", {class: "lines", role: "img",
                         "aria-label": lines.label, tabindex: 0});
  const reading = el("p", {class: "reading", "aria-live": "polite"});
  const say = (plot: uPlot) => {
    const i = plot.cursor.idx;
    if (i === null || i === undefined) { reading.textContent = ""; return; }
    const parts = lines.series.flatMap((series) => {
      const value = series.values[i];
      return value === null || value === undefined ? [] :
        [`${series.label} ${lines.y(value)}`];
    });
    reading.textContent = [lines.words(lines.x[i] ?? 0), ...parts].join(" · ");
  };
  const options = optionsOf(lines, width);
  options.hooks = {setCursor: [say]};
  const plot = new uPlot(options, [lines.x, ...lines.series.map((series) =>
    series.values)], box);
  let at = lines.x.length - 1;
  box.addEventListener("keydown", (event) => {
    const by = {ArrowLeft: -1, ArrowRight: 1}[event.key];
    if (!by) return;
    event.preventDefault();
    at = Math.max(0, Math.min(lines.x.length - 1, at + by));
    plot.setCursor({left: plot.valToPos(lines.x[at] ?? 0, "x"), top: 0});
  });
  return el("div", {class: "plotted"}, box, reading);
}

export const plain = (value: number): string => number(value, 1);
