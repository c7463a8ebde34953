// SPDX-License-Identifier: Apache-2.0
// One forged address: whose it is, and for how many names it is given out.
import {el, type Child} from "../dom";
import {count, first, list, rows, str, sum, groups, type Doc, type Row} from
  "../doc";
import {columnsOf} from "../chart/columns";
import {everyDay} from "../figure/axis";
import {figureOf} from "../figure/frame";
import {country, enumerate, number, rich, t} from "../locale";
import {encoded, resource} from "../place";
import {eventsPanel} from "../panel/events";
import {isolated, visible} from "../text";
import {dayOf, injectorLinks, networkText} from "../words";
import {countField, dayField, domainField, textField} from "./fields";
import {gridOf, leadOf, type Page} from "./page";

function sentence(forged: Row | undefined, domains: number): Child {
  if (!forged) return t("address.unknown");
  const n = count(forged, "domains") || domains;
  if (forged["is_reserved"] === true) return t("address.reserved", {n});
  const owner = str(forged, "owner_asn");
  if (!owner) return t("address.ownerless", {n});
  return rich("address.sentence", {
    owner: el("strong", {}, isolated(networkText(owner,
      str(forged, "owner_name")), "plain"))}, {n});
}

function daysPanel(doc: Doc): HTMLElement {
  const all = rows(doc, "days");
  const byDay = groups(all, (row) => str(row, "day"));
  const dates = everyDay([...byDay.keys()], 90);
  const value = (date: string) => sum((byDay.get(date) ?? []).map((row) =>
    count(row, "replies")));
  return figureOf({
    id: "days", title: t("address.days"), meta: doc.meta,
    summary: t("address.days_summary"), empty: t("address.quiet"),
    n: t("mix.n", {n: sum(all.map((row) => count(row, "replies")))}),
    draw: (width) => columnsOf({
      label: t("address.days"), days: dates, value, height: 220,
      words: (date) => t("mix.replies", {n: value(date)}),
      parts: [{name: "replies", label: t("col.replies"), fill: "",
               style: "neutral"}]}, width),
    table: {caption: t("address.days"), rows: [...all].reverse(), columns: [
      dayField("day"), textField("country"), textField("asn"),
      countField("replies"), countField("domains"), countField("probes")]},
  }, "half");
}

function domainsPanel(doc: Doc): HTMLElement {
  const domains = rows(doc, "domains");
  return figureOf({
    id: "domains", title: t("address.domains"), meta: doc.meta,
    summary: t("address.domains_summary", {n: domains.length}),
    n: t("count.domains", {n: domains.length}), empty: t("address.quiet"),
    table: {caption: t("address.domains"), rows: domains, columns: [
      domainField(), countField("replies"), dayField("first_day"),
      dayField("last_day")]},
  }, "half");
}

export function poolsPanel(doc: Doc): HTMLElement {
  const pools = rows(doc, "pools");
  return figureOf({
    id: "pools", title: t("pools.title"), meta: doc.meta,
    summary: t("pools.summary"), empty: t("pools.empty"),
    n: t("pools.n", {n: pools.length}),
    table: {caption: t("pools.title"), rows: pools, columns: [
      {name: "pool", label: t("col.pool"), value: (row) => str(row, "pool"),
       cell: (row) => isolated(str(row, "pool"), "code")},
      {name: "kind", label: t("col.origin"), value: (row) => str(row, "kind"),
       cell: (row) => t(str(row, "kind") === "learned" ? "pools.learned" :
         "pools.listed")},
      countField("addresses"), textField("source")]},
  }, "half");
}

export const page: Page = (whole, key) => {
  // The probes of the world are not those behind this.
  const doc = {...whole, meta: {...whole.meta, probes: null}};
  const forged = first(doc, "forged_address");
  const victim = first(doc, "victim");
  const networks = list(forged, "networks");
  const {meta} = doc;
  const facts: Array<[string, Child]> = forged ? [
    [t("col.owner_country"), str(forged, "owner_country") ?
      country(str(forged, "owner_country")) : "–"],
    [t("col.replies"), number(count(forged, "replies"))],
    [t("col.seen"), [dayOf(str(forged, "first_day")), " – ",
      dayOf(str(forged, "last_day"))]],
    [t("col.injectors"), injectorLinks(list(forged, "injectors"))],
    [t("address.from"), el("bdi", {},
      enumerate(networks.map(visible), 5) || "–")],
    [t("col.serves"), victim ? visible(str(victim, "serves")) ||
      t("address.unlooked") : "–"],
    [t("domain.feed"), el("a", {href: resource(
      `feeds/victim/${encoded(key)}.atom`)}, "Atom")],
  ] : [];
  return {title: visible(key), content: [
    leadOf({kicker: t("kicker.address"), title: isolated(key, "address"),
            lede: sentence(forged, rows(doc, "domains").length), facts}),
    gridOf(daysPanel(doc), domainsPanel(doc), poolsPanel(doc),
      eventsPanel(rows(doc, "events"), meta, "half")),
  ]};
};
