// SPDX-License-Identifier: Apache-2.0
// How much was asked, and from how many probes: no verdicts, no verdict's
// colours.
import {count, groups, str, sum, unique, type Meta, type Row} from "../doc";
import {columnsOf} from "../chart/columns";
import {piled} from "../chart/pile";
import {everyDay} from "../figure/axis";
import {figureOf} from "../figure/frame";
import {number, t} from "../locale";
import {countField, countryField, dayField, networkField} from
  "../page/fields";

export function coveragePanel(all: Row[], meta: Meta, style = "half"):
    HTMLElement {
  // A country counts a probe once that its networks count apart.
  const whole = all.filter((row) => str(row, "scope") === "country");
  const parts = all.filter((row) => str(row, "scope") !== "country");
  const byDay = groups(whole.length > 0 ? whole : parts,
    (row) => str(row, "day"));
  const byPart = groups(parts, (row) => str(row, "day"));
  const dates = everyDay([...byDay.keys()], 90);
  const total = (date: string, name: string) => sum((byDay.get(date) ?? [])
    .map((row) => count(row, name)));
  const networks = unique(parts.map((row) => str(row, "asn"))).length;
  const words = (date: string): string => t("coverage.day", {
    probes: total(date, "probes"), measurements: total(date, "measurements"),
    networks: (byPart.get(date) ?? []).length});
  const storey = (name: string, height: number, bare: boolean) => ({
    title: t(`col.${name}`),
    chart: (width: number) => columnsOf({
      label: t(`col.${name}`), days: dates, words, height, bare,
      parts: [{name, label: t(`col.${name}`), fill: "", style: "neutral"}],
      value: total}, width)});
  const storeys = [storey("probes", 90, true),
    storey("measurements", 114, false)];
  const last = dates[dates.length - 1] ?? "";
  return figureOf({
    id: "coverage", title: t("coverage.title"), meta,
    summary: t("coverage.summary", {n: networks,
      probes: number(total(last, "probes"))}),
    n: t("matrix.n", {n: sum([...byDay.values()].flat().map((row) =>
      count(row, "measurements")))}),
    empty: t("coverage.empty"),
    draw: (width) => piled(t("coverage.title"), storeys, width),
    table: {caption: t("coverage.title"), rows: [...all].reverse(), columns: [
      dayField("day"), countryField(), networkField(), countField("probes"),
      countField("sets"), countField("measurements"),
      countField("domains")]},
  }, style);
}
