// SPDX-License-Identifier: Apache-2.0
// The way from a probe to the server, hop by hop, and where forgeries begin.
import {svg, unit} from "../dom";
import {count, maybe, str, type Row} from "../doc";
import {fitted, textWidth} from "../figure/axis";
import {sheet} from "../figure/frame";
import {explain, listen} from "../figure/tip";
import {country, number, t} from "../locale";
import {networkText} from "../words";

export function hopWords(row: Row): string {
  const [low, high] = [count(row, "hop_low"), count(row, "hop_high")];
  const where = low === high ? t("hop.one", {hop: low}) :
    t("hop.range", {low, high});
  return t("hop.words", {where, n: count(row, "traces"),
    probes: count(row, "probes"),
    router: networkText(str(row, "router_asn"), str(row, "router_name"))});
}

function labelOf(row: Row): string {
  const own = networkText(str(row, "asn"), str(row, "network_name"));
  return `${own} · ${str(row, "injector_id") || "?"}`;
}

interface Rungs { left: number; step: number; last: number; stacked: boolean;
                  width: number }

const at = (rungs: Rungs, hop: number): number =>
  rungs.left + 8 * unit() + hop * rungs.step;

function axisOf(rungs: Rungs): SVGElement[] {
  const u = unit();
  const every = rungs.step < 18 * u ? 5 : 1;
  const clear = Math.ceil((textWidth(t("hop.probe")) + 10 * u) / rungs.step);
  const tick = (x: number, text: string, anchor: string) => svg("text", {
    x, y: 10 * u, class: `tick ${anchor}`, "aria-hidden": "true"}, text);
  const ticks = [tick(at(rungs, 0) - 3 * u, t("hop.probe"), "start")];
  for (let hop = every; hop <= rungs.last; hop += every) {
    if (hop >= clear) ticks.push(tick(at(rungs, hop), number(hop), "middle"));
  }
  return ticks;
}

function pathOf(row: Row, rungs: Rungs, y: number): SVGElement[] {
  const u = unit();
  const end = Math.min(maybe(row, "server_hop") ?? rungs.last, rungs.last);
  const label = fitted(labelOf(row),
    rungs.stacked ? rungs.width : rungs.left - 14 * u);
  const [low, high] = [at(rungs, count(row, "hop_low")),
    at(rungs, count(row, "hop_high"))];
  const mark = svg("rect", {
    x: low - 7 * u, y: y - 8 * u, width: high - low + 14 * u,
    height: 16 * u, rx: 8 * u, class: "injection", role: "img", tabindex: 0,
    "aria-label": `${labelOf(row)}: ${hopWords(row)}`});
  explain(mark, () => [hopWords(row), " ",
    country(str(row, "router_country"))]);
  return [
    svg("text", rungs.stacked ? {x: 0, y: y - 16 * u, class: "row start"} :
      {x: rungs.left - 12 * u, y, class: "row end"}, label),
    svg("line", {x1: at(rungs, 0), x2: at(rungs, end), y1: y, y2: y,
                 class: "path"}),
    ...Array.from({length: end + 1}, (_, hop) => svg("circle", {
      cx: at(rungs, hop), cy: y, r: 2.5 * u,
      class: hop === 0 ? "probe" : "router"})),
    svg("rect", {x: at(rungs, end) - 4 * u, y: y - 4 * u, width: 8 * u,
                 height: 8 * u, class: "server"}),
    mark];
}

const MOST_HOPS = 64;

export function ladderOf(hops: Row[], width: number): SVGSVGElement {
  const u = unit();
  const stacked = width < 560 * u;
  const left = stacked ? 8 * u : Math.min(width * 0.34, Math.ceil(
    Math.max(...hops.map((row) => textWidth(labelOf(row)))) + 16 * u));
  const last = Math.min(MOST_HOPS, Math.max(4, ...hops.map((row) =>
    Math.max(maybe(row, "server_hop") ?? 0, count(row, "hop_high")))));
  const rungs = {left, last, stacked, width,
                 step: (width - left - 28 * u) / last};
  const pitch = Math.max(stacked ? 50 : 34,
    Math.min(190 / hops.length, 60)) * u;
  const chart = sheet(width, Math.ceil(30 * u + hops.length * pitch),
    t("hop.title"));
  chart.append(...axisOf(rungs));
  hops.forEach((row, i) => chart.append(...pathOf(row, rungs,
    22 * u + (i + 0.5) * pitch + (stacked ? 8 * u : 0))));
  listen(chart);
  return chart;
}
