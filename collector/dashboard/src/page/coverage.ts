// SPDX-License-Identifier: Apache-2.0
// Where it was measured, and where it was not.
import {el} from "../dom";
import {count, first, groups, rows, str, sum, unique, type Doc, type Row} from
  "../doc";
import {amountKey, boundsOf, coverageHeat} from "../chart/amounts";
import {figureOf} from "../figure/frame";
import {ago, day, number, t} from "../locale";
import {coveragePanel} from "../panel/coverage";
import {networkText} from "../words";
import {countField, countryField, networkField} from "./fields";
import {gridOf, leadOf, type Page} from "./page";

const keyOf = (row: Row): string =>
  `${str(row, "country")} · ${networkText(str(row, "asn"),
    str(row, "network_name"))}`;

function latestPanel(all: Row[], doc: Doc): HTMLElement {
  const latest = [...groups(all, keyOf).values()].map((own): Row => {
    const last = own.reduce((a, b) => str(a, "day") > str(b, "day") ? a : b);
    return {...last, measured_days: unique(own.map((row) =>
      str(row, "day"))).length, measurements: sum(own.map((row) =>
      count(row, "measurements")))};
  }).sort((a, b) => str(b, "last_hour").localeCompare(str(a, "last_hour")));
  return figureOf({
    id: "latest", title: t("coverage.latest"), meta: doc.meta, most: 40,
    summary: t("coverage.latest_summary"), empty: t("coverage.empty"),
    n: t("count.networks", {n: latest.length}),
    table: {caption: t("coverage.latest"), rows: latest, columns: [
      networkField(), countryField(), countField("probes"),
      countField("domains"), countField("measured_days"),
      countField("measurements"),
      {name: "last_hour", label: t("col.last_time"),
       value: (row) => str(row, "last_hour"),
       cell: (row) => el("time", {datetime: str(row, "last_hour")},
         ago(str(row, "last_hour")))}]},
  }, "wide");
}

function gridPanel(all: Row[], doc: Doc): HTMLElement {
  const lines = groups(all, keyOf);
  return figureOf({
    id: "amounts", title: t("coverage.grid"), meta: doc.meta,
    summary: t("coverage.grid_summary"), empty: t("coverage.empty"),
    n: t("matrix.n", {n: sum(all.map((row) => count(row, "measurements")))}),
    legend: amountKey(boundsOf(all)),
    draw: (width) => coverageHeat(lines, width),
    table: {caption: t("coverage.grid"), rows: [...all].reverse(), columns: [
      networkField(), countryField(),
      {name: "day", label: t("col.day"), value: (row) => str(row, "day"),
       cell: (row) => day(str(row, "day"))},
      countField("probes"), countField("sets"),
      countField("measurements")]},
  }, "wide");
}

export const page: Page = (doc) => {
  const all = rows(doc, "coverage").filter((row) =>
    str(row, "scope") === "network" || str(row, "scope") === "");
  const release = first(doc, "release");
  return {title: t("nav.coverage"), content: [
    leadOf({title: t("coverage.lead"), lede: t("coverage.lede", {
      floor: number(count(release, "floor") || doc.meta.floor || 0)})}),
    gridOf(gridPanel(all, doc), coveragePanel(all, doc.meta, "wide"),
      latestPanel(all, doc)),
  ]};
};
