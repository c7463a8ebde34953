// SPDX-License-Identifier: Apache-2.0
// What changed: where it began, ended, and what was drawn into it.
import {el, type Child} from "../dom";
import {count, str, sum, type Meta, type Row} from "../doc";
import {columnsOf} from "../chart/columns";
import {everyDay} from "../figure/axis";
import {figureOf} from "../figure/frame";
import type {Column} from "../figure/table";
import {has, t} from "../locale";
import {href} from "../place";
import {fillOf, swatch} from "../figure/palette";
import {addressLink, className, controlState, domainOf, eventKind, injectorLink,
  link, severity} from "../words";
import {countField, countryField, dayField, evidenceField, networkField} from
  "../page/fields";
import {visible} from "../text";

// What an event is about, whichever kind of thing that is.
export function subjectOf(row: Row): Child {
  if (str(row, "domain")) return domainOf(row);
  if (str(row, "address")) return addressLink(str(row, "address"));
  if (str(row, "injector_id")) return injectorLink(str(row, "injector_id"));
  if (str(row, "control")) {
    return link(href("controls"), t("control.name", {
      name: str(row, "control")}));
  }
  return "–";
}

export function change(text: string): string {
  if (severity(text) >= 0) return className(text);
  return has(`state.${text}`) ? controlState(text) : visible(text);
}

export function eventFields(): Column[] {
  return [
    {...dayField("day")},
    {name: "kind", label: t("col.event"), value: (row) => str(row, "kind"),
     cell: (row) => el("a", {href: href("event", str(row, "event_id")),
                             class: `event ${str(row, "kind")}`},
       eventKind(str(row, "kind")))},
    {name: "subject", label: t("col.subject"), cell: subjectOf,
     value: (row) => str(row, "domain") || str(row, "address") ||
       str(row, "injector_id") || str(row, "control")},
    countryField(), networkField(),
    {name: "after", label: t("col.change"),
     value: (row) => `${str(row, "before")} → ${str(row, "after")}`,
     cell: (row) => str(row, "before") || str(row, "after") ?
       el("span", {class: "change"}, change(str(row, "before")) || "–", " ",
         el("span", {class: "arrow", "aria-label": t("event.to")}, "→"), " ",
         change(str(row, "after")) || "–") : "–"},
    countField("probes"), evidenceField(),
  ];
}

export function eventsPanel(events: Row[], meta: Meta, style = "wide",
                            most = 10): HTMLElement {
  const latest = events[0];
  return figureOf({
    id: "events", title: t("events.title"), most,
    summary: latest ? t("events.summary", {n: events.length}) : "",
    n: t("events.n", {n: events.length}), meta, empty: t("events.empty"),
    table: {caption: t("events.title"), rows: events,
            columns: eventFields()},
  }, style);
}

export function changesPanel(days: Row[], meta: Meta, style = "half"):
    HTMLElement {
  const byDay = new Map(days.map((row) => [str(row, "day"), row]));
  const dates = everyDay([...byDay.keys()], 90);
  const total = (name: string) => sum(days.map((row) => count(row, name)));
  const words = (date: string): string => t("changes.day", {
    onset: count(byDay.get(date), "onset"), end: count(byDay.get(date),
      "end")});
  const key = (verdict: string, label: string) =>
    el("li", {}, swatch(verdict), label);
  return figureOf({
    id: "changes", title: t("changes.title"),
    summary: t("changes.summary", {onset: total("onset"), end: total("end"),
                                   n: dates.length}),
    n: t("events.n", {n: total("onset") + total("end")}), meta,
    empty: t("changes.empty"),
    legend: el("ul", {class: "legend"},
      key("poisoned", t("changes.onset")), key("consistent", t("changes.end"))),
    table: {caption: t("changes.title"),
      rows: [...dates].reverse().flatMap((date): Row[] => {
        const row = byDay.get(date);
        return row ? [row] : [];
      }),
      columns: [dayField("day"), countField("onset", t("changes.onset")),
                countField("end", t("changes.end"))]},
    draw: (width) => columnsOf({
      label: t("changes.title"), days: dates, words, height: 292,
      parts: [
        {name: "onset", label: t("changes.onset"), fill: fillOf("poisoned")},
        {name: "end", label: t("changes.end"), fill: fillOf("consistent"),
         down: true}],
      value: (date, part) => count(byDay.get(date), part)}, width),
  }, style);
}
