// SPDX-License-Identifier: Apache-2.0
// The first page: what is forged in the world, in a sentence and in charts.
import {el, type Child} from "../dom";
import {count, first, list, maybe, rows, str, sum, type Doc, type Meta,
  type Row} from "../doc";
import {barsOf} from "../chart/bars";
import {figureOf} from "../figure/frame";
import {country, day, number, percent, rich, t} from "../locale";
import {href} from "../place";
import {changesPanel, eventsPanel} from "../panel/events";
import {growthPanel, mixPanel} from "../panel/injectors";
import {heatPanel} from "../panel/heat";
import {verdictsPanel} from "../panel/verdicts";
import {searchBox} from "../search";
import {visible} from "../text";
import {countryLink, domainLink, domainOf} from "../words";
import {countField, countryField, dayField, domainField, injectorsField,
  mechanismsField} from "./fields";
import {leadOf, type Page} from "./page";

function claim(countries: Row[]): Child {
  const forged = countries.filter((row) => count(row, "poisoned_domains") > 0);
  if (countries.length === 0) return t("overview.nothing");
  if (forged.length === 0) {
    return t("overview.clean", {n: countries.length});
  }
  return rich("overview.claim", {
    forged: el("strong", {}, t("count.in_countries", {n: forged.length}))},
    {all: countries.length});
}

function base(release: Row | undefined, top: Row | undefined): Child {
  const words: Child[] = [];
  if (release && str(release, "first_day")) {
    words.push(t("overview.base", {
      probes: t("count.probes", {n: count(release, "probes")}),
      networks: t("count.networks", {n: count(release, "networks")}),
      domains: t("count.domains", {n: count(release, "domains")}),
      from: day(str(release, "first_day")),
      to: day(str(release, "last_day"))}), " ");
  }
  if (top) {
    words.push(rich("overview.top", {domain: domainOf(top)}, {
      n: count(top, "poisoned_networks"), all: count(top, "networks")}));
  }
  return words;
}

function countriesPanel(countries: Row[], meta: Meta): HTMLElement {
  const rate = (row: Row): number => count(row, "domains") > 0 ?
    count(row, "poisoned_domains") / count(row, "domains") : -1;
  const sorted = [...countries].sort((a, b) => rate(b) - rate(a));
  const top = sorted[0];
  return figureOf({
    id: "countries", title: t("countries.title"), meta,
    summary: top && rate(top) > 0 ? rich("countries.summary", {
      country: countryLink(str(top, "country"))}, {
      share: percent(rate(top))}) : t("countries.none"),
    n: t("countries.n", {n: sum(countries.map((row) =>
      count(row, "domains")))}),
    empty: t("countries.empty"),
    draw: (width) => barsOf({
      label: t("countries.title"), blank: t("legend.blank"),
      bars: sorted.slice(0, 12).map((row) => ({
        label: country(str(row, "country")),
        target: href("network", str(row, "country")),
        part: count(row, "poisoned_domains"),
        whole: count(row, "domains")}))}, width),
    table: {caption: t("countries.title"), rows: sorted, columns: [
      countryField(), countField("domains"), countField("poisoned_domains"),
      {name: "share", label: t("col.share"), numeric: true,
       value: (row) => rate(row) < 0 ? null : Math.round(rate(row) * 1e4) / 1e4,
       cell: (row) => rate(row) < 0 ? "–" : percent(rate(row))},
      countField("probes")]},
  }, "half");
}

function topPanel(top: Row[], meta: Meta): HTMLElement {
  return figureOf({
    id: "top", title: t("top.title"), meta, summary: t("top.summary"),
    n: t("count.domains", {n: top.length}), empty: t("top.empty"),
    table: {caption: t("top.title"), rows: top, columns: [
      domainField(),
      {...countField("poisoned_networks"), cell: (row) =>
        `${number(count(row, "poisoned_networks"))} / ${
          number(count(row, "networks"))}`},
      dayField("first_poisoned_day"), mechanismsField(), injectorsField()]},
  }, "wide");
}

function heat(doc: Doc): HTMLElement {
  const names = new Map(rows(doc, "top").map((row) =>
    [str(row, "domain"), str(row, "domain_unicode")]));
  const cells = rows(doc, "heat");
  const unicode = (row: Row) => str(row, "domain_unicode") ||
    (names.get(str(row, "domain")) ?? "") || str(row, "domain");
  return heatPanel({
    id: "heat", title: t("heat.title"), cells,
    summary: (shares) => t(shares ? "heat.summary" : "heat.summary_verdict"),
    meta: doc.meta, shares: true, key: (cell) => str(cell, "domain"),
    name: (cell) => [visible(unicode(cell)), href("domain",
      str(cell, "domain"))],
    subject: [{...domainField(), cell: (row) =>
      domainLink(str(row, "domain"), unicode(row))}]});
}

export const page: Page = (doc) => {
  const {meta} = doc;
  const release = first(doc, "release");
  const top = [...rows(doc, "top")].filter((row) =>
    (maybe(row, "poisoned_networks") ?? list(row, "mechanisms").length) > 0);
  const countries = rows(doc, "countries");
  const days = rows(doc, "verdict_day");
  const lead = leadOf({kicker: t("brand.claim"), title: claim(countries),
    lede: base(release, top[0]), more: searchBox("large")});
  // Where nobody asked, "none was found" would say what is not known.
  if (countries.length === 0 && days.length === 0) {
    return {title: "", content: [lead]};
  }
  return {title: "", content: [
    lead,
    el("div", {class: "grid overview"},
      heat(doc),
      verdictsPanel(days, meta),
      changesPanel(rows(doc, "new_recovered"), meta),
      countriesPanel(countries, meta),
      growthPanel(rows(doc, "pool_growth"), meta),
      topPanel(rows(doc, "top"), meta),
      mixPanel(rows(doc, "injector_day"), meta, "wide"),
      eventsPanel(rows(doc, "events"), meta)),
  ]};
};
