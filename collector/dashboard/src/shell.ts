// SPDX-License-Identifier: Apache-2.0
// What is around every page: skip link, head, ways to go, foot.
import {button, el, svg, type Child} from "./dom";
import {language, LANGUAGES, t} from "./locale";
import {href, keep, overview, place, resource, state} from "./place";
import {patterns} from "./figure/palette";
import {searchBox} from "./search";
import {applyTheme} from "./theme";

const PAGES = ["networks", "injectors", "victims", "events", "coverage",
  "controls", "method", "data"];
// Where a page of one thing belongs.
const HOME: Record<string, string> = {
  network: "networks", injector: "injectors", address: "victims",
  event: "events"};

// A drop that falls apart into two answers: the true one and the forged.
function emblem(): SVGSVGElement {
  return svg("svg", {class: "emblem", viewBox: "0 0 24 24", width: 24,
                     height: 24, "aria-hidden": "true"},
    svg("path", {class: "true",
      d: "M12 2.2C8.6 7 5.6 10.6 5.6 14.5a6.4 6.4 0 0 0 6.4 6.4z"}),
    svg("path", {class: "forged",
      d: "M12 2.2c3.4 4.8 6.4 8.4 6.4 12.3a6.4 6.4 0 0 1-6.4 6.4z"}));
}

function ways(): HTMLElement {
  const here = place().page;
  const current = HOME[here] ?? here;
  return el("ul", {}, PAGES.map((page) => el("li", {}, el("a", {
    href: href(page), "aria-current": page === current ? "page" : null},
    t(`nav.${page}`)))));
}

function languageChoice(): HTMLElement {
  const choice = el("select", {"aria-label": t("shell.language"),
                               name: "lang"},
    LANGUAGES.map(([code, name]) => el("option", {
      value: code, lang: code, selected: code === language}, name)));
  choice.addEventListener("change", () => {
    keep("lang", choice.value);
    location.reload();
  });
  return choice;
}

const THEMES = ["", "light", "dark"];

function themeChoice(): HTMLElement {
  const label = () => t(`theme.${state("theme") || "auto"}`);
  const choice = button(label(), () => {
    const next = THEMES[(THEMES.indexOf(state("theme")) + 1) % 3] ?? "";
    keep("theme", next);
    applyTheme();
    choice.textContent = label();
    for (const link of document.querySelectorAll<HTMLAnchorElement>(
        "a[href]")) retheme(link, next);
  }, {class: "theme"});
  return choice;
}

// Links were made with the state of before.
function retheme(link: HTMLAnchorElement, theme: string): void {
  const target = new URL(link.href, location.href);
  if (target.origin !== location.origin || link.rel.includes("external")) {
    return;
  }
  if (theme) target.searchParams.set("theme", theme);
  else target.searchParams.delete("theme");
  if (link.hasAttribute("href")) link.setAttribute("href", target.href);
}

function head(): HTMLElement {
  const brand = el("a", {href: overview(), class: "brand"}, emblem(),
    el("span", {}, t("brand.name")));
  const menu = el("nav", {"aria-label": t("shell.pages"), id: "ways"}, ways());
  const opener = button(t("shell.menu"), () => {
    const open = opener.getAttribute("aria-expanded") !== "true";
    opener.setAttribute("aria-expanded", String(open));
    top.classList.toggle("open", open);
  }, {class: "opener", "aria-expanded": "false", "aria-controls": "ways"});
  const finder = place().page === "overview" ? null : searchBox("small");
  const top = el("header", {class: "top"},
    el("div", {class: "bar"}, brand, menu, finder,
      el("div", {class: "settings"}, languageChoice(), themeChoice()),
      opener));
  return top;
}

function foot(licence: Child): HTMLElement {
  return el("footer", {class: "foot"},
    el("div", {class: "inner"},
      el("p", {}, t("foot.what")),
      el("p", {class: "quiet"}, t("foot.harm")),
      el("p", {class: "quiet"}, licence, " · ",
        el("a", {href: href("method")}, t("nav.method")), " · ",
        el("a", {href: href("data")}, t("nav.data")), " · ",
        el("a", {href: resource("feeds/events.atom")}, t("foot.feed")), " · ",
        el("a", {href: resource(
          document.documentElement.dataset["licences"] ?? "")},
          t("foot.software")))));
}

export interface Shell { main: HTMLElement; notice: HTMLElement }

export function raise(licence: Child): Shell {
  const main = el("main", {id: "content", tabindex: -1});
  const notice = el("div", {id: "notice", role: "status",
                            "aria-live": "polite"});
  const skip = el("a", {href: "#content", class: "skip"}, t("shell.skip"));
  skip.addEventListener("click", (event) => {
    event.preventDefault();
    main.focus();
    main.scrollIntoView();
  });
  document.body.replaceChildren(skip, patterns(), head(), notice, main,
    foot(licence));
  return {main, notice};
}
