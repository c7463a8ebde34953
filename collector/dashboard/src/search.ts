// SPDX-License-Identifier: Apache-2.0
// Finds a domain as it is typed, and goes to addresses and networks too.
import {el, freshId} from "./dom";
import {count, rows, str, type Row} from "./doc";
import {load} from "./load";
import {t} from "./locale";
import {href} from "./place";
import {isolated} from "./text";
import {classMark, swatch} from "./figure/palette";

const MOST = 8;

// The A-label of what was typed, or "" if it is no name.
export function asName(typed: string): string {
  const text = typed.trim().replace(/^[a-z]+:\/\//i, "").replace(/[/?#].*$/, "")
    .replace(/\.$/, "");
  if (!text || /[\s@\\:%]/.test(text)) return "";
  try {
    return new URL(`http://${text}`).hostname.toLowerCase();
  } catch {
    return "";
  }
}

export function shard(name: string): string {
  const two = name.slice(0, 2).padEnd(2, "_");
  if (/^[a-z0-9-]{2}$/.test(two) || /^[a-z0-9-]_$/.test(two)) return two;
  return "__";
}

const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;

function asAddress(typed: string): string {
  const text = typed.trim();
  if (IPV4.test(text)) return text;
  if (!/^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(text)) return "";
  try {
    return new URL(`http://[${text}]`).hostname.slice(1, -1);
  } catch {
    return "";
  }
}

const known = new Map<string, Promise<Row[]>>();
function namesIn(part: string): Promise<Row[]> {
  let found = known.get(part);
  if (!found) {
    found = load(`search/${part}`).then((answer) => {
      if (answer.kind === "unreachable") known.delete(part);
      return answer.kind === "doc" ? rows(answer.doc, "domains") : [];
    });
    known.set(part, found);
  }
  return found;
}

async function networkOf(asn: string): Promise<string> {
  const answer = await load("networks");
  if (answer.kind !== "doc") return "";
  const row = rows(answer.doc, "network").find((one) =>
    str(one, "asn") === asn);
  return row ? href("network", str(row, "country"), asn) : "";
}

async function destination(typed: string): Promise<string> {
  const address = asAddress(typed);
  if (address) return href("address", address);
  const asn = /^as\s*(\d{1,10})$/i.exec(typed.trim())?.[1];
  if (asn) return await networkOf(asn) || href("networks");
  const name = asName(typed);
  return name ? href("domain", name) : "";
}

// Those that begin so come first, then those that hold it.
export async function matches(typed: string): Promise<Row[]> {
  const name = asName(typed);
  if (name.length < 2 || asAddress(typed)) return [];
  const all = await namesIn(shard(name));
  return all.filter((row) => str(row, "domain").startsWith(name))
    .sort((a, b) => str(a, "domain").length - str(b, "domain").length)
    .slice(0, MOST);
}

function optionOf(row: Row): HTMLElement {
  const unicode = str(row, "domain_unicode") || str(row, "domain");
  const networks = count(row, "poisoned_networks");
  return el("li", {role: "option", id: freshId("option"),
                   "aria-selected": "false"},
    isolated(unicode), networks > 0 ? el("span", {class: "mark"},
      swatch("poisoned"), t("search.forged", {n: networks})) :
      classMark(str(row, "verdict")));
}

// The field, what was found for it, and which of that is chosen.
class Finder {
  private found: Row[] = [];
  private chosen = -1;

  constructor(private readonly input: HTMLInputElement,
              private readonly options: HTMLElement,
              private readonly said: HTMLElement) {}

  close(): void {
    this.options.hidden = true;
    this.chosen = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  // By one down or up, round the ends.
  choose(by: number): void {
    if (this.options.hidden || this.found.length === 0) return;
    const next = this.chosen < 0 && by < 0 ? -1 : this.chosen + by;
    this.chosen = (next + this.found.length) % this.found.length;
    [...this.options.children].forEach((option, i) =>
      option.setAttribute("aria-selected", String(i === this.chosen)));
    this.input.setAttribute("aria-activedescendant",
      this.options.children[this.chosen]?.id ?? "");
  }

  async go(row = this.found[this.chosen]): Promise<void> {
    const target = row ? href("domain", str(row, "domain")) :
      await destination(this.input.value);
    if (target) location.assign(target);
    else this.said.textContent = t("search.nothing");
  }

  async goTo(option: Element | null): Promise<void> {
    const at = option ? [...this.options.children].indexOf(option) : -1;
    if (at >= 0) await this.go(this.found[at]);
  }

  async seek(): Promise<void> {
    const typed = this.input.value;
    const now = await matches(typed);
    if (typed !== this.input.value) return;
    this.found = now;
    this.close();
    this.options.replaceChildren(...now.map(optionOf));
    this.options.hidden = now.length === 0;
    this.input.setAttribute("aria-expanded", String(now.length > 0));
    this.said.textContent = t("search.count", {n: now.length});
  }
}

function connect(finder: Finder, input: HTMLElement, options: HTMLElement) {
  input.addEventListener("input", () => { void finder.seek(); });
  input.addEventListener("blur", () => finder.close());
  input.addEventListener("keydown", (event) => {
    const by = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (by && !options.hidden) {
      event.preventDefault();
      finder.choose(by);
    } else if (event.key === "Escape") {
      finder.close();
    }
  });
  options.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    void finder.goTo((event.target as Element).closest("[role=option]"));
  });
}

export function searchBox(style: string): HTMLElement {
  const id = freshId("found");
  const input = el("input", {
    type: "search", name: "q", autocomplete: "off", spellcheck: "false",
    autocapitalize: "none", role: "combobox", "aria-expanded": "false",
    "aria-controls": id, "aria-autocomplete": "list", dir: "auto",
    placeholder: t("search.hint"), "aria-label": t("search.label")});
  const options = el("ul", {role: "listbox", id,
                            "aria-label": t("search.found")});
  options.hidden = true;
  const said = el("span", {class: "unseen", "aria-live": "polite"});
  const finder = new Finder(input, options, said);
  connect(finder, input, options);
  const form = el("form", {role: "search", class: `search ${style}`},
    input, options, said);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void finder.go();
  });
  return form;
}
