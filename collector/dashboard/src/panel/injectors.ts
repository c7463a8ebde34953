// SPDX-License-Identifier: Apache-2.0
// Which injector answers, how much, and how its pool grows.
import {count, groups, str, sum, unique, type Meta, type Row} from "../doc";
import {columnsOf} from "../chart/columns";
import {piled} from "../chart/pile";
import {dayNumber, everyDay} from "../figure/axis";
import {el, svg, unit} from "../dom";
import {figureOf} from "../figure/frame";
import {compact, day, number, t} from "../locale";
import {isolated, visible} from "../text";
import {countField, dayField, injectorField} from "../page/fields";

const MOST = 6;

// The same injector has the same line everywhere on a page.
const COLOURS = ["--line-1", "--line-2", "--line-3", "--line-4", "--line-5",
  "--line-6"];
const DASHES: Array<number[] | undefined> = [undefined, [8, 4], [2, 4],
  [10, 4, 2, 4], [5, 3], [1, 3]];

export function mixPanel(days: Row[], meta: Meta, style = "half"):
    HTMLElement {
  const dates = everyDay(days.map((row) => str(row, "day")), 90);
  const byInjector = [...groups(days, (row) => str(row, "injector_id"))]
    .map(([id, own]) => ({id, total: sum(own.map((row) =>
      count(row, "replies"))), byDay: groups(own, (row) => str(row, "day"))}))
    .sort((a, b) => b.total - a.total);
  const all = sum(byInjector.map((one) => one.total));
  const value = (one: typeof byInjector[number], date: string): number =>
    sum((one.byDay.get(date) ?? []).map((row) => count(row, "replies")));
  const shown = byInjector.slice(0, MOST);
  const most = Math.max(1, ...shown.map((one) =>
    Math.max(...dates.map((date) => value(one, date)))));
  const columns = (width: number): number => Math.min(shown.length,
    width > 900 * unit() ? 3 : width > 560 * unit() ? 2 : 1);
  const height = [96, 270, 130][shown.length] ?? 110;
  const draw = (width: number) => piled(t("mix.title"), shown.map((one) => ({
    title: `${visible(one.id)} · ${t("mix.replies", {n: one.total})}`,
    chart: (own) => columnsOf({
      label: one.id, days: dates, most, height,
      parts: [{name: one.id, label: one.id, fill: "", style: "neutral"}],
      value: (date) => value(one, date),
      words: (date) => t("mix.replies", {n: value(one, date)})}, own),
  })), width, columns(width));
  const top = byInjector[0];
  return figureOf({
    id: "mix", title: t("mix.title"), draw, empty: t("mix.empty"),
    summary: top ? t("mix.summary", {n: byInjector.length, injector: top.id,
      share: Math.round(100 * top.total / Math.max(all, 1))}) : "",
    n: t("mix.n", {n: all}), meta,
    table: {caption: t("mix.title"), rows: [...days].reverse(),
      columns: [dayField("day"), injectorField(), countField("replies")]},
  }, style);
}

function keyOf(ids: string[]): HTMLElement {
  return el("ul", {class: "legend"}, ids.map((id, i) => el("li", {},
    svg("svg", {width: 26, height: 10, "aria-hidden": "true"},
      svg("line", {x1: 0, x2: 26, y1: 5, y2: 5, "stroke-width": 2.5,
                   class: `stroke-${i + 1}`,
                   "stroke-dasharray": DASHES[i]?.join(" ")})),
    isolated(id, "code"))));
}

export function growthPanel(days: Row[], meta: Meta, style = "half"):
    HTMLElement {
  const dates = everyDay(days.map((row) => str(row, "day")), 366);
  const byInjector = groups(days, (row) => str(row, "injector_id"));
  const last = (id: string): number => Math.max(0,
    ...(byInjector.get(id) ?? []).map((row) => count(row, "total_addresses")));
  const ids = unique([...byInjector.keys()]).sort((a, b) => last(b) - last(a))
    .slice(0, MOST);
  const draw = async (width: number) => {
    const {linesOf} = await import("../chart/lines");
    return linesOf({
      label: t("growth.title"), time: true, stepped: true, height: 290,
      x: dates.map((date) => dayNumber(date) * 86400),
      y: (value) => compact(value),
      words: (value) => day(new Date(value * 1000)),
      series: ids.map((id, i) => {
        const at = new Map((byInjector.get(id) ?? []).map((row) =>
          [str(row, "day"), count(row, "total_addresses")]));
        let known: number | null = null;
        return {label: id, colour: COLOURS[i] ?? "--muted",
                ...(DASHES[i] ? {dash: DASHES[i]} : {}),
                values: dates.map((date) => known = at.get(date) ?? known)};
      })}, width);
  };
  const grown = sum(days.map((row) => count(row, "new_addresses")));
  return figureOf({
    id: "growth", title: t("growth.title"), empty: t("growth.empty"), draw,
    pixels: true,
    summary: t("growth.summary", {grown, n: dates.length,
      total: number(Math.max(0, ...ids.map(last)))}),
    n: t("growth.n", {n: sum(days.map((row) => count(row, "replies")))}), meta,
    legend: keyOf(ids),
    table: {caption: t("growth.title"), rows: [...days].reverse(),
      columns: [dayField("day"), injectorField(),
        countField("new_addresses"), countField("total_addresses"),
        countField("replies")]},
  }, style);
}
