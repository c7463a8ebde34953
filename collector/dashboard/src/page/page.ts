// SPDX-License-Identifier: Apache-2.0
// What a page is: a document made into a title and content.
import {el, type Child} from "../dom";
import type {Doc} from "../doc";

export interface Shown { title: string; content: Child[] }
export type Page = (doc: Doc, key: string) => Shown;

export interface Lead { kicker?: Child; title: Child; lede?: Child;
                        facts?: Array<[string, Child]>; more?: Child }

export function leadOf(lead: Lead): HTMLElement {
  return el("div", {class: "lead"},
    lead.kicker && el("p", {class: "kicker"}, lead.kicker),
    el("h1", {}, lead.title),
    lead.lede && el("p", {class: "lede"}, lead.lede),
    lead.more,
    lead.facts && factsOf(lead.facts));
}

// Short facts, each under its word.
export function factsOf(facts: Array<[string, Child]>): HTMLElement {
  return el("dl", {class: "facts"}, facts.map(([word, fact]) =>
    el("div", {}, el("dt", {}, word), el("dd", {}, fact))));
}

export function gridOf(...panels: Child[]): HTMLElement {
  return el("div", {class: "grid"}, panels);
}
