// SPDX-License-Identifier: Apache-2.0
// The project's words as elements: domains, networks, classes, links.
import {el, type Child} from "./dom";
import {str, type Row} from "./doc";
import {country, day, has, t} from "./locale";
import {href} from "./place";
import {isolated, visible} from "./text";

// From what matters least to what matters most; legends follow this order.
export const CLASSES = [
  "consistent", "insufficient", "ambiguous", "filtered", "down", "blocked",
  "likely_poisoned", "poisoned",
] as const;
export type Class = typeof CLASSES[number];

// The classes that say: somebody interferes with this name.
export const AFFECTED: ReadonlySet<string> = new Set([
  "poisoned", "likely_poisoned", "blocked", "filtered"]);

export function severity(verdict: string): number {
  return CLASSES.indexOf(verdict as Class);
}

function word(kind: string, code: string): string {
  if (code === "") return "–";
  const key = `${kind}.${code}`;
  return has(key) ? t(key) : visible(code).replaceAll("_", " ");
}
export const className = (code: string): string => word("class", code);
export const mechanism = (code: string): string => word("mechanism", code);
export const eventKind = (code: string): string => word("event", code);
export const transport = (code: string): string => word("transport", code);
export const controlState = (code: string): string => word("state", code);

export function link(target: string, ...label: Child[]): HTMLAnchorElement {
  return el("a", {href: target}, ...label);
}

// Another's site: its address is shown to nobody who does not ask.
export function outside(target: string, label: string): Child {
  if (!/^https?:\/\//.test(target)) return visible(label);
  return el("a", {href: target, rel: "noreferrer noopener external"},
    visible(label));
}

export function domainLink(name: string, unicode = ""): HTMLElement {
  return link(href("domain", name), isolated(unicode || name));
}

export function domainOf(row: Row): HTMLElement {
  return domainLink(str(row, "domain"), str(row, "domain_unicode"));
}

export function addressLink(address: string): HTMLElement {
  return link(href("address", address), isolated(address, "address"));
}

export function injectorLink(id: string): HTMLElement {
  return link(href("injector", id), isolated(id, "code"));
}

export function injectorLinks(ids: string[]): Child[] {
  if (ids.length === 0) return ["–"];
  return ids.flatMap((id, i) => i ? [", ", injectorLink(id)] :
    [injectorLink(id)]);
}

// "AS4134 China Telecom", or that the network is not known.
export function networkText(asn: string, name: string): string {
  if (asn === "" || asn === "0") return t("network.unknown");
  return name ? `AS${asn} ${visible(name)}` : `AS${asn}`;
}

export function networkLink(row: Row): HTMLElement {
  const asn = str(row, "asn");
  const code = str(row, "country");
  const text = isolated(networkText(asn, str(row, "network_name")), "plain");
  return asn && asn !== "0" ? link(href("network", code, asn), text) : text;
}

export function countryLink(code: string): HTMLElement {
  if (!code) return el("span", {}, t("scope.world"));
  return link(href("network", code), country(code));
}

export function evidenceLink(witness: string, label?: string): Child {
  if (!witness) return el("span", {class: "quiet"}, "–");
  return link(href("evidence", witness), label ?? t("evidence.open"));
}

export function dayOf(value: string): HTMLElement {
  if (!value) return el("span", {class: "quiet"}, "–");
  return el("time", {datetime: value, title: value}, day(value));
}
