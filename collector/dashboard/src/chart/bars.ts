// SPDX-License-Identifier: Apache-2.0
// Shares side by side, each with its numerator and denominator in words.
import {svg, unit} from "../dom";
import {fitted, textWidth} from "../figure/axis";
import {sheet} from "../figure/frame";
import {number, percent} from "../locale";
import {visible} from "../text";

export interface Bar { label: string; target?: string; part: number;
                       whole: number }
export interface Bars { label: string; bars: Bar[];
                        blank: string }  // For a bar without a whole.

interface Words { share: string; parts: string }

function wordsOf(bar: Bar, blank: string): Words {
  if (bar.whole <= 0) return {share: "", parts: blank};
  return {share: percent(bar.part / bar.whole),
          parts: `${number(bar.part)} / ${number(bar.whole)}`};
}

function labelOf(bar: Bar, words: Words, room: number, at: [number, number]):
    SVGElement {
  const text = svg("text", {x: at[0], y: at[1], class: "row start name"},
    fitted(visible(bar.label), room, 13));
  const name = `${visible(bar.label)}: ${words.share} ${words.parts}`;
  if (!bar.target) {
    text.setAttribute("role", "img");
    text.setAttribute("aria-label", name);
    return text;
  }
  return svg("a", {href: bar.target, class: "named", "aria-label": name}, text);
}

// On a phone the label stands above its bar.
export function barsOf(chart: Bars, width: number): SVGSVGElement {
  const u = unit();
  const words = chart.bars.map((bar) => wordsOf(bar, chart.blank));
  const widest = (texts: string[]) => Math.max(0, ...texts.map((text) =>
    textWidth(text, 13)));
  const stacked = width < 420 * u;
  const parts = widest(words.map((one) => one.parts)) + 8 * u;
  const share = widest(words.map((one) => one.share)) + 12 * u;
  const left = stacked ? 0 : Math.min(width * 0.36,
    widest(chart.bars.map((bar) => visible(bar.label))) + 18 * u);
  const right = stacked ? width : width - parts - share;
  const pitch = (stacked ? 44 : 28) * u;
  const sheetOf = sheet(width, Math.ceil(chart.bars.length * pitch + 4 * u),
    chart.label);
  chart.bars.forEach((bar, i) => {
    const y = i * pitch + 14 * u;
    const track = stacked ? y + 18 * u : y;
    const one = words[i] ?? {share: "", parts: ""};
    sheetOf.append(
      svg("rect", {x: left, y: track - 5 * u, width: right - left,
                   height: 10 * u, rx: 5 * u, class: "track"}),
      labelOf(bar, one, stacked ? width - parts - share : left - 14 * u,
        [0, y]),
      svg("text", {x: width - parts, y, class: "end strong",
                   "aria-hidden": "true"}, one.share),
      svg("text", {x: width, y, class: "end quiet-text",
                   "aria-hidden": "true"}, one.parts));
    if (bar.whole > 0 && bar.part > 0) {
      sheetOf.append(svg("rect", {
        x: left, y: track - 5 * u, rx: 5 * u, height: 10 * u, class: "forged",
        width: Math.max((right - left) * bar.part / bar.whole, 3 * u)}));
    }
  });
  return sheetOf;
}
