// SPDX-License-Identifier: Apache-2.0
// Real tables: the twin of every chart, sortable, with the same rows as CSV.
import {button, el, type Child} from "../dom";
import type {Row} from "../doc";
import {compare, number, t} from "../locale";
import {visible} from "../text";

export interface Column {
  name: string;  // As the column of a CSV is called.
  label: string;
  value: (row: Row) => string | number | null;
  cell?: (row: Row) => Child;
  numeric?: boolean;
}
export interface Table { columns: Column[]; rows: Row[]; caption: string }

const FIRST = 12;

function cellOf(column: Column, row: Row): Child {
  if (column.cell) return column.cell(row);
  const value = column.value(row);
  if (value === null || value === "") {
    return el("span", {class: "quiet"}, "–");
  }
  return typeof value === "number" ?
    number(value, Number.isInteger(value) ? 0 : 2) : visible(value);
}

// What is not known comes last, whichever way.
function order(column: Column, down: boolean): (a: Row, b: Row) => number {
  return (a, b) => {
    const [x, y] = [column.value(a), column.value(b)];
    if (x === null || x === "") return y === null || y === "" ? 0 : 1;
    if (y === null || y === "") return -1;
    const by = typeof x === "number" && typeof y === "number" ? x - y :
      compare(String(x), String(y));
    return down ? -by : by;
  };
}

function bodyRow(table: Table, row: Row): HTMLTableRowElement {
  return el("tr", {}, table.columns.map((column, i) => i === 0 ?
    el("th", {scope: "row"}, cellOf(column, row)) :
    el("td", {class: column.numeric ? "number" : null},
      cellOf(column, row))));
}

export function tableOf(table: Table, most = FIRST): HTMLElement {
  let shown = table.rows;
  let whole = table.rows.length <= most + 3;
  const body = el("tbody");
  const more = el("p", {class: "more"});
  const fill = () => {
    const now = whole ? shown : shown.slice(0, most);
    body.replaceChildren(...now.map((row) => bodyRow(table, row)));
    more.hidden = whole;
  };
  more.append(button(t("table.all", {n: table.rows.length}), () => {
    whole = true;
    fill();
    (body.rows[most]?.querySelector("a") ?? scroll).focus();
  }, {class: "textual"}));

  const heads = table.columns.map((column) => {
    const head = el("th", {scope: "col",
                           class: column.numeric ? "number" : null});
    head.append(button(column.label, () => {
      const down = head.getAttribute("aria-sort") !== "descending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      shown = [...table.rows].sort(order(column, down));
      fill();
    }, {class: "sort"}));
    return head;
  });
  const scroll = el("div", {class: "scroll", tabindex: 0, role: "region",
                            "aria-label": table.caption},
    el("table", {},
      el("caption", {class: "unseen"}, table.caption),
      el("thead", {}, el("tr", {}, heads)), body));
  fill();
  return el("div", {class: "tabular"}, scroll, more);
}

// Spreadsheets run what begins so; a quote before it keeps it text.
const FORMULA = /^[=+\-@\t\r]/;

function field(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) || text !== text.trim() ?
    `"${text.replaceAll("\"", "\"\"")}"` : text;
}

export function csvOf(table: Table): string {
  const head = table.columns.map((column) => field(column.name));
  const lines = table.rows.map((row) =>
    table.columns.map((column) => field(column.value(row))));
  return [head, ...lines].map((line) => `${line.join(",")}\r\n`).join("");
}
