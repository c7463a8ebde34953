// SPDX-License-Identifier: Apache-2.0
// How a verdict comes about: rules with strength and citation, classes.
import {el, type Child} from "../dom";
import {groups, rows, str, type Row} from "../doc";
import {figureOf} from "../figure/frame";
import {has, t} from "../locale";
import {isolated, visible} from "../text";
import {CLASSES, className} from "../words";
import {swatch} from "../figure/palette";
import {textField} from "./fields";
import {gridOf, leadOf, type Page} from "./page";

const STRENGTHS = ["confirms", "suggests", "ranks", "exonerates"];

// Links inside a citation can be followed; the rest is text.
export function cited(text: string): Child[] {
  return text.split(/(https?:\/\/[^\s)>\]]+)/).map((part) =>
    /^https?:\/\//.test(part) ? el("a", {href: part, class: "cite",
      rel: "noreferrer noopener external"}, visible(part)) : visible(part));
}

function rulesPanel(strength: string, rules: Row[], meta: Parameters<
    typeof figureOf>[0]["meta"]): HTMLElement {
  const title = t(`strength.${strength}`);
  return figureOf({
    id: `rules-${strength}`, title, meta, most: 60,
    summary: t(`strength.${strength}_meaning`), empty: "",
    n: t("method.n", {n: rules.length}),
    table: {caption: title, rows: rules, columns: [
      {name: "rule_id", label: t("col.rule"),
       value: (row) => str(row, "rule_id"),
       cell: (row) => el("span", {id: `rule-${str(row, "rule_id")}`},
         isolated(str(row, "rule_id"), "code"))},
      textField("summary"), textField("kind", t("col.family")),
      {name: "citation", label: t("col.citation"),
       value: (row) => str(row, "citation"),
       cell: (row) => el("span", {class: "source"},
         cited(str(row, "citation")))}]},
  }, "wide");
}

function classes(words: Row[]): HTMLElement {
  const meaning = new Map(words.filter((row) => str(row, "kind") === "class")
    .map((row) => [str(row, "word"), str(row, "meaning")]));
  return el("section", {class: "panel half"},
    el("h2", {}, t("method.classes")),
    el("p", {class: "summary"}, t("method.classes_summary")),
    el("dl", {class: "glossary"}, [...CLASSES].reverse().map((name) =>
      el("div", {}, el("dt", {}, swatch(name), className(name)),
        el("dd", {}, has(`meaning.${name}`) ? t(`meaning.${name}`) :
          visible(meaning.get(name) ?? ""))))));
}

function steps(): HTMLElement {
  return el("section", {class: "panel half"},
    el("h2", {}, t("method.steps")),
    el("ol", {class: "steps"}, [1, 2, 3, 4, 5].map((n) =>
      el("li", {}, t(`method.step_${n}`)))),
    el("p", {class: "summary"}, t("method.limits")));
}

export const page: Page = (doc) => {
  const byStrength = groups(rows(doc, "rules"), (row) => str(row, "strength"));
  const other = [...byStrength.keys()].filter((name) =>
    !STRENGTHS.includes(name));
  return {title: t("nav.method"), content: [
    leadOf({title: t("method.title"), lede: t("method.lede")}),
    gridOf(steps(), classes(rows(doc, "vocabulary")),
      [...STRENGTHS, ...other].map((name) => byStrength.has(name) &&
        rulesPanel(name, byStrength.get(name) ?? [], doc.meta))),
  ]};
};
