// SPDX-License-Identifier: Apache-2.0
// Whose addresses are given out for names that are not theirs.
import {el} from "../dom";
import {count, groups, rows, str, sum, unique, type Meta, type Row} from
  "../doc";
import {barsOf} from "../chart/bars";
import {figureOf} from "../figure/frame";
import {t} from "../locale";
import {networkText} from "../words";
import {addressField, countField, dayField, listField, ownerField,
  plainCountryField} from "./fields";
import {gridOf, leadOf, type Page} from "./page";

function ownersPanel(victims: Row[], meta: Meta): HTMLElement {
  const all = sum(victims.map((row) => count(row, "replies")));
  const owners = [...groups(victims, (row) => str(row, "owner_asn"))]
    .map(([asn, own]) => ({asn, name: str(own[0], "owner_name"),
      addresses: own.length, replies: sum(own.map((row) =>
        count(row, "replies")))}))
    .sort((a, b) => b.replies - a.replies);
  return figureOf({
    id: "owners", title: t("owners.title"), meta,
    summary: t("owners.summary", {n: owners.length}),
    n: t("mix.n", {n: all}), empty: t("victims.empty"),
    draw: (width) => barsOf({label: t("owners.title"), blank: "–",
      bars: owners.slice(0, 12).map((one) => ({
        label: networkText(one.asn, one.name), part: one.replies,
        whole: all}))}, width),
    table: {caption: t("owners.title"), rows: owners.map((one) => ({
      owner_asn: one.asn, owner_name: one.name, addresses: one.addresses,
      replies: one.replies})), columns: [ownerField(),
      countField("addresses"), countField("replies")]},
  }, "wide");
}

export const page: Page = (doc) => {
  const victims = rows(doc, "victim");
  return {title: t("nav.victims"), content: [
    leadOf({title: t("victims.title"), lede: t("victims.lede"),
      ...(victims.length ? {more: el("p", {class: "lede"}, t("victims.count", {
        n: victims.length, owners: unique(victims.map((row) =>
          str(row, "owner_asn"))).length}))} : {})}),
    gridOf(ownersPanel(victims, doc.meta), figureOf({
      id: "victims", title: t("victims.table"), meta: doc.meta, most: 30,
      summary: t("victims.table_summary"), empty: t("victims.empty"),
      n: t("count.addresses", {n: victims.length}),
      table: {caption: t("victims.table"), rows: victims, columns: [
        addressField(), ownerField(), plainCountryField("owner_country"),
        countField("domains"), countField("replies"),
        listField("networks", (name) => name, 1), dayField("first_day"),
        dayField("last_day"),
        {name: "serves", label: t("col.serves"),
         value: (row) => str(row, "serves")}]},
    }, "wide")),
  ]};
};
