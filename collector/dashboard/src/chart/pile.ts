// SPDX-License-Identifier: Apache-2.0
// Charts on one sheet, over one another or in columns, so that they stay
// together in a file.
import {svg, unit} from "../dom";
import {sheet} from "../figure/frame";

export interface Storey { title?: string;
                          chart: (width: number) => SVGSVGElement }

export function piled(label: string, storeys: Storey[], width: number,
                      columns = 1): SVGSVGElement {
  const u = unit();
  const gap = 28 * u;
  const own = Math.floor((width - gap * (columns - 1)) / columns);
  const parts: SVGElement[] = [];
  let [y, tallest] = [0, 0];
  storeys.forEach(({title, chart: draw}, i) => {
    const column = i % columns;
    if (column === 0 && i > 0) { y += tallest + 10 * u; tallest = 0; }
    const x = column * (own + gap);
    const head = title ? 22 * u : 0;
    if (title) {
      parts.push(svg("text", {x, y: y + 10 * u, class: "row start strong"},
        title));
    }
    const chart = draw(own);
    chart.setAttribute("x", String(x));
    chart.setAttribute("y", String(y + head));
    chart.classList.replace("chart", "storey");
    parts.push(chart);
    tallest = Math.max(tallest, Number(chart.getAttribute("height")) + head);
  });
  const pile = sheet(width, Math.ceil(y + tallest), label);
  pile.append(...parts);
  return pile;
}
