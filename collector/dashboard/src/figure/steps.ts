// SPDX-License-Identifier: Apache-2.0
// Shares in a few steps of one colour, from pale to dark; 0 has its own.
import {el, svg} from "../dom";
import {percent, t} from "../locale";
import {className} from "../words";
import {swatch} from "./palette";

const ENDS = [0, 0.05, 0.2, 0.4, 0.6, 1];

export function stepOf(share: number): number {
  const found = ENDS.findIndex((end) => share <= end);
  return found < 0 ? ENDS.length - 1 : found;
}

function box(style: string): SVGSVGElement {
  return svg("svg", {class: "swatch", width: 12, height: 12,
                     viewBox: "0 0 12 12", "aria-hidden": "true"},
    svg("rect", {width: 12, height: 12, rx: 2, class: style}));
}

export function stepKey(insufficient: boolean): HTMLElement {
  return el("ul", {class: "legend", "aria-label": t("legend.label")},
    ENDS.map((end, i) => el("li", {}, box(`step-${i}`),
      i === 0 ? percent(0) : t("legend.up_to", {share: percent(end)}))),
    insufficient &&
      el("li", {}, swatch("insufficient"), className("insufficient")),
    el("li", {}, swatch(""), t("legend.blank")));
}
