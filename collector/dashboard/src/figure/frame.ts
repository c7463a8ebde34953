// SPDX-License-Identifier: Apache-2.0
// A figure: title, summary in words, chart or its table, downloads, caption.
import {button, el, freshId, svg, type Child} from "../dom";
import type {Meta} from "../doc";
import {t} from "../locale";
import {keep, state} from "../place";
import {captionOf} from "./caption";
import {save, saveCanvas, savePng, saveSvg} from "./download";
import {csvOf, tableOf, type Table} from "./table";

export interface Figure {
  id: string;  // Also in the query string, and in file names.
  title: string;
  summary: Child;
  n: string;  // What was counted: "2,311 cells".
  meta: Meta;
  table: Table;
  empty: string;  // Said where there are no rows.
  legend?: Child;
  controls?: Child;
  // Absent: the table stands alone.
  draw?: (width: number) => Element | Promise<Element>;
  pixels?: boolean;  // Drawn on a canvas: there is no SVG of it.
  most?: number;  // Rows of the table before "show all".
  level?: 2 | 3;
}

export const tabled = (): string[] =>
  state("table").split(",").filter((id) => id !== "");

function remember(id: string, asTable: boolean): void {
  const ids = tabled().filter((other) => other !== id);
  if (asTable) ids.push(id);
  keep("table", ids.join(","));
}

// Draws at the width there is, and again when that changes.
function canvasOf(figure: Figure): HTMLElement {
  const box = el("div", {class: "canvas"});
  let drawn = 0;
  const redraw = async () => {
    const width = Math.floor(box.clientWidth);
    if (width === 0 || width === drawn || !figure.draw) return;
    drawn = width;
    const chart = await figure.draw(width);
    if (drawn === width) box.replaceChildren(chart);
  };
  new ResizeObserver(() => { requestAnimationFrame(redraw); }).observe(box);
  addEventListener("redraw", () => { drawn = 0; void redraw(); });
  return box;
}

function picture(box: HTMLElement, figure: Figure, form: "svg" | "png") {
  const words = {title: figure.title, source: `${t("brand.name")} · ${
    captionOf(figure.n, figure.meta)}`};
  const chart = box.querySelector<SVGSVGElement>("svg.chart");
  const canvas = box.querySelector("canvas");
  if (chart && form === "svg") saveSvg(chart, figure.id, words);
  else if (chart) void savePng(chart, figure.id, words);
  else if (canvas) saveCanvas(canvas, figure.id, words);
}

interface Body { box: HTMLElement | null; twin: HTMLElement }

function tools(figure: Figure, body: Body): HTMLElement {
  const bar = el("div", {class: "tools", role: "group",
                         "aria-label": t("tools.label", {
                           title: figure.title})});
  const named = (label: string) => ({class: "tool",
    "aria-label": `${label}: ${figure.title}`});
  if (body.box) {
    const box = body.box;
    const toggle = button(t("tools.table"), () => {
      const now = body.twin.hidden;
      show(now);
      remember(figure.id, now);
    }, {...named(t("tools.table")), "aria-pressed": "false"});
    const show = (asTable: boolean) => {
      body.twin.hidden = !asTable;
      box.hidden = asTable;
      toggle.setAttribute("aria-pressed", String(asTable));
    };
    show(tabled().includes(figure.id));
    bar.append(toggle);
  }
  bar.append(button("CSV", () => save(new Blob([csvOf(figure.table)],
    {type: "text/csv"}), figure.id, "csv"), named("CSV")));
  if (body.box) {
    const box = body.box;
    for (const form of figure.pixels ? ["png"] as const :
        ["svg", "png"] as const) {
      const label = form.toUpperCase();
      bar.append(button(label, () => picture(box, figure, form),
        {...named(label), "data-form": form}));
    }
  }
  return bar;
}

export function figureOf(figure: Figure, style = ""): HTMLElement {
  const heading = freshId("figure");
  const node = el("figure", {class: `panel ${style}`.trim(),
                             "aria-labelledby": heading,
                             "data-figure": figure.id});
  const words = el("div", {class: "words"},
    el(figure.level === 3 ? "h3" : "h2", {id: heading}, figure.title),
    el("p", {class: "summary"}, figure.summary));
  const head = el("header", {class: "head"}, words);
  node.append(head);
  if (figure.table.rows.length === 0) {
    words.lastElementChild?.replaceChildren(figure.empty);
    node.classList.add("empty");
    return node;
  }
  const box = figure.draw ? canvasOf(figure) : null;
  const twin = tableOf(figure.table, figure.most);
  head.append(tools(figure, {box, twin}));
  if (Array.isArray(figure.controls) ? figure.controls.some(Boolean) :
      figure.controls) node.append(el("div", {class: "controls"},
    figure.controls));
  if (figure.legend) node.append(el("div", {class: "legends"}, figure.legend));
  if (box) node.append(box);
  node.append(twin, el("figcaption", {}, captionOf(figure.n, figure.meta)));
  return node;
}

// The sheet that a chart draws on; its words are in the table beside it.
export function sheet(width: number, height: number, label: string,
                      role = "group"): SVGSVGElement {
  return svg("svg", {class: "chart", width, height, role, "aria-label": label,
                     viewBox: `0 0 ${width} ${height}`, direction: "ltr"});
}
