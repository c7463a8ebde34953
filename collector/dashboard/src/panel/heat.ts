// SPDX-License-Identifier: Apache-2.0
// The heat map as a panel: choices, words, legend, table.
import {el} from "../dom";
import {count, list, str, sum, unique, type Meta, type Row} from "../doc";
import {heatOf, linesOf, setsOf, type HeatLine} from "../chart/heat";
import {everyDay} from "../figure/axis";
import {figureOf} from "../figure/frame";
import {legend} from "../figure/palette";
import {stepKey} from "../figure/steps";
import type {Column} from "../figure/table";
import {compare, t} from "../locale";
import {href} from "../place";
import {AFFECTED, CLASSES} from "../words";
import {countField, dayField, evidenceField, mechanismsField, shareField,
  verdictField} from "../page/fields";
import {choiceOf, chosen, type Option} from "./choice";

export interface HeatPanel {
  id: string; title: string; meta: Meta; cells: Row[];
  summary: string | ((shares: boolean) => string);
  key: (cell: Row) => string;
  name: (cell: Row) => [label: string, target: string];
  subject: Column[];  // Of the table, before day and verdict.
  orders?: boolean;
  shares?: boolean;  // How much of what was asked, if the reader wants.
}

// Days on which most were affected, and a part of a day for fewer.
const affectedDays = (line: HeatLine): number => sum(line.cells.map((cell) =>
  AFFECTED.has(str(cell, "verdict")) ? 1 : (setsOf(cell)?.hit ?? 0) /
    Math.max(setsOf(cell)?.said ?? 1, 1)));

// The day since which it is affected without a day between that says else.
function since(line: HeatLine): string {
  const cells = [...line.cells].sort((a, b) =>
    str(b, "day").localeCompare(str(a, "day")));
  let found = "";
  for (const cell of cells) {
    const verdict = str(cell, "verdict");
    if (AFFECTED.has(verdict)) found = str(cell, "day");
    else if (verdict !== "insufficient") break;
  }
  return found;
}

const ORDERS: Record<string, (a: HeatLine, b: HeatLine) => number> = {
  days: (a, b) => affectedDays(b) - affectedDays(a),
  onset: (a, b) => since(b).localeCompare(since(a)),
  name: (a, b) => compare(a.label, b.label),
};

const orderOptions = (): Option[] => Object.keys(ORDERS).map((value) =>
  ({value, label: t(`order.${value}`)}));
function rangeOptions(): Option[] {
  return [60, 30, 14, 90].map((n) => ({value: String(n),
    label: t("range.days", {n})}));
}

function within(cells: Row[], days: number): Row[] {
  const known = everyDay(cells.map((cell) => str(cell, "day")), days);
  const from = known[0] ?? "";
  return cells.filter((cell) => str(cell, "day") >= from);
}

const modeOptions = (): Option[] => ["share", "verdict"].map((value) =>
  ({value, label: t(`mode.${value}`)}));

function keyOf(cells: Row[], shares: boolean): HTMLElement {
  if (shares) return stepKey(true);
  const seen = new Set(cells.map((cell) => str(cell, "verdict")));
  return legend(CLASSES.filter((name) => seen.has(name)), true);
}

// Columns that only some documents have.
function extraFields(cells: Row[]): Column[] {
  return [
    ...cells.some((cell) => list(cell, "mechanisms").length > 0) ?
      [mechanismsField()] : [],
    ...cells.some((cell) => count(cell, "affected_probes") > 0) ?
      [countField("affected_probes")] : []];
}

export function heatPanel(panel: HeatPanel, style = "wide"): HTMLElement {
  const ordered = panel.orders ?? true;
  const both = (panel.shares ?? false) && panel.cells.some((cell) =>
    setsOf(cell) !== null);
  const shares = () => both && chosen("mode", modeOptions()) === "share";
  const key = el("div", {}, keyOf(panel.cells, shares()));
  const words = (): string => typeof panel.summary === "string" ?
    panel.summary : panel.summary(shares());
  const summary = el("span", {}, words());
  const draw = (width: number) => {
    const cells = within(panel.cells, Number(chosen("days", rangeOptions())));
    const lines = linesOf(cells, panel.key, panel.name);
    const order = ORDERS[chosen("order", orderOptions())];
    if (ordered && order) lines.sort(order);
    key.replaceChildren(keyOf(panel.cells, shares()));
    summary.textContent = words();
    return heatOf({label: panel.title, lines, shares: shares(),
      target: (cell) => str(cell, "witness") ?
        href("evidence", str(cell, "witness")) : ""}, width);
  };
  const subjects = unique(panel.cells.map(panel.key)).length;
  return figureOf({
    id: panel.id, title: panel.title, summary,
    n: t("heat.n", {n: panel.cells.length,
      rows: t("count.rows", {n: subjects})}),
    meta: panel.meta, empty: t("heat.empty"),
    legend: key,
    controls: [both && choiceOf("mode", t("mode.label"), modeOptions()),
      ordered && choiceOf("order", t("order.label"), orderOptions()),
      ordered && choiceOf("days", t("range.label"), rangeOptions())],
    table: {caption: panel.title,
      rows: [...panel.cells].sort((a, b) =>
        str(b, "day").localeCompare(str(a, "day"))),
      columns: [...panel.subject, dayField("day"), verdictField(),
        countField("probes"), shareField("agreement"),
        ...extraFields(panel.cells), evidenceField()]},
    draw,
  }, style);
}
