// SPDX-License-Identifier: Apache-2.0
// Reads where we are, fetches the page's document and shows it.
import {append, el} from "./dom";
import type {Doc} from "./doc";
import {keepWatch, sayUnreachable, type Watch} from "./freshness";
import {load} from "./load";
import {loadLocale, t} from "./locale";
import {href, place} from "./place";
import {page as address} from "./page/address";
import {page as controls} from "./page/controls";
import {page as coverage} from "./page/coverage";
import {page as data} from "./page/data";
import {page as domain} from "./page/domain";
import {page as event} from "./page/event";
import {page as events} from "./page/events";
import {page as evidence} from "./page/evidence";
import {page as injector} from "./page/injector";
import {page as injectors} from "./page/injectors";
import {page as method} from "./page/method";
import {page as network} from "./page/network";
import {page as networks} from "./page/networks";
import {page as victims} from "./page/victims";
import {page as overview} from "./page/overview";
import type {Page, Shown} from "./page/page";
import {raise} from "./shell";
import {visible} from "./text";

const PAGES: Record<string, Page> = {
  overview, domain, network, address, injector, event,
  evidence, victims, injectors, networks, controls, coverage,
  events, method, data};
const KEYED = new Set(["domain", "network", "address", "injector", "event",
  "evidence"]);

function sayMissing(main: HTMLElement, key: string): void {
  document.title = `${t("missing.title")} · ${t("brand.name")}`;
  main.replaceChildren(el("div", {class: "lead"},
    el("h1", {}, t("missing.title")),
    el("p", {class: "lede"}, key ?
      t("missing.key", {key: visible(key)}) : t("missing.page")),
    el("p", {}, el("a", {href: href("")}, t("missing.back")))));
}

function show(main: HTMLElement, shown: Shown): void {
  document.title = shown.title ? `${shown.title} · ${t("brand.name")}` :
    `${t("brand.name")}: ${t("brand.claim")}`;
  main.replaceChildren();
  append(main, shown.content);
}

async function start(): Promise<void> {
  await loadLocale();
  const {page, key} = place();
  const shell = raise(t("foot.licence"));
  const {main} = shell;
  const shownBy = Object.hasOwn(PAGES, page) ? PAGES[page] : undefined;
  if (!shownBy || KEYED.has(page) !== (key !== "")) {
    sayMissing(main, "");
    return;
  }
  const waiting = el("p", {class: "waiting", role: "status"},
    t("shell.loading"));
  main.append(waiting);
  let current: Doc | null = null;
  const path = [page === "data" ? "latest" : page, key]
    .filter((part) => part !== "").join("/");
  const answer = await load(path);
  const present = (doc: Doc) => {
    current = doc;
    show(main, shownBy(doc, key));
  };
  const watch: Watch = {
    notice: shell.notice,
    shown: () => current?.meta.update_time ?? "",
    refresh: async () => {
      const again = await load(path);
      if (again.kind === "doc") present(again.doc);
      else if (again.kind === "missing") sayMissing(main, key || page);
    },
  };
  if (answer.kind === "doc") present(answer.doc);
  else if (answer.kind === "missing") sayMissing(main, key || page);
  else {
    main.replaceChildren();
    sayUnreachable(watch, () => { void watch.refresh(); });
  }
  keepWatch(watch,
    answer.kind === "unreachable" ? answer.retrySeconds : undefined);
}

void start();
