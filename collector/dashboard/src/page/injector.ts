// SPDX-License-Identifier: Apache-2.0
// One injector: how it is known, where it answers, what it gives out.
import {el, type Child} from "../dom";
import {count, first, list, rows, str, sum, type Doc, type Row} from "../doc";
import {figureOf} from "../figure/frame";
import {number, t} from "../locale";
import {growthPanel, mixPanel} from "../panel/injectors";
import {racePanel} from "../panel/race";
import {hopsPanel} from "../panel/way";
import {isolated, visible} from "../text";
import {countryLink, dayOf} from "../words";
import {poolsPanel} from "./address";
import {countField, countryField, dayField, domainField, networkField} from
  "./fields";
import {gridOf, leadOf, type Page} from "./page";

// Marks of its packets that the eye can check; NULL says nothing of it.
const MARKS = ["aa", "aa_iff_not_rd", "rd_echoed", "dont_fragment",
  "ip_id_zero", "owner_is_pointer", "rr_ttl"];

function markText(row: Row, mark: string): string {
  const value = row[mark];
  if (value === null || value === undefined || value === "") return "";
  if (typeof value === "boolean" || value === "true" || value === "false") {
    return t(String(value) === "true" ? "yes" : "no");
  }
  return visible(String(value));
}

export function fingerprintPanel(prints: Row[], doc: Doc, style = "wide"):
    HTMLElement {
  const named = prints.some((row) => str(row, "injector_id") !== "");
  return figureOf({
    id: "fingerprints", title: t("print.title"), meta: doc.meta,
    summary: t("print.summary"), n: t("print.n", {n: prints.length}),
    empty: t("print.empty"),
    table: {caption: t("print.title"), rows: prints, columns: [
      ...(named ? [{name: "injector_id", label: t("col.injector"),
        value: (row: Row) => str(row, "injector_id"),
        cell: (row: Row) => isolated(str(row, "injector_id"), "code")}] : []),
      {name: "since", label: t("col.since"),
       value: (row) => str(row, "since"),
       cell: (row) => dayOf(str(row, "since"))},
      ...MARKS.map((mark) => ({name: mark, label: t(`print.${mark}`),
        value: (row: Row) => markText(row, mark)})),
      {name: "source", label: t("col.source"),
       value: (row) => str(row, "source"),
       cell: (row) => el("span", {class: "source"},
         visible(str(row, "source")))}]},
  }, style);
}

function networksPanel(doc: Doc): HTMLElement {
  const networks = rows(doc, "networks");
  return figureOf({
    id: "networks", title: t("injector.networks"), meta: doc.meta,
    summary: t("injector.networks_summary", {n: networks.length}),
    n: t("mix.n", {n: sum(networks.map((row) => count(row, "replies")))}),
    empty: t("mix.empty"),
    table: {caption: t("injector.networks"), rows: networks, columns: [
      networkField(), countryField(), countField("replies"),
      dayField("first_day"), dayField("last_day")]},
  }, "half");
}

function domainsPanel(doc: Doc): HTMLElement {
  const domains = rows(doc, "domains");
  return figureOf({
    id: "domains", title: t("injector.domains"), meta: doc.meta,
    summary: t("injector.domains_summary", {n: domains.length}),
    n: t("count.domains", {n: domains.length}), empty: t("mix.empty"),
    table: {caption: t("injector.domains"), rows: domains, columns: [
      domainField(), countField("replies"), dayField("first_day"),
      dayField("last_day")]},
  }, "wide");
}

export const page: Page = (whole, key) => {
  // The probes of the world are not those behind this.
  const doc = {...whole, meta: {...whole.meta, probes: null}};
  const injector = first(doc, "injector");
  const {meta} = doc;
  const facts: Array<[string, Child]> = injector ? [
    [t("col.country"), countryLink(str(injector, "country"))],
    [t("col.replies"), number(count(injector, "replies"))],
    [t("col.domains"), number(count(injector, "domains"))],
    [t("col.networks"), number(list(injector, "networks").length)],
    [t("col.seen"), [dayOf(str(injector, "first_day")), " – ",
      dayOf(str(injector, "last_day"))]],
  ] : [];
  return {title: visible(key), content: [
    leadOf({kicker: t("kicker.injector"),
            title: [isolated(key, "code"), el("small", {},
              visible(str(injector, "name")))],
            lede: injector ? [t("injector.known"), " ",
              visible(str(injector, "source"))] : t("injector.unknown"),
            facts}),
    gridOf(fingerprintPanel(rows(doc, "fingerprints"), doc),
      mixPanel(rows(doc, "days"), meta),
      growthPanel(rows(doc, "pool_growth"), meta),
      racePanel(rows(doc, "race"), meta), hopsPanel(rows(doc, "hops"), meta),
      networksPanel(doc), poolsPanel(doc), domainsPanel(doc)),
  ]};
};
