// SPDX-License-Identifier: Apache-2.0
// Classes as fills: a colour of Okabe and Ito each, and a pattern, so that
// colour never speaks alone. Blank is nobody asked, hatch is insufficient.
import {el, svg} from "../dom";
import {t} from "../locale";
import {className, CLASSES} from "../words";

const SIZE = 6;

type Stroke = [x1: number, y1: number, x2: number, y2: number];
// Lines over the ground; several runs past the edge close the seams.
const STROKES: Record<string, Stroke[]> = {
  insufficient: [[0, 6, 6, 0], [-1, 1, 1, -1], [5, 7, 7, 5]],
  likely_poisoned: [[0, 0, 6, 6], [5, -1, 7, 1], [-1, 5, 1, 7]],
  filtered: [[3, 0, 3, 6]],
  blocked: [[0, 3, 6, 3]],
  down: [[0, 3, 6, 3], [3, 0, 3, 6]],
};

function pattern(verdict: string): SVGPatternElement {
  const node = svg("pattern", {
    id: `k-${verdict}`, width: SIZE, height: SIZE,
    patternUnits: "userSpaceOnUse"},
    svg("rect", {width: SIZE, height: SIZE, class: `ground g-${verdict}`}));
  for (const [x1, y1, x2, y2] of STROKES[verdict] ?? []) {
    node.append(svg("line", {x1, y1, x2, y2, class: `stroke s-${verdict}`}));
  }
  if (verdict === "ambiguous") {
    node.append(svg("circle", {cx: 3, cy: 3, r: 1.2, class: "dot"}));
  }
  return node;
}

// Once a page, out of sight; every fill refers to these.
export function patterns(): SVGSVGElement {
  return svg("svg", {id: "patterns", "aria-hidden": "true", width: 0,
                     height: 0, focusable: "false"},
    svg("defs", {}, CLASSES.map(pattern)));
}

export function fillOf(verdict: string): string {
  return (CLASSES as readonly string[]).includes(verdict) ?
    `url(#k-${verdict})` : "none";
}

export function swatch(verdict: string): SVGSVGElement {
  return svg("svg", {class: "swatch", width: 12, height: 12,
                     viewBox: "0 0 12 12", "aria-hidden": "true"},
    svg("rect", {x: 0.5, y: 0.5, width: 11, height: 11, rx: 2,
                 fill: fillOf(verdict), class: `edge e-${verdict || "none"}`}));
}

export function classMark(verdict: string): HTMLElement {
  return el("span", {class: "mark"}, swatch(verdict), className(verdict));
}

// `blank` adds that nobody asked.
export function legend(classes: readonly string[], blank = false): HTMLElement {
  const entry = (verdict: string, label: string) =>
    el("li", {}, swatch(verdict), label);
  return el("ul", {class: "legend", "aria-label": t("legend.label")},
    classes.map((verdict) => entry(verdict, className(verdict))),
    blank && entry("", t("legend.blank")));
}
