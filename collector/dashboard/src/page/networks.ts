// SPDX-License-Identifier: Apache-2.0
// The world: countries by the share of names that are forged there.
import {count, groups, rows, str, sum, type Doc, type Row} from
  "../doc";
import {barsOf} from "../chart/bars";
import type {Shade} from "../chart/map";
import {figureOf} from "../figure/frame";
import {stepKey, stepOf} from "../figure/steps";
import {country, number, percent, t} from "../locale";
import {href} from "../place";
import {networkText} from "../words";
import {countField, countryField, injectorsField, mechanismsField,
  networkField} from "./fields";
import {gridOf, leadOf, type Page} from "./page";

interface Rate { code: string; domains: number; poisoned: number;
                 probes: number; networks: number }

export function ratesOf(doc: Doc): Rate[] {
  const given = rows(doc, "countries");
  if (given.length > 0) {
    return given.map((row) => ({code: str(row, "country"),
      domains: count(row, "domains"), poisoned: count(row, "poisoned_domains"),
      probes: count(row, "probes"), networks: count(row, "networks")}));
  }
  // Without them, the network of a country that was asked most speaks for it.
  return [...groups(rows(doc, "network"), (row) => str(row, "country"))]
    .map(([code, own]) => {
      const most = own.reduce((a, b) =>
        count(a, "domains") >= count(b, "domains") ? a : b);
      return {code, domains: count(most, "domains"),
              poisoned: count(most, "poisoned_domains"),
              probes: sum(own.map((row) => count(row, "probes"))),
              networks: own.length};
    });
}

function shadeOf(rate: Rate): Shade {
  const target = href("network", rate.code);
  if (rate.domains === 0) {
    return {step: null, target, words: t("class.insufficient")};
  }
  const share = rate.poisoned / rate.domains;
  return {step: stepOf(share), target, words: t("map.words", {
    share: percent(share), poisoned: rate.poisoned, domains: rate.domains,
    probes: t("count.probes", {n: rate.probes})})};
}

function mapPanel(rates: Rate[], doc: Doc): HTMLElement {
  const byCode = new Map(rates.map((rate) => [rate.code, rate]));
  const forging = rates.filter((rate) => rate.poisoned > 0).length;
  return figureOf({
    id: "map", title: t("map.title"), meta: doc.meta, legend: stepKey(true),
    summary: [t("map.summary", {n: forging, all: rates.length}), " ",
      t("map.borders")],
    n: t("countries.n", {n: sum(rates.map((rate) => rate.domains))}),
    empty: t("countries.empty"),
    draw: async (width) => {
      const {mapOf} = await import("../chart/map");
      return mapOf((code) => {
        const rate = byCode.get(code);
        return rate && shadeOf(rate);
      }, width);
    },
    table: {caption: t("map.title"), rows: rates.map((rate): Row => ({
      country: rate.code, domains: rate.domains, probes: rate.probes,
      poisoned_domains: rate.poisoned, networks: rate.networks})), columns: [
      countryField(), countField("domains"), countField("poisoned_domains"),
      {name: "share", label: t("col.share"), numeric: true,
       value: (row) => count(row, "domains") ? Math.round(1e4 *
         count(row, "poisoned_domains") / count(row, "domains")) / 1e4 : null,
       cell: (row) => count(row, "domains") ? percent(
         count(row, "poisoned_domains") / count(row, "domains")) : "–"},
      countField("networks"), countField("probes")]},
  }, "wide");
}

const share = (row: Row): number => count(row, "domains") ?
  count(row, "poisoned_domains") / count(row, "domains") : -1;

function barsPanel(networks: Row[], doc: Doc): HTMLElement {
  const sorted = [...networks].sort((a, b) => share(b) - share(a));
  return figureOf({
    id: "bars", title: t("networks.bars"), meta: doc.meta,
    summary: t("networks.bars_summary", {n: networks.length}),
    n: t("count.networks", {n: networks.length}), most: 40,
    empty: t("countries.empty"),
    draw: (width) => barsOf({
      label: t("networks.bars"), blank: t("legend.blank"),
      bars: sorted.slice(0, 40).map((row) => ({
        label: `${str(row, "country")} · ${networkText(str(row, "asn"),
          str(row, "network_name"))}`,
        target: href("network", str(row, "country"), str(row, "asn")),
        part: count(row, "poisoned_domains"),
        whole: count(row, "domains")}))}, width),
    table: {caption: t("networks.bars"), rows: sorted, columns: [
      networkField(), countryField(), countField("domains"),
      countField("poisoned_domains"), countField("probes"),
      mechanismsField(), injectorsField()]},
  }, "wide");
}

export const page: Page = (doc) => {
  const networks = rows(doc, "network");
  const rates = ratesOf(doc).filter((rate) => country(rate.code) !== "");
  return {title: t("nav.networks"), content: [
    leadOf({title: t("networks.title"), lede: t("networks.lede", {
      n: networks.length, countries: number(rates.length)})}),
    gridOf(mapPanel(rates, doc), barsPanel(networks, doc)),
  ]};
};

