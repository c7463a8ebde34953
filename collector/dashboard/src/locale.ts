// SPDX-License-Identifier: Apache-2.0
// Words, numbers, dates and country names in the reader's language.
import type {Child} from "./dom";
import {state} from "./place";
import {visible} from "./text";

export type Values = Record<string, string | number>;
type Message = string | Record<string, string>;
type Catalog = Record<string, Message>;

export const LANGUAGES: ReadonlyArray<[string, string]> = [
  ["en", "English"], ["zh-Hans", "简体中文"], ["fa", "فارسی"],
  ["ru", "Русский"],
];
const LOADERS: Record<string, () => Promise<{default: Catalog}>> = {
  "en": () => import("../locales/en.json"),
  "zh-Hans": () => import("../locales/zh-Hans.json"),
  "fa": () => import("../locales/fa.json"),
  "ru": () => import("../locales/ru.json"),
};

export let language = "en";
let tag = "en-GB";
let catalog: Catalog = {};
let plural = new Intl.PluralRules("en");

function chosen(): string {
  const wanted = [state("lang"), ...navigator.languages];
  for (const name of wanted) {
    const lower = name.toLowerCase();
    if (lower.startsWith("zh")) return "zh-Hans";
    const short = lower.split("-")[0] ?? "";
    if (short in LOADERS) return short;
  }
  return "en";
}

export async function loadLocale(): Promise<void> {
  language = chosen();
  const load = LOADERS[language] ?? LOADERS["en"]!;
  catalog = (await load()).default;
  tag = {"en": "en-GB", "fa": "fa-IR"}[language] ?? language;
  plural = new Intl.PluralRules(tag);
  document.documentElement.lang = language;
  document.documentElement.dir = language === "fa" ? "rtl" : "ltr";
}

function message(key: string, values: Values): string {
  const found = catalog[key];
  if (found === undefined) return key;
  if (typeof found === "string") return found;
  const n = Number(values["n"] ?? 0);
  return found[plural.select(n)] ?? found["other"] ?? key;
}

const HOLE = /\{(\w+)\}/;

// Among words from right to left, a name keeps its own direction.
function apart(text: string): string {
  return document.documentElement.dir === "rtl" ? `\u2068${text}\u2069` :
    text;
}

// {name} in a message is replaced; numbers in the reader's digits.
export function t(key: string, values: Values = {}): string {
  return message(key, values).replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = values[name];
    if (value === undefined) return hole;
    return typeof value === "number" ? number(value) : apart(value);
  });
}

// The same with elements in the holes.
export function rich(
    key: string, nodes: Record<string, Child>, values: Values = {}): Child[] {
  return message(key, values).split(/(\{\w+\})/).map((part) => {
    const name = HOLE.exec(part)?.[1];
    if (!name) return part;
    if (name in nodes) return nodes[name];
    const value = values[name];
    return typeof value === "number" ? number(value) : value ?? part;
  });
}

export const has = (key: string): boolean => key in catalog;

const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();
function format<T extends Intl.NumberFormat | Intl.DateTimeFormat>(
    key: string, make: () => T): T {
  let found = formats.get(key);
  if (!found) { found = make(); formats.set(key, found); }
  return found as T;
}

export function number(value: number, digits = 0): string {
  return format(`n${digits}`, () => new Intl.NumberFormat(tag, {
    maximumFractionDigits: digits})).format(value);
}

export function compact(value: number): string {
  if (Math.abs(value) < 10000) return number(value);
  return format("c", () => new Intl.NumberFormat(tag, {
    notation: "compact", maximumFractionDigits: 1})).format(value);
}

export function percent(share: number): string {
  const digits = share > 0 && share < 0.1 ? 1 : 0;
  return format(`p${digits}`, () => new Intl.NumberFormat(tag, {
    style: "percent", maximumFractionDigits: digits})).format(share);
}

const STYLES: Record<string, Intl.DateTimeFormatOptions> = {
  day: {day: "numeric", month: "short", year: "numeric"},
  short: {day: "numeric", month: "short"},
  month: {month: "short"},
  time: {day: "numeric", month: "short", year: "numeric", hour: "2-digit",
         minute: "2-digit", timeZoneName: "short"},
};

function date(value: string | Date, style: string): string {
  const moment = typeof value === "string" ? new Date(value) : value;
  if (Number.isNaN(moment.getTime())) return "–";
  return format(style, () => new Intl.DateTimeFormat(tag, {
    timeZone: "UTC", ...STYLES[style]})).format(moment);
}
// "22 Nov 2026" of "2026-11-22"; "–" of nothing.
export const day = (value: string | Date): string => date(value, "day");
export const shortDay = (value: string | Date): string => date(value, "short");
export const month = (value: string | Date): string => date(value, "month");
export const time = (value: string | Date): string => date(value, "time");

export function ago(value: string, now = Date.now()): string {
  const seconds = (new Date(value).getTime() - now) / 1000;
  if (!Number.isFinite(seconds)) return "–";
  const steps: Array<[Intl.RelativeTimeFormatUnit, number]> = [
    ["day", 86400], ["hour", 3600], ["minute", 60]];
  const relative = new Intl.RelativeTimeFormat(tag, {numeric: "auto"});
  for (const [name, size] of steps) {
    if (Math.abs(seconds) >= size) {
      return relative.format(Math.round(seconds / size), name);
    }
  }
  return relative.format(0, "minute");
}

export function country(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) {
    return visible(code) || t("country.unknown");
  }
  try {
    const names = new Intl.DisplayNames([tag], {type: "region"});
    return names.of(code) ?? code;
  } catch { return code; }
}

// "China, Iran and Russia", cut at `most` with "and 4 more".
export function enumerate(items: string[], most = 6): string {
  const shown = items.slice(0, most);
  if (items.length > most) {
    shown.push(t("list.more", {n: items.length - most}));
  }
  return new Intl.ListFormat(tag, {type: "conjunction"}).format(shown);
}

export const compare = (a: string, b: string): number =>
  a.localeCompare(b, tag);
