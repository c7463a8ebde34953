// SPDX-License-Identifier: Apache-2.0
// One small box that says what the pointer or the focus is on.
import {append, el, type Child} from "../dom";

const box = el("div", {class: "tip", "aria-hidden": "true"});
box.hidden = true;

export function showTip(at: DOMRect, ...content: Child[]): void {
  if (!box.isConnected) document.body.append(box);
  box.replaceChildren();
  append(box, content);
  box.hidden = false;
  const own = box.getBoundingClientRect();
  const gap = 8;
  const right = document.documentElement.clientWidth - own.width - gap;
  const middle = at.left + at.width / 2 - own.width / 2;
  const above = at.top - own.height - gap;
  const top = above > gap ? above : at.bottom + gap;
  box.style.setProperty("left", `${Math.max(gap, Math.min(middle, right))}px`);
  box.style.setProperty("top", `${top}px`);
}

export function hideTip(): void {
  box.hidden = true;
}

// What a mark says of itself when the pointer or the focus comes.
const words = new WeakMap<Element, () => Child[]>();

export function explain(mark: Element, content: () => Child[]): void {
  words.set(mark, content);
}

// One set of listeners for all marks of a chart.
export function listen(chart: SVGElement): void {
  const show = (event: Event) => {
    const mark = event.target as Element;
    const content = words.get(mark);
    if (content) showTip(mark.getBoundingClientRect(), ...content());
    else hideTip();
  };
  chart.addEventListener("pointerover", show);
  chart.addEventListener("focusin", show);
  chart.addEventListener("pointerleave", hideTip);
  chart.addEventListener("focusout", hideTip);
}

addEventListener("scroll", hideTip, {passive: true, capture: true});
addEventListener("keydown", (event) => {
  if (event.key === "Escape") hideTip();
});
