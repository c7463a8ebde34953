// SPDX-License-Identifier: Apache-2.0
// How many names had which verdict, day by day, over the probes behind it.
import {count, maybe, str, sum, type Meta, type Row} from "../doc";
import {columnsOf} from "../chart/columns";
import {piled} from "../chart/pile";
import {everyDay} from "../figure/axis";
import {figureOf} from "../figure/frame";
import {fillOf, legend} from "../figure/palette";
import {day, number, percent, t} from "../locale";
import {className, CLASSES} from "../words";
import {classCounts, countField, dayField} from "../page/fields";

// What matters most stands on the base line, where it can be compared.
const UP = [...CLASSES].reverse();

function summaryOf(latest: Row | undefined): string {
  if (!latest) return "";
  const domains = sum(CLASSES.map((name) => count(latest, name)));
  const said = domains - count(latest, "insufficient");
  const forged = count(latest, "poisoned") + count(latest, "likely_poisoned");
  return t("verdicts.summary", {
    day: day(str(latest, "day")), forged, said,
    share: said > 0 ? percent(forged / said) : "–",
    insufficient: count(latest, "insufficient")});
}

function wordsOf(row: Row | undefined): string {
  if (!row) return t("verdicts.nobody");
  return [...UP.filter((name) => count(row, name) > 0).map((name) =>
    `${className(name)} ${number(count(row, name))}`),
    t("count.probes", {n: count(row, "probes")})].join(", ");
}

export function verdictsPanel(days: Row[], meta: Meta, style = "half"):
    HTMLElement {
  const byDay = new Map(days.map((row) => [str(row, "day"), row]));
  const dates = everyDay([...byDay.keys()], 90);
  const seen = CLASSES.filter((name) =>
    days.some((row) => count(row, name) > 0));
  const words = (date: string): string => wordsOf(byDay.get(date));
  const draw = (width: number) => piled(t("verdicts.title"), [
    {chart: (own) => columnsOf({
      label: t("verdicts.title"), days: dates, words, bare: true, height: 180,
      parts: UP.map((name) => ({name, label: className(name),
                                fill: fillOf(name)})),
      value: (date, part) => count(byDay.get(date), part)}, own)},
    {title: t("verdicts.probes"), chart: (own) => columnsOf({
      label: t("verdicts.probes"), days: dates, words, height: 84,
      parts: [{name: "probes", label: t("col.probes"), fill: "",
               style: "neutral"}],
      value: (date) => count(byDay.get(date), "probes")}, own)},
  ], width);
  const latest = byDay.get(dates[dates.length - 1] ?? "");
  const probes = Math.max(0, ...days.map((row) => maybe(row, "probes") ?? 0));
  return figureOf({
    id: "verdicts", title: t("verdicts.title"), summary: summaryOf(latest),
    n: t("verdicts.n", {n: sum(days.map((row) => count(row, "sets")))}),
    meta: {...meta, probes: probes || (meta.probes ?? null)},
    empty: t("verdicts.empty"), legend: legend(seen), draw,
    table: {caption: t("verdicts.title"),
      rows: [...dates].reverse().flatMap((date): Row[] => {
        const row = byDay.get(date);
        return row ? [row] : [];
      }),
      columns: [dayField("day"), countField("domains"), countField("sets"),
        countField("probes"), ...classCounts(CLASSES)]},
  }, style);
}
