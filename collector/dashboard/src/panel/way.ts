// SPDX-License-Identifier: Apache-2.0
// The way a question takes: transports that escape, and the forger's hop.
import {count, groups, maybe, str, sum, unique, type Meta, type Row} from
  "../doc";
import {hopWords, ladderOf} from "../chart/ladder";
import {affected, asked, matrixOf, serverName, usable} from "../chart/matrix";
import {figureOf} from "../figure/frame";
import {legend} from "../figure/palette";
import {enumerate, percent, t} from "../locale";
import {CLASSES, networkText, transport} from "../words";
import {classCounts, countField, injectorField, networkField, textField} from
  "../page/fields";

// Rows of several days become one a transport and server.
function merged(all: Row[]): Row[] {
  const found = new Map<string, Record<string, unknown>>();
  for (const row of all) {
    const key = `${str(row, "transport")} ${str(row, "server")}`;
    const own = found.get(key);
    if (!own) { found.set(key, {...row}); continue; }
    for (const name of [...CLASSES, "measurements"]) {
      own[name] = count(own, name) + count(row, name);
    }
    own["probes"] = Math.max(count(own, "probes"), count(row, "probes"));
  }
  return [...found.values()];
}

function escapeWords(cells: Row[]): string {
  const shares = unique(cells.map((row) => str(row, "transport")))
    .map((code) => {
      const own = cells.filter((row) => str(row, "transport") === code);
      return {code, said: sum(own.map(usable)),
              hit: sum(own.map(affected))};
    }).filter((one) => one.said > 0);
  if (shares.length === 0) return t("matrix.nothing");
  return t("matrix.summary", {shares: enumerate(shares.map((one) =>
    `${transport(one.code)} ${percent(one.hit / one.said)}`))});
}

export function transportPanel(all: Row[], meta: Meta, style = "half"):
    HTMLElement {
  const cells = merged(all);
  return figureOf({
    id: "transport", title: t("matrix.title"), summary: escapeWords(cells),
    n: t("matrix.n", {n: sum(cells.map(asked))}), meta,
    empty: t("matrix.empty"), legend: legend(CLASSES.filter((name) =>
      cells.some((row) => count(row, name) > 0))),
    draw: (width) => matrixOf(cells, width),
    table: {caption: t("matrix.title"), rows: cells, columns: [
      {name: "transport", label: t("col.transport"),
       value: (row) => str(row, "transport"),
       cell: (row) => transport(str(row, "transport"))},
      {name: "server", label: t("col.server"),
       value: (row) => str(row, "server"),
       cell: (row) => serverName(str(row, "server"))},
      ...classCounts(CLASSES)]},
  }, style);
}

// Rows of several days become one a network, injector and place.
function places(hops: Row[]): Row[] {
  const key = (row: Row) => ["country", "asn", "injector_id", "hop_low",
    "hop_high", "router_asn"].map((name) => str(row, name)).join(" ");
  return [...groups(hops, key).values()].map((own) => ({
    ...own[0]!, traces: sum(own.map((row) => count(row, "traces"))),
    probes: Math.max(...own.map((row) => count(row, "probes")))}));
}

export function hopsPanel(all: Row[], meta: Meta, style = "half"):
    HTMLElement {
  const hops = places(all);
  const sorted = [...hops].sort((a, b) => count(b, "traces") -
    count(a, "traces")).slice(0, 12);
  const best = sorted[0];
  return figureOf({
    id: "hops", title: t("hop.title"), empty: t("hop.empty"), meta,
    summary: best ? t("hop.summary", {
      network: networkText(str(best, "asn"), str(best, "network_name")),
      words: hopWords(best)}) : "",
    n: t("hop.n", {n: sum(hops.map((row) => count(row, "traces")))}),
    draw: (width) => ladderOf(sorted, width),
    table: {caption: t("hop.title"), rows: hops, columns: [
      networkField(), injectorField(), countField("hop_low"),
      countField("hop_high"), countField("server_hop"),
      {name: "router_asn", label: t("col.router"),
       value: (row) => maybe(row, "router_asn") === null ? "" :
         networkText(str(row, "router_asn"), str(row, "router_name"))},
      textField("router_country"), countField("traces"),
      countField("probes")]},
  }, style);
}
