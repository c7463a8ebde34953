// SPDX-License-Identifier: Apache-2.0
// One tab stop for many marks: arrows, Home, End and Page keys move in them,
// Enter opens.
import {svg} from "../dom";

export interface Roving {
  marks: SVGElement[][];  // By row; charts are drawn left to right.
  // Where Enter and a click lead, or "".
  target?: (row: number, column: number) => string;
  // Moves the ring that shows the focus.
  focused?: (mark: SVGElement) => void;
}

const PAGE = 7;

function step(key: string, row: number, column: number, last: number):
    [number, number] | null {
  switch (key) {
    case "ArrowLeft": return [row, column - 1];
    case "ArrowRight": return [row, column + 1];
    case "ArrowUp": return [row - 1, column];
    case "ArrowDown": return [row + 1, column];
    case "PageUp": return [row, column - PAGE];
    case "PageDown": return [row, column + PAGE];
    case "Home": return [row, 0];
    case "End": return [row, last];
    default: return null;
  }
}

const clamp = (value: number, most: number): number =>
  Math.max(0, Math.min(value, most));

export function rove(chart: SVGElement, roving: Roving): void {
  const where = new Map<Element, [number, number]>();
  roving.marks.forEach((row, i) => row.forEach((mark, j) => {
    where.set(mark, [i, j]);
    mark.setAttribute("tabindex", "-1");
  }));
  const lastRow = roving.marks[roving.marks.length - 1];
  let current = lastRow && roving.marks[0]?.[roving.marks[0].length - 1];
  current?.setAttribute("tabindex", "0");

  const open = (mark: Element) => {
    const at = where.get(mark);
    const target = at && roving.target?.(...at);
    if (target) location.assign(target);
  };
  chart.addEventListener("keydown", (event) => {
    const at = where.get(event.target as Element);
    if (!at) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      open(event.target as Element);
      return;
    }
    const row = roving.marks[at[0]];
    const next = step(event.key, at[0], at[1], (row?.length ?? 1) - 1);
    if (!next) return;
    event.preventDefault();
    const line = roving.marks[clamp(next[0], roving.marks.length - 1)];
    line?.[clamp(next[1], line.length - 1)]?.focus();
  });
  chart.addEventListener("focusin", (event) => {
    const mark = event.target as SVGElement;
    if (!where.has(mark)) return;
    current?.setAttribute("tabindex", "-1");
    current = mark;
    mark.setAttribute("tabindex", "0");
    roving.focused?.(mark);
  });
  chart.addEventListener("click", (event) => open(event.target as Element));
}

// Shows where the focus is: a dark line in a light one, on any colour.
export function ringOf(chart: SVGElement): (mark: SVGElement) => void {
  const rings = ["ring-under", "ring"].map((style) => svg("rect", {
    class: style, fill: "none", visibility: "hidden", "aria-hidden": "true"}));
  chart.append(...rings);
  chart.addEventListener("focusout", () => {
    for (const ring of rings) ring.setAttribute("visibility", "hidden");
  });
  return (mark) => {
    for (const ring of rings) {
      for (const name of ["x", "y", "width", "height"]) {
        ring.setAttribute(name, mark.getAttribute(name) ?? "0");
      }
      ring.setAttribute("visibility", "visible");
    }
  };
}
