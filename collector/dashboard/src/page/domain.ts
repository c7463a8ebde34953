// SPDX-License-Identifier: Apache-2.0
// One domain: the verdict in words, where, how, with what proof.
import {el, type Child} from "../dom";
import {count, first, groups, list, rows, str, unique, type Doc, type Row} from
  "../doc";
import {figureOf} from "../figure/frame";
import {swatch} from "../figure/palette";
import {country, day, enumerate, number, percent, rich, t} from "../locale";
import {href, resource, encoded} from "../place";
import {eventsPanel} from "../panel/events";
import {heatPanel} from "../panel/heat";
import {racePanel} from "../panel/race";
import {hopsPanel, transportPanel} from "../panel/way";
import {isolated, visible} from "../text";
import {className, countryLink, dayOf, injectorLinks, mechanism, networkText,
  severity} from "../words";
import {addressField, countField, countryField, dayField, injectorsField,
  listField, networkField, ownerField, plainCountryField, textField} from
  "./fields";
import {gridOf, leadOf, type Page} from "./page";

// The newest cell of each country.
function latest(cells: Row[]): Row[] {
  return [...groups(cells.filter((cell) => str(cell, "scope") === "country"),
    (cell) => str(cell, "country")).values()].map((own) =>
    own.reduce((a, b) => str(a, "day") > str(b, "day") ? a : b));
}

// "Poisoned in China and Iran. Consistent in Germany."
function headline(now: Row[]): Child {
  const byVerdict = [...groups(now, (cell) => str(cell, "verdict"))]
    .filter(([verdict]) => verdict !== "insufficient")
    .sort(([a], [b]) => severity(b) - severity(a));
  const undecided = now.length - byVerdict.reduce((n, [, own]) =>
    n + own.length, 0);
  const parts = byVerdict.map(([verdict, own]) => el("li", {},
    swatch(verdict), rich("domain.where", {
      verdict: el("strong", {}, className(verdict))}, {
      countries: enumerate(own.map((cell) => country(str(cell, "country"))))
    })));
  if (undecided > 0) {
    parts.push(el("li", {class: "quiet"}, swatch("insufficient"),
      t("domain.undecided", {n: undecided})));
  }
  return parts.length > 0 ? el("ul", {class: "verdicts"}, parts) :
    el("p", {}, t("domain.nothing"));
}

function sentence(domain: Row | undefined, now: Row[]): Child {
  if (!domain) return t("domain.unknown");
  const forged = str(domain, "first_poisoned_day");
  if (forged === "") {
    return t("domain.never", {n: count(domain, "networks"),
      first: day(str(domain, "first_day"))});
  }
  const current = now.some((cell) => str(cell, "verdict") === "poisoned");
  return t(current ? "domain.poisoned" : "domain.recovered", {
    n: count(domain, "poisoned_networks"), all: count(domain, "networks"),
    since: day(forged), last: day(str(domain, "last_poisoned_day"))});
}

function facts(domain: Row): Array<[string, Child]> {
  const mechanisms = list(domain, "mechanisms").map(mechanism);
  return [
    [t("col.poisoned_days"), t("domain.days", {
      n: count(domain, "poisoned_days"),
      all: count(domain, "measured_days")})],
    [t("col.mechanisms"), mechanisms.length ? enumerate(mechanisms) : "–"],
    [t("col.injectors"), injectorLinks(list(domain, "injectors"))],
    [t("col.forged_addresses"), number(count(domain, "forged_addresses"))],
    [t("col.first_day"), dayOf(str(domain, "first_day"))],
    [t("domain.feed"), el("a", {href: resource(
      `feeds/domain/${encoded(str(domain, "domain"))}.atom`)}, "Atom")],
  ];
}

function strip(doc: Doc): HTMLElement {
  const cells = rows(doc, "cells");
  const networks = cells.filter((cell) => str(cell, "scope") === "network");
  const key = (cell: Row) => `${str(cell, "country")}/${str(cell, "asn")}`;
  return heatPanel({
    id: "strip", title: t("strip.title"), meta: doc.meta,
    summary: t("strip.summary", {n: unique(networks.map(key)).length}),
    cells: networks, key,
    name: (cell) => [`${str(cell, "country")} · ${networkText(
      str(cell, "asn"), str(cell, "network_name"))}`, str(cell, "asn") ?
      href("network", str(cell, "country"), str(cell, "asn")) : ""],
    subject: [networkField(), countryField()]});
}

function forgedPanel(doc: Doc): HTMLElement {
  const forged = rows(doc, "forged");
  const owners = unique(forged.map((row) => str(row, "owner_asn"))
    .filter((asn) => asn !== ""));
  return figureOf({
    id: "forged", title: t("forged.title"), meta: doc.meta,
    summary: t("forged.summary", {n: forged.length, owners: owners.length}),
    n: t("count.addresses", {n: forged.length}), empty: t("forged.empty"),
    table: {caption: t("forged.title"), rows: forged, columns: [
      addressField(), ownerField(), plainCountryField("owner_country"),
      countField("replies"), injectorsField(), dayField("first_day"),
      dayField("last_day")]},
  }, "wide");
}

function truthPanel(doc: Doc): HTMLElement {
  const truth = rows(doc, "truth");
  return figureOf({
    id: "truth", title: t("truth.title"), meta: doc.meta,
    summary: t("truth.summary"), empty: t("truth.empty"),
    n: t("count.answers", {n: truth.length}),
    table: {caption: t("truth.title"), rows: truth, columns: [
      {name: "address", label: t("col.answer"),
       value: (row) => str(row, "address"),
       cell: (row) => isolated(str(row, "address"), "address")},
      textField("qtype"),
      {name: "kind", label: t("col.proof"), value: (row) => str(row, "kind"),
       cell: (row) => visible(str(row, "kind")).replaceAll("_", " ")},
      listField("countries", country), dayField("first_day"),
      dayField("last_day")]},
  }, "wide");
}

function countriesPanel(now: Row[], doc: Doc): HTMLElement {
  return figureOf({
    id: "where", title: t("where.title"), meta: doc.meta,
    summary: t("where.summary"), empty: t("where.empty"),
    n: t("count.countries", {n: now.length}),
    table: {caption: t("where.title"),
      rows: [...now].sort((a, b) => severity(str(b, "verdict")) -
        severity(str(a, "verdict"))),
      columns: [
        {name: "country", label: t("col.country"),
         value: (row) => str(row, "country"),
         cell: (row) => countryLink(str(row, "country"))},
        {name: "verdict", label: t("col.verdict"),
         value: (row) => str(row, "verdict"), cell: (row) =>
           el("span", {class: "mark"}, swatch(str(row, "verdict")),
             className(str(row, "verdict")))},
        {name: "agreement", label: t("col.agreement"), numeric: true,
         value: (row) => row["agreement"] as number | null,
         cell: (row) => row["agreement"] === null ? "–" :
           percent(count(row, "agreement"))},
        countField("probes"), dayField("day")]},
  }, "half");
}

// Most probes that asked for it on one day.
const probesOf = (doc: Doc): number => Math.max(0, ...rows(doc, "cells")
  .filter((cell) => str(cell, "scope") === "world")
  .map((cell) => count(cell, "probes")));

export const page: Page = (whole, key) => {
  const doc = {...whole, meta: {...whole.meta,
                                probes: probesOf(whole) || null}};
  const domain = first(doc, "domain");
  const name = str(domain, "domain") || key;
  const unicode = str(domain, "domain_unicode") || name;
  const now = latest(rows(doc, "cells"));
  const {meta} = doc;
  const lead = leadOf({
    kicker: t("kicker.domain"),
    title: [isolated(unicode), unicode !== name &&
      el("small", {}, isolated(name, "code"))],
    lede: sentence(domain, now),
    more: headline(now), ...(domain ? {facts: facts(domain)} : {})});
  // Where nobody asked, "none was seen" would say what is not known.
  if (!domain && rows(doc, "cells").length === 0) {
    return {title: visible(unicode), content: [lead]};
  }
  return {title: visible(unicode), content: [
    lead,
    gridOf(strip(doc), transportPanel(rows(doc, "transport"), meta),
      racePanel(rows(doc, "race"), meta),
      hopsPanel(rows(doc, "hops"), meta), countriesPanel(now, doc),
      forgedPanel(doc), truthPanel(doc),
      eventsPanel(rows(doc, "events"), meta)),
  ]};
};
