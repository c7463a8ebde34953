// SPDX-License-Identifier: Apache-2.0
// One event: what changed, and the days around it.
import type {Child} from "../dom";
import {first, maybe, rows, str, unique, type Row} from "../doc";
import {country, day, number, percent, t} from "../locale";
import {href} from "../place";
import {change, subjectOf} from "../panel/events";
import {heatPanel} from "../panel/heat";
import {visible} from "../text";
import {countryLink, dayOf, domainOf, eventKind, evidenceLink, networkLink,
  networkText} from "../words";
import {domainField, networkField} from "./fields";
import {gridOf, leadOf, type Page} from "./page";

function facts(event: Row): Array<[string, Child]> {
  const confidence = maybe(event, "confidence");
  const probes = maybe(event, "probes");
  return [
    [t("col.day"), dayOf(str(event, "day"))],
    [t("col.country"), countryLink(str(event, "country"))],
    ...(str(event, "asn") ? [[t("col.network"), networkLink(event)] as
      [string, Child]] : []),
    [t("event.before"), change(str(event, "before")) || "–"],
    [t("event.after"), change(str(event, "after")) || "–"],
    [t("col.probes"), probes === null ? "–" : number(probes)],
    [t("event.confidence"), confidence === null ? "–" : percent(confidence)],
    [t("col.evidence"), evidenceLink(str(event, "witness"))],
  ];
}

// Whose cell it is: a network's, a country's, the world's.
function placeOf(cell: Row): string {
  const scope = str(cell, "scope");
  if (scope === "world") return t("scope.world");
  return scope === "country" ? country(str(cell, "country")) :
    networkText(str(cell, "asn"), str(cell, "network_name"));
}

export const page: Page = (whole, key) => {
  // The probes of the world are not those behind this.
  const doc = {...whole, meta: {...whole.meta, probes: null}};
  const event = first(doc, "event");
  if (!event) {
    return {title: key, content: [leadOf({title: t("missing.title"),
                                          lede: t("event.unknown")})]};
  }
  const kind = eventKind(str(event, "kind"));
  const cells = rows(doc, "cells");
  const lines = (cell: Row) =>
    [str(cell, "domain"), str(cell, "scope"), str(cell, "country"),
      str(cell, "asn")].join(" ");
  return {title: kind, content: [
    leadOf({kicker: [t("kicker.event"), " · ", day(str(event, "day"))],
            title: [kind, ": ", subjectOf(event)],
            lede: visible(str(event, "summary")), facts: facts(event)}),
    cells.length > 0 && gridOf(heatPanel({
      id: "around", title: t("event.around"), meta: doc.meta, cells,
      summary: t("event.around_summary", {n: unique(cells.map(lines)).length,
        day: day(str(event, "day"))}),
      key: lines, orders: false,
      name: (cell) => [`${visible(str(cell, "domain_unicode") ||
        str(cell, "domain"))} · ${placeOf(cell)}`,
        href("domain", str(cell, "domain"))],
      subject: [{...domainField(), cell: domainOf}, networkField()]})),
  ]};
};
