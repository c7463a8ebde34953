// SPDX-License-Identifier: Apache-2.0
// Shares side by side, each with its numerator and denominator in words.
import {el, type Child} from "../dom";
import {number, percent} from "../locale";

export interface Bar { label: Child; part: number; whole: number;
                       style?: string }

// A bar without a whole has no share: it is said, and not drawn.
export function barsOf(bars: Bar[], blank: string): HTMLElement {
  return el("ul", {class: "bars"}, bars.map((bar) => {
    const track = el("span", {class: "track", "aria-hidden": "true"});
    const value = el("span", {class: "figure"});
    if (bar.whole > 0) {
      const share = bar.part / bar.whole;
      const fill = el("span", {class: `fill ${bar.style ?? ""}`});
      fill.style.setProperty("inline-size", `${share * 100}%`);
      track.append(fill);
      value.append(el("b", {}, percent(share)), " ",
        el("span", {class: "quiet"},
          `${number(bar.part)} / ${number(bar.whole)}`));
    } else {
      value.append(el("span", {class: "quiet"}, blank));
    }
    return el("li", {}, el("span", {class: "label"}, bar.label), track, value);
  }));
}
