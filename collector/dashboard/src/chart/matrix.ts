// SPDX-License-Identifier: Apache-2.0
// Which transports escape: transports across, servers down, in each cell the
// share that was not answered truly.
import {svg, unit} from "../dom";
import {count, str, sum, unique, type Row} from "../doc";
import {fitted, textWidth} from "../figure/axis";
import {sheet} from "../figure/frame";
import {fillOf} from "../figure/palette";
import {rove} from "../figure/rove";
import {explain, listen} from "../figure/tip";
import {compact, number, percent, t} from "../locale";
import {visible} from "../text";
import {AFFECTED, className, CLASSES, transport} from "../words";

const ORDER = ["udp", "tcp", "tls", "https"];

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

function cellWords(row: Row | undefined): string {
  if (!row || asked(row) === 0) return t("legend.blank");
  const parts = CLASSES.filter((name) => count(row, name) > 0)
    .map((name) => `${className(name)} ${number(count(row, name))}`);
  return parts.join(", ");
}

interface Box { x: number; y: number; width: number; height: number }

// The classes of what was not answered truly, from the left, over the rest.
function paint(row: Row, box: Box): SVGElement[] {
  const said = usable(row);
  const bar = (x: number, width: number, fill: string) => svg("rect", {
    x, y: box.y, width, height: box.height, fill});
  if (said === 0) return [bar(box.x, box.width, fillOf("insufficient"))];
  let x = box.x;
  return [...CLASSES].reverse().flatMap((name) => {
    const width = box.width * count(row, name) / said;
    if (name === "insufficient" || width === 0) return [];
    x += width;
    return [bar(x - width, width, fillOf(name))];
  });
}

function cellOf(row: Row | undefined, box: Box, label: string): SVGElement[] {
  const u = unit();
  const none = !row || asked(row) === 0;
  const share = none ? "" : usable(row) === 0 ? className("insufficient") :
    percent(affected(row) / usable(row));
  const words = `${label}: ${cellWords(row)}`;
  const hit = svg("rect", {
    x: box.x - 4 * u, y: box.y - 22 * u, width: box.width + 8 * u,
    height: 38 * u, class: "hit", role: "img", "aria-label": words});
  explain(hit, () => [words]);
  const y = box.y - 10 * u;
  if (none) {
    return [svg("text", {x: box.x, y, class: "start quiet-text"},
      fitted(t("legend.blank"), box.width)), hit];
  }
  const n = `n = ${compact(asked(row))}`;
  const both = textWidth(share) + textWidth(n, 11) + 8 * u < box.width;
  return [
    svg("text", {x: box.x, y, class: "start strong"},
      fitted(share, box.width)),
    ...(both ? [svg("text", {x: box.x + box.width, y,
                             class: "end quiet-text fine"}, n)] : []),
    ...paint(row, box),
    svg("rect", {...box, class: "frame", fill: "none"}), hit];
}

export function matrixOf(cells: Row[], width: number): SVGSVGElement {
  const u = unit();
  const transports = unique([...ORDER.filter((code) =>
    cells.some((row) => str(row, "transport") === code)),
    ...cells.map((row) => str(row, "transport"))]);
  const servers = unique(cells.map((row) => str(row, "server")));
  const at = new Map(cells.map((row) =>
    [`${str(row, "transport")} ${str(row, "server")}`, row]));
  const stacked = width < 560 * u;
  const left = stacked ? 0 : Math.min(width * 0.28, Math.max(
    ...servers.map((code) => textWidth(serverName(code), 13))) + 16 * u);
  const step = (width - left) / transports.length;
  const pitch = (stacked ? 62 : 46) * u;
  const chart = sheet(width, Math.ceil(24 * u + servers.length * pitch),
    t("matrix.title"));
  transports.forEach((code, i) => chart.append(svg("text", {
    x: left + i * step, y: 9 * u, class: "start quiet-text"},
    fitted(transport(code), step - 8 * u))));
  const marks = servers.map((server, i) => {
    const y = 24 * u + i * pitch + (stacked ? 16 : 0) * u;
    chart.append(svg("text", {x: 0, y: stacked ? y : y + 18 * u,
                              class: "row start"},
      fitted(serverName(server), stacked ? width : left - 10 * u, 13)));
    return transports.map((code, j) => {
      const parts = cellOf(at.get(`${code} ${server}`),
        {x: left + j * step, y: y + (stacked ? 32 : 24) * u,
         width: step - 16 * u, height: 9 * u},
        `${serverName(server)}, ${transport(code)}`);
      chart.append(...parts);
      return parts[parts.length - 1] as SVGElement;
    });
  });
  rove(chart, {marks});
  listen(chart);
  return chart;
}
