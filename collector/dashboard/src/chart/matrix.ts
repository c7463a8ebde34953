// SPDX-License-Identifier: Apache-2.0
// Which transports escape: transports across, servers down, shares in cells.
import {el} from "../dom";
import {count, str, sum, unique, type Row} from "../doc";
import {fillOf, swatch} from "../figure/palette";
import {number, percent, t} from "../locale";
import {visible} from "../text";
import {AFFECTED, className, CLASSES, severity, transport} from "../words";

const ORDER = ["udp", "tcp", "tls", "https"];

export function worst(row: Row): string {
  const seen = CLASSES.filter((name) => count(row, name) > 0);
  return [...seen].sort((a, b) => count(row, b) - count(row, a) ||
    severity(b) - severity(a))[0] ?? "";
}

export const asked = (row: Row): number =>
  sum(CLASSES.map((name) => count(row, name)));
export const affected = (row: Row): number =>
  sum([...AFFECTED].map((name) => count(row, name)));
export const usable = (row: Row): number =>
  asked(row) - count(row, "insufficient");

export function serverName(code: string): string {
  return code === "system" || code === "canary" || code === "other" ?
    t(`server.${code}`) : visible(code);
}

function cellOf(row: Row | undefined): HTMLElement {
  if (!row || asked(row) === 0) {
    return el("td", {class: "nobody"}, t("legend.blank"));
  }
  if (usable(row) === 0) {
    return el("td", {}, swatch("insufficient"), className("insufficient"),
      el("small", {}, `n = ${number(asked(row))}`));
  }
  const verdict = worst(row);
  return el("td", {"data-fill": fillOf(verdict) === "none" ? null : verdict},
    swatch(verdict), percent(affected(row) / usable(row)),
    el("small", {}, `n = ${number(asked(row))}`));
}

export function matrixOf(cells: Row[]): HTMLElement {
  const transports = unique([...ORDER.filter((code) =>
    cells.some((row) => str(row, "transport") === code)),
    ...cells.map((row) => str(row, "transport"))]);
  const servers = unique(cells.map((row) => str(row, "server")));
  const at = new Map(cells.map((row) =>
    [`${str(row, "transport")} ${str(row, "server")}`, row]));
  return el("div", {class: "scroll", tabindex: 0, role: "region",
                    "aria-label": t("matrix.title")},
    el("table", {class: "matrix"},
      el("thead", {}, el("tr", {}, el("th", {scope: "col"}, t("col.server")),
        transports.map((code) => el("th", {scope: "col"}, transport(code))))),
      el("tbody", {}, servers.map((server) => el("tr", {},
        el("th", {scope: "row"}, serverName(server)),
        transports.map((code) => cellOf(at.get(`${code} ${server}`))))))));
}
