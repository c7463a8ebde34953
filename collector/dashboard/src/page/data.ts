// SPDX-License-Identifier: Apache-2.0
// How to get the data, and how to cite it.
import {el, type Child} from "../dom";
import {count, first, str} from "../doc";
import {dayNumber, dayText} from "../figure/axis";
import {number, rich, t} from "../locale";
import {resource} from "../place";
import {visible} from "../text";
import {dayOf} from "../words";
import {gridOf, leadOf, type Page} from "./page";

const VIEWS = ["cell", "domain", "verdict_day", "network", "forged_address",
  "forged_address_day", "pool", "pool_address", "pool_growth", "victim",
  "injector", "injector_fingerprint", "injector_day", "race",
  "transport_day", "hop", "coverage", "control", "event", "evidence",
  "evidence_reply", "evidence_finding", "vocabulary", "public_resolver",
  "listed_answer", "release"];
const examples = (from: string, to: string): string[] => [
  "api/v1/domain?countries=CN&format=csv",
  `api/v1/cell?domain=example.com&day=${from}..${to}`,
  "api/v1/forged_address?address=192.0.2.0/24",
  "api/v1/event?kind=onset,end&limit=1000&format=jsonl",
];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function section(title: string, ...content: Child[]): HTMLElement {
  return el("section", {class: "panel half prose"}, el("h2", {}, title),
    content);
}

function api(lastDay: string): HTMLElement {
  const to = DAY.test(lastDay) ? lastDay : "2026-11-20";
  const from = dayText(dayNumber(to) - 20);
  return section(t("data.api"),
    el("p", {}, t("data.api_text")),
    el("ul", {class: "code-list"}, examples(from, to).map((path) => el("li", {},
      el("a", {href: resource(path), dir: "ltr"}, el("code", {},
        `/${path}`))))),
    el("p", {}, t("data.filters")));
}

function views(): HTMLElement {
  return el("section", {class: "panel prose"}, el("h2", {}, t("data.views")),
    el("p", {}, t("data.views_text")),
    el("ul", {class: "views"}, VIEWS.map((view) => el("li", {},
      el("code", {}, view), " ",
      ["json", "csv", "jsonl"].map((format) => [el("a", {
        href: resource(`api/v1/${view}?format=${format}`),
        "aria-label": `${view} ${format.toUpperCase()}`},
        format.toUpperCase()), " "])))));
}

export const page: Page = (doc) => {
  const release = first(doc, "release");
  const citation = str(release, "citation") || doc.meta.citation || "";
  const licence = str(release, "licence") || doc.meta.licence || "";
  return {title: t("nav.data"), content: [
    leadOf({title: t("data.title"), lede: t("data.lede", {
      floor: number(count(release, "floor") || doc.meta.floor || 0)}),
      facts: [[t("range.label"), [dayOf(str(release, "first_day")), " – ",
          dayOf(str(release, "last_day"))]],
        [t("col.probes"), number(count(release, "probes"))],
        [t("col.networks"), number(count(release, "networks"))],
        [t("col.domains"), number(count(release, "domains"))]]}),
    gridOf(api(str(release, "last_day")),
      section(t("data.licence"),
        el("p", {}, rich("data.licence_text", {
          licence: el("strong", {}, visible(licence) || "–")})),
        el("h3", {}, t("data.citation")),
        el("p", {class: "cite-box"}, visible(citation) || "–"),
        el("p", {}, t("data.citation_text")),
        el("h3", {}, t("data.mirror")), el("p", {}, t("data.mirror_text"))),
      views()),
  ]};
};
