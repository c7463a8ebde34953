// SPDX-License-Identifier: Apache-2.0
// Who comes first: the share of forged and of genuine replies that have
// arrived by a time after the question.
import {el, svg} from "../dom";
import {count, groups, maybe, sum, type Meta, type Row, str} from "../doc";
import {figureOf} from "../figure/frame";
import {number, percent, t} from "../locale";
import {countField} from "../page/fields";

const KINDS = ["forged", "genuine"];
const STYLE: Record<string, {colour: string; dash?: number[]}> = {
  forged: {colour: "--race-forged"},
  genuine: {colour: "--race-genuine", dash: [8, 4]},
};

interface Curve { kind: string; total: number; at: Map<number, number> }

function curveOf(kind: string, all: Row[], bounds: number[]): Curve {
  const own = groups(all.filter((row) => str(row, "kind") === kind),
    (row) => String(maybe(row, "upper_ms")));
  const total = sum([...own.values()].flat().map((row) =>
    count(row, "replies")));
  let gone = 0;
  const at = new Map<number, number>();
  for (const bound of bounds) {
    gone += sum((own.get(String(bound)) ?? []).map((row) =>
      count(row, "replies")));
    if (total > 0) at.set(bound, gone / total);
  }
  return {kind, total, at};
}

// The bound by which half had come.
function median(curve: Curve): number | null {
  for (const [bound, share] of curve.at) if (share >= 0.5) return bound;
  return null;
}

export const milliseconds = (value: number): string =>
  t("race.ms", {ms: number(value, value < 10 ? 2 : value < 100 ? 1 : 0)});

function summaryOf(curves: Curve[]): string {
  const [forged, genuine] = KINDS.map((kind) =>
    curves.find((curve) => curve.kind === kind));
  const early = forged ? median(forged) : null;
  const late = genuine ? median(genuine) : null;
  if (early === null) return t("race.none");
  return late === null ? t("race.forged_only", {ms: milliseconds(early)}) :
    t("race.summary", {forged: milliseconds(early),
                       genuine: milliseconds(late)});
}

export function racePanel(all: Row[], meta: Meta, style = "half"):
    HTMLElement {
  const bounds = [...new Set(all.flatMap((row) => maybe(row, "upper_ms") ??
    []))].sort((a, b) => a - b);
  const curves = KINDS.map((kind) => curveOf(kind, all, bounds))
    .filter((curve) => curve.total > 0);
  const draw = async (width: number) => {
    const {linesOf} = await import("../chart/lines");
    return linesOf({
      label: t("race.title"), x: bounds, time: false, logarithmic: true,
      stepped: true, most: 1, y: percent, words: (value) =>
        t("race.by", {ms: milliseconds(value)}),
      series: curves.map((curve) => ({
        label: t(`race.${curve.kind}`), ...STYLE[curve.kind]!,
        values: bounds.map((bound) => curve.at.get(bound) ?? null)}))}, width);
  };
  return figureOf({
    id: "race", title: t("race.title"), summary: summaryOf(curves),
    n: t("race.n", {n: sum(curves.map((curve) => curve.total))}), meta,
    empty: t("race.empty"), draw, pixels: true,
    legend: el("ul", {class: "legend"}, curves.map((curve) => el("li", {},
      svg("svg", {width: 26, height: 10, "aria-hidden": "true"},
        svg("line", {x1: 0, x2: 26, y1: 5, y2: 5, "stroke-width": 2.5,
                     class: `race-${curve.kind}`, "stroke-dasharray":
                       STYLE[curve.kind]?.dash?.join(" ")})),
      t(`race.${curve.kind}`)))),
    table: {caption: t("race.title"), rows: all, columns: [
      {name: "kind", label: t("col.reply"), value: (row) => str(row, "kind"),
       cell: (row) => t(`race.${str(row, "kind")}`)},
      countField("upper_ms"), countField("replies")]},
  }, style);
}
