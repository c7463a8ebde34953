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

export function ladderOf(hops: Row[], width: number): SVGSVGElement {
  const u = unit();
  const stacked = width < 560 * u;
  const labels = hops.map(labelOf);
  const left = stacked ? 8 * u : Math.min(width * 0.34, Math.ceil(
    Math.max(...labels.map((label) => textWidth(label))) + 16 * u));
  const last = Math.max(...hops.map((row) =>
    Math.max(maybe(row, "server_hop") ?? 0, count(row, "hop_high"))), 4);
  const step = (width - left - 28 * u) / last;
  const pitch = Math.max(stacked ? 50 : 34,
    Math.min(190 / hops.length, 60)) * u;
  const height = 30 * u + hops.length * pitch;
  const chart = sheet(width, Math.ceil(height), t("hop.title"));
  const x = (hop: number) => left + 8 * u + hop * step;
  chart.append(svg("text", {x: x(0) - 3 * u, y: 10 * u, class: "tick start",
                            "aria-hidden": "true"}, t("hop.probe")));
  const clear = Math.ceil((textWidth(t("hop.probe")) + 10 * u) / step);
  for (let hop = step < 18 * u ? 5 : 1; hop <= last;
       hop += step < 18 * u ? 5 : 1) {
    if (hop < clear) continue;
    chart.append(svg("text", {x: x(hop), y: 10 * u, class: "tick middle",
                              "aria-hidden": "true"}, number(hop)));
  }
  hops.forEach((row, i) => {
    const y = 30 * u + i * pitch + pitch / 2 - 8 * u + (stacked ? 8 * u : 0);
    const end = maybe(row, "server_hop") ?? last;
    const label = fitted(labels[i] ?? "", stacked ? width : left - 14 * u);
    chart.append(svg("text", stacked ?
      {x: 0, y: y - 16 * u, class: "row start"} :
      {x: left - 12 * u, y, class: "row end"}, label));
    chart.append(svg("line", {x1: x(0), x2: x(end), y1: y, y2: y,
                              class: "path"}));
    for (let hop = 0; hop <= end; hop += 1) {
      chart.append(svg("circle", {cx: x(hop), cy: y, r: 2.5 * u,
                                  class: hop === 0 ? "probe" : "router"}));
    }
    chart.append(svg("rect", {x: x(end) - 4 * u, y: y - 4 * u, width: 8 * u,
                              height: 8 * u, class: "server"}));
    const [low, high] = [x(count(row, "hop_low")), x(count(row, "hop_high"))];
    const mark = svg("rect", {
      x: low - 7 * u, y: y - 8 * u, width: high - low + 14 * u,
      height: 16 * u, rx: 8 * u, class: "injection", role: "img", tabindex: 0,
      "aria-label": `${labels[i]}: ${hopWords(row)}`});
    explain(mark, () => [hopWords(row), " ", country(str(row,
      "router_country"))]);
    chart.append(mark);
  });
  listen(chart);
  return chart;
}
