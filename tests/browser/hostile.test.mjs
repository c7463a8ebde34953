// SPDX-License-Identifier: Apache-2.0
// Names that attack their reader are shown as they are and do nothing.
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {after, before, test} from "node:test";
import {launch, pagesOf, serve, unexpected, visit} from "./harness.mjs";

let browser;
let site;
let plain;
before(async () => {
  site = await serve("hostile");
  plain = await serve("plain");
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.stop();
  plain?.stop();
});

const ALLOWED = new Set(["A", "B", "BDI", "BODY", "BUTTON", "CANVAS",
  "CAPTION", "CODE", "DD", "DIV", "DL", "DT", "FIGCAPTION", "FIGURE", "FOOTER",
  "FORM", "H1", "H2", "H3", "HEAD", "HEADER", "HTML", "INPUT", "LABEL", "LI",
  "LINK", "MAIN", "META", "NAV", "OL", "OPTION", "P", "SCRIPT", "SECTION",
  "SELECT", "SMALL", "SPAN", "STRONG", "TABLE", "TBODY", "TD", "TH", "THEAD",
  "TIME", "TITLE", "TR", "UL", "a", "circle", "defs", "g", "line", "path",
  "pattern", "rect", "svg", "text", "title"]);

// What the document holds that text must never become.
const census = (page, allowed) => page.evaluate((allowed) => {
  const all = [...document.querySelectorAll("*")];
  const handlers = all.flatMap((node) => [...node.attributes].filter((one) =>
    /^on/i.test(one.name) || (one.name === "style" &&
      !node.closest(".uplot")) || one.name === "srcdoc")
    .map((one) => `${node.tagName} ${one.name}`));
  const strange = all.map((node) => node.tagName).filter((name) =>
    !allowed.includes(name));
  const links = all.flatMap((node) => node.getAttribute("href") ?? [])
    .filter((href) => /^\s*(javascript|data|vbscript):/i.test(href));
  return {handlers, strange, links, hit: window.hit ?? null,
          scripts: document.scripts.length,
          frames: window.frames.length,
          hidden: /[\u202a-\u202e\u2066\u2067\u200b\ufeff]/.test(
            document.body.innerText)};
}, [...allowed]);

test("hostile text is inert on every page", async () => {
  const context = await browser.newContext({
    viewport: {width: 1280, height: 900}});
  for (const path of pagesOf(plain)) {
    const {page, wrong} = await visit(context, site, `${path}?days=14`);
    await page.$$eval(".tool[aria-pressed]", (all) =>
      all.forEach((one) => one.click()));
    assert.deepEqual(await census(page, ALLOWED), {
      handlers: [], strange: [], links: [], hit: null, scripts: 2, frames: 0,
      hidden: false}, path);
    assert.deepEqual(unexpected(wrong), [], path);
    await page.close();
  }
  await context.close();
});

test("hostile keys in the address are inert", async () => {
  const context = await browser.newContext();
  for (const key of ["<img src=x onerror=window.hit=1>", "..%2F..%2Fetc",
    "javascript:window.hit=1", "%00", "constructor", "x".repeat(300)]) {
    const {page, wrong} = await visit(context, plain,
      `domain/${encodeURIComponent(key)}/?lang=%3Cb%3E&theme=%22%3E&table=%3C`);
    const seen = await census(page, ALLOWED);
    assert.deepEqual([seen.strange, seen.handlers, seen.hit], [[], [], null]);
    assert.deepEqual(unexpected(wrong), []);
    await page.close();
  }
  await context.close();
});

test("CSV cells do not run in a spreadsheet", async () => {
  const context = await browser.newContext();
  const {page} = await visit(context, site, "victims/");
  const waiting = page.waitForEvent("download");
  await page.click("[data-figure=victims] .tool:text-is('CSV')");
  const text = String(readFileSync(await (await waiting).path()));
  const cells = text.split("\r\n").flatMap((line) => line.split(","));
  assert.deepEqual(cells.filter((cell) => /^"?[=+@\t]/.test(cell)), []);
  await context.close();
});
