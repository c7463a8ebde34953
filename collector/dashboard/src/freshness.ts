// SPDX-License-Identifier: Apache-2.0
// Asks now and then whether there is something newer, and says when the
// server cannot be reached. What is shown stays.
import {button, el} from "./dom";
import {first, str} from "./doc";
import {load, type Loaded} from "./load";
import {t, time} from "./locale";

const POLL_SECONDS = 60;

export interface Watch {
  notice: HTMLElement;
  shown: () => string;  // The update_time of what is shown.
  refresh: () => Promise<void>;
}

function reader(): boolean {
  const at = document.activeElement;
  return at !== null && at !== document.body ||
    !(getSelection()?.isCollapsed ?? true);
}

export function sayUnreachable(watch: Watch, retry: () => void): void {
  const since = watch.shown();
  watch.notice.className = "stale";
  watch.notice.replaceChildren(el("p", {},
    el("strong", {}, t("stale.title")), " ",
    since ? t("stale.shown", {time: time(since)}) : t("stale.nothing"), " ",
    button(t("stale.retry"), retry, {class: "textual"})));
}

function clear(watch: Watch): void {
  watch.notice.className = "";
  watch.notice.replaceChildren();
}

function sayNewer(watch: Watch): void {
  watch.notice.className = "newer";
  watch.notice.replaceChildren(el("p", {}, t("newer.title"), " ",
    button(t("newer.show"), async () => {
      await watch.refresh();
      clear(watch);
    }, {class: "textual"})));
}

export function keepWatch(watch: Watch, ahead = POLL_SECONDS): void {
  let timer = 0;
  const later = (seconds: number) => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, seconds * 1000);
  };
  const told = async (answer: Loaded) => {
    if (answer.kind === "unreachable") {
      sayUnreachable(watch, ask);
      later(answer.retrySeconds);
      return;
    }
    const stale = watch.notice.className === "stale";
    if (stale) clear(watch);
    later(POLL_SECONDS);
    if (answer.kind === "missing") return;
    const newest = answer.doc.meta.update_time ||
      str(first(answer.doc, "release"), "update_time");
    if (watch.shown() === "") await watch.refresh();
    else if (!newest || newest <= watch.shown()) return;
    else if (reader()) sayNewer(watch);
    else await watch.refresh();
  };
  const ask = async () => {
    // Nobody looks: asking would only cost them traffic.
    if (document.hidden) { later(POLL_SECONDS); return; }
    await told(await load("latest"));
  };
  later(ahead);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void ask();
  });
}
