// SPDX-License-Identifier: Apache-2.0
// One published measurement: every byte of it, and what follows from them.
import {el, type Child} from "../dom";
import {first, groups, list, maybe, rows, str, type Doc, type Row} from
  "../doc";
import {figureOf} from "../figure/frame";
import {classMark} from "../figure/palette";
import {country, number, percent, rich, t, time} from "../locale";
import {arrivalOf} from "../packet/arrival";
import type {Field} from "../packet/decode";
import {packetView} from "../packet/view";
import {milliseconds} from "../panel/race";
import {isolated, visible} from "../text";
import {addressLink, domainOf, injectorLink, mechanism, networkLink,
  severity, transport} from "../words";
import {countField, listField, textField, verdictField} from "./fields";
import {cited} from "./method";
import {gridOf, leadOf, type Page} from "./page";

// Which field a rule speaks of, beside the one that holds its subject.
const SPEAKS_OF: Record<string, string> = {
  rd_clear_authoritative: "flags", ttl_above_zone: "ttl"};

function restsOn(findings: Row[]): (field: Field) => boolean {
  return (field) => findings.some((finding) =>
    SPEAKS_OF[str(finding, "rule_id")] === field.name ||
    (field.name === "rdata" && str(finding, "subject") === field.value));
}

function findingView(finding: Row, rule: Row | undefined): HTMLElement {
  const strength = str(rule, "strength");
  return el("li", {class: "finding"},
    el("p", {}, el("span", {class: `strength ${strength}`},
      strength ? t(`strength.${strength}`) : "–"), " ",
      isolated(str(finding, "rule_id"), "code")),
    el("p", {}, visible(str(finding, "reason"))),
    rule && el("p", {class: "quiet"}, visible(str(rule, "summary"))),
    rule && el("p", {class: "quiet source"}, cited(str(rule, "citation"))));
}

interface Case { findings: Map<string, Row[]>; rules: Map<string, Row> }

function findingList(own: Row[], known: Case): HTMLElement {
  if (own.length === 0) {
    return el("p", {class: "quiet"}, t("evidence.no_finding"));
  }
  return el("ul", {class: "findings"}, own.map((finding) =>
    findingView(finding, known.rules.get(str(finding, "rule_id")))));
}

function yesNo(row: Row, name: string): string {
  const value = row[name];
  return typeof value === "boolean" ? t(value ? "yes" : "no") : "–";
}

function replyFacts(row: Row): HTMLElement {
  const ttl = maybe(row, "ip_ttl");
  const facts: Array<[string, Child]> = [
    [t("col.arrival"), milliseconds(maybe(row, "offset_ms") ?? 0)],
    [t("col.source"), str(row, "source") ?
      isolated(str(row, "source"), "address") : t("evidence.as_asked")],
    [t("col.ip_ttl"), ttl === null ? "–" : number(ttl)],
    [t("print.dont_fragment"), yesNo(row, "dont_fragment")],
    [t("print.ip_id_zero"), yesNo(row, "ip_id_zero")],
    ...(!["", "none"].includes(str(row, "mechanism")) ? [[t("col.mechanism"),
      mechanism(str(row, "mechanism"))] as [string, Child]] : []),
    ...(str(row, "injector_id") ? [[t("col.injector"),
      injectorLink(str(row, "injector_id"))] as [string, Child]] : []),
    ...(str(row, "defect") ? [[t("col.defect"),
      visible(str(row, "defect"))] as [string, Child]] : []),
  ];
  return el("dl", {class: "inline-facts"}, facts.map(([word, fact]) =>
    el("div", {}, el("dt", {}, word), el("dd", {}, fact))));
}

function replyPanel(row: Row, known: Case): HTMLElement {
  const number = str(row, "reply");
  const own = known.findings.get(number) ?? [];
  const forged = severity(str(row, "class")) > 2;
  return el("section", {class: `panel reply-panel c-${str(row, "class")}`},
    el("header", {class: "head"},
      el("h2", {}, t("evidence.reply", {n: Number(number)})),
      el("p", {class: "judged"}, classMark(str(row, "class")))),
    el("p", {class: "answers"}, list(row, "addresses").map((address, i) =>
      [i ? ", " : "", forged ? addressLink(address) :
        isolated(address, "address")])),
    replyFacts(row), findingList(own, known),
    packetView(str(row, "message"), restsOn(own)));
}

function sentence(evidence: Row): Child {
  return rich("evidence.sentence", {
    domain: domainOf(evidence), network: networkLink(evidence),
    server: isolated(visible(str(evidence, "server")), "address")}, {
    country: country(str(evidence, "country")),
    qtype: visible(str(evidence, "qtype")),
    transport: transport(str(evidence, "transport")),
    time: time(str(evidence, "hour"))});
}

function arrivals(doc: Doc, replies: Row[], windowMs: number): HTMLElement {
  return figureOf({
    id: "arrivals", title: t("arrival.title"), meta: {},
    summary: t("arrival.summary", {n: replies.length,
                                   window: milliseconds(windowMs)}),
    n: `${t("count.replies", {n: replies.length})} · ${t("caption.ruleset", {
      ruleset: visible(doc.meta.ruleset ?? "–")})}`,
    empty: t("evidence.silence", {window: milliseconds(windowMs)}),
    draw: (width) => arrivalOf(replies, windowMs, width),
    table: {caption: t("arrival.title"), rows: replies, columns: [
      textField("reply"), countField("offset_ms"), verdictField("class"),
      listField("addresses"), textField("flags"), textField("rcode"),
      countField("rr_ttl"), countField("ip_ttl"), textField("injector_id")]},
  });
}

export const page: Page = (doc, key) => {
  const evidence = first(doc, "evidence");
  if (!evidence) {
    return {title: key, content: [leadOf({title: t("missing.title"),
      lede: t("missing.key", {key: visible(key)})})]};
  }
  const replies = rows(doc, "replies");
  const known: Case = {
    findings: groups(rows(doc, "findings"), (row) => str(row, "reply")),
    rules: new Map(rows(doc, "rules").map((row) =>
      [str(row, "rule_id"), row]))};
  const overall = known.findings.get("0") ?? [];
  const agreement = maybe(evidence, "agreement");
  return {title: t("kicker.evidence"), content: [
    leadOf({kicker: [t("kicker.evidence"), " · ",
        isolated(str(evidence, "witness"), "code")],
      title: classMark(str(evidence, "class")),
      lede: sentence(evidence),
      facts: [
        [t("col.mechanism"), mechanism(str(evidence, "mechanism"))],
        [t("col.injector"), str(evidence, "injector_id") ?
          injectorLink(str(evidence, "injector_id")) : "–"],
        [t("col.agreement"), agreement === null ? "–" : percent(agreement)],
        [t("col.outcome"), visible(str(evidence, "outcome"))
          .replaceAll("_", " ")],
        [t("col.ruleset"), isolated(str(evidence, "ruleset"), "code")]]}),
    gridOf(
      arrivals(doc, replies, maybe(evidence, "window_ms") ?? 5000),
      overall.length > 0 && el("section", {class: "panel"},
        el("h2", {}, t("evidence.overall")), findingList(overall, known)),
      replies.map((row) => replyPanel(row, known)),
      el("section", {class: "panel"},
        el("h2", {}, t("evidence.query")),
        el("p", {class: "summary"}, t("evidence.query_summary")),
        packetView(str(evidence, "query"), () => false))),
  ]};
};
