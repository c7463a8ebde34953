// SPDX-License-Identifier: Apache-2.0
// One network, or one country: what it does to names, how, since when.
import {el, type Child} from "../dom";
import {list, maybe, rows, str, sum, unique, type Doc, type Row}
  from "../doc";
import {figureOf} from "../figure/frame";
import {country, enumerate, number, percent, rich, t} from "../locale";
import {encoded, href, resource} from "../place";
import {coveragePanel} from "../panel/coverage";
import {eventsPanel} from "../panel/events";
import {heatPanel} from "../panel/heat";
import {mixPanel} from "../panel/injectors";
import {racePanel} from "../panel/race";
import {verdictsPanel} from "../panel/verdicts";
import {hopsPanel, transportPanel} from "../panel/way";
import {isolated, visible} from "../text";
import {AFFECTED, countryLink, dayOf, injectorLinks, mechanism, networkText}
  from "../words";
import {countField, dayField, domainField, evidenceField, injectorsField,
  mechanismsField, networkField, shareField, verdictField} from "./fields";
import {gridOf, leadOf, type Page} from "./page";

const worstOf = (domains: Row[]): Row[] =>
  domains.filter((row) => AFFECTED.has(str(row, "verdict")));

function sentence(doc: Doc): Child {
  const domains = rows(doc, "domains");
  const bad = worstOf(domains).length;
  const said = domains.filter((row) =>
    str(row, "verdict") !== "insufficient").length;
  if (said === 0) return t("network.nothing");
  return bad === 0 ? t("network.clean", {n: said}) :
    rich("network.sentence", {
      bad: el("strong", {}, t("count.domains", {n: bad}))},
      {said, share: percent(bad / said)});
}

function domainsPanel(doc: Doc): HTMLElement {
  const domains = rows(doc, "domains");
  return figureOf({
    id: "domains", title: t("network.domains"), meta: doc.meta,
    summary: t("network.domains_summary"), empty: t("network.nothing"),
    n: t("count.domains", {n: domains.length}),
    table: {caption: t("network.domains"), rows: domains, columns: [
      domainField(), verdictField(), shareField("agreement"),
      countField("probes"), mechanismsField(), injectorsField(),
      dayField("first_poisoned_day"), evidenceField()]},
  }, "wide");
}

function networksPanel(networks: Row[], doc: Doc): HTMLElement {
  return figureOf({
    id: "networks", title: t("nav.networks"), meta: doc.meta,
    summary: t("network.inside", {n: networks.length}), empty: "",
    n: t("count.networks", {n: networks.length}),
    table: {caption: t("nav.networks"), rows: networks, columns: [
      networkField(), countField("domains"), countField("poisoned_domains"),
      countField("probes"), mechanismsField(), injectorsField()]},
  }, "wide");
}

function facts(networks: Row[]): Array<[string, Child]> {
  const all = (name: string) => unique(networks.flatMap((row) =>
    list(row, name)));
  const days = networks.map((row) => str(row, "first_day")).sort();
  const probes = sum(networks.map((row) => maybe(row, "probes") ?? 0));
  return [
    [t("col.mechanisms"), enumerate(all("mechanisms").map(mechanism)) || "–"],
    [t("col.injectors"), injectorLinks(all("injectors"))],
    [t("col.probes"), probes > 0 ? number(probes) : "–"],
    [t("col.first_day"), dayOf(days[0] ?? "")],
  ];
}

function heat(doc: Doc): HTMLElement {
  const cells = rows(doc, "heat");
  const names = new Map(rows(doc, "domains").map((row) =>
    [str(row, "domain"), str(row, "domain_unicode")]));
  return heatPanel({
    id: "heat", title: t("heat.title"), meta: doc.meta, cells,
    summary: t("network.heat", {n: unique(cells.map((cell) =>
      str(cell, "domain"))).length}),
    key: (cell) => str(cell, "domain"),
    name: (cell) => [visible(names.get(str(cell, "domain")) ||
      str(cell, "domain")), href("domain", str(cell, "domain"))],
    subject: [domainField()]});
}

export const page: Page = (whole, key) => {
  // Most probes of one day, here and not in the world.
  const probes = Math.max(0, ...rows(whole, "verdict_day").map((row) =>
    maybe(row, "probes") ?? 0));
  const doc = {...whole, meta: {...whole.meta, probes: probes || null}};
  const [code = "", asn = ""] = key.split("/");
  const networks = rows(doc, "network").filter((row) =>
    asn === "" || str(row, "asn") === asn);
  const own = networks[0];
  const name = asn ? networkText(asn, str(own, "network_name")) :
    country(code);
  const {meta} = doc;
  const feed: Array<[string, Child]> = asn ? [[t("domain.feed"), el("a", {
    href: resource(`feeds/network/${encoded(code)}/${encoded(asn)}.atom`)},
    "Atom")]] : [];
  return {title: visible(name), content: [
    leadOf({kicker: asn ? countryLink(code) : t("kicker.country"),
            title: isolated(name, "plain"), lede: sentence(doc),
            facts: [...facts(networks), ...feed]}),
    rows(doc, "verdict_day").length > 0 && gridOf(
      heat(doc),
      verdictsPanel(rows(doc, "verdict_day"), meta),
      transportPanel(rows(doc, "transport"), meta),
      racePanel(rows(doc, "race"), meta),
      hopsPanel(rows(doc, "hops"), meta),
      !asn && networks.some((row) => str(row, "asn") !== "") &&
        networksPanel(networks, doc),
      domainsPanel(doc),
      rows(doc, "injector_day").length > 0 &&
        mixPanel(rows(doc, "injector_day"), meta),
      coveragePanel(rows(doc, "coverage"), meta),
      eventsPanel(rows(doc, "events"), meta)),
  ]};
};

