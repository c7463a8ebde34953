// SPDX-License-Identifier: Apache-2.0
// The controls that say what is true, and who watches them.
import {el} from "../dom";
import {count, rows, str, type Row} from "../doc";
import {figureOf} from "../figure/frame";
import {ago, percent, t} from "../locale";
import {eventsPanel} from "../panel/events";
import {visible} from "../text";
import {controlState} from "../words";
import {countField, plainCountryField} from "./fields";
import {networkText} from "../words";
import {gridOf, leadOf, type Page} from "./page";

function stateMark(state: string): HTMLElement {
  return el("span", {class: `state ${state === "healthy" ? "good" : "bad"}`},
    el("span", {class: "sign", "aria-hidden": "true"},
      state === "healthy" ? "✓" : "!"), controlState(state));
}

function failureRate(row: Row): number | null {
  const all = count(row, "answers") + count(row, "failures");
  return all === 0 ? null : count(row, "failures") / all;
}

export const page: Page = (doc) => {
  const controls = rows(doc, "control");
  const healthy = controls.filter((row) => str(row, "state") === "healthy")
    .length;
  return {title: t("nav.controls"), content: [
    leadOf({title: t("controls.title"), lede: t("controls.lede"),
      more: controls.length > 0 && el("p", {class: "lede"}, t(
        "controls.count", {n: healthy, all: controls.length}))}),
    gridOf(figureOf({
      id: "controls", title: t("nav.controls"), meta: doc.meta, most: 50,
      summary: t("controls.summary"), empty: t("controls.empty"),
      n: t("controls.n", {n: controls.length}),
      table: {caption: t("nav.controls"), rows: controls, columns: [
        {name: "control", label: t("col.control"),
         value: (row) => str(row, "control")},
        {name: "state", label: t("col.state"),
         value: (row) => str(row, "state"),
         cell: (row) => stateMark(str(row, "state"))},
        plainCountryField("country"),
        {name: "asn", label: t("col.network"),
         value: (row) => networkText(str(row, "asn"),
           str(row, "network_name"))},
        countField("answers"), countField("names"), countField("failures"),
        {name: "failure_rate", label: t("col.failure_rate"), numeric: true,
         value: failureRate, cell: (row) => {
           const rate = failureRate(row);
           return rate === null ? "–" : percent(rate);
         }},
        countField("disagreements"),
        {name: "last_time", label: t("col.last_time"),
         value: (row) => str(row, "last_time"),
         cell: (row) => el("time", {datetime: str(row, "last_time")},
           ago(str(row, "last_time")))},
        {name: "reason", label: t("col.reason"),
         value: (row) => str(row, "reason"),
         cell: (row) => visible(str(row, "reason")) || "–"}]},
    }, "wide"), eventsPanel(rows(doc, "events"), doc.meta)),
  ]};
};

