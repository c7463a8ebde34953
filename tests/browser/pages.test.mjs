// SPDX-License-Identifier: Apache-2.0
// Every page, in light and dark and from right to left: it shows, it is
// accessible, it asks nobody else, and nothing overflows or overlaps.
import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {AXE, launch, pagesOf, serve, settled, unexpected, visit} from
  "./harness.mjs";

let browser;
let site;
before(async () => {
  site = await serve("plain");
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.stop();
});

async function accessible(page, name) {
  await page.addScriptTag({path: AXE});
  const violations = await page.evaluate(async () => {
    // Colours are checked where they rest, not while they move.
    const found = await window.axe.run(document, {resultTypes: ["violations"]});
    return found.violations.filter((one) =>
      one.impact === "serious" || one.impact === "critical")
      .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) =>
        node.target.join(" ")).join(", ")}`);
  });
  assert.deepEqual(violations, [], name);
}

const wide = (page) => page.evaluate(() =>
  document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function captioned(page, name) {
  const bare = await page.$$eval("figure.panel:not(.empty)", (figures) =>
    figures.filter((figure) => !figure.querySelector("figcaption")
      ?.textContent || !figure.querySelector("table") ||
      !figure.querySelector(".summary")?.textContent ||
      figure.querySelectorAll(".tool").length < 1)
      .map((figure) => figure.dataset.figure));
  assert.deepEqual(bare, [], `${name}: figures without words or table`);
}

for (const colorScheme of ["light", "dark"]) {
  test(`pages are accessible, ${colorScheme}`, async () => {
    const context = await browser.newContext({
      colorScheme, bypassCSP: true, reducedMotion: "reduce",
      viewport: {width: 1280, height: 900}});
    for (const path of pagesOf(site)) {
      const {page, wrong} = await visit(context, site, path);
      await captioned(page, path);
      await accessible(page, `${path} ${colorScheme}`);
      assert.equal(await wide(page), 0, `${path} is too wide`);
      assert.deepEqual(unexpected(wrong), [], path);
      await page.close();
    }
    await context.close();
  });
}

test("pages fit a phone", async () => {
  const context = await browser.newContext({
    viewport: {width: 390, height: 844}});
  for (const path of pagesOf(site)) {
    const {page, wrong} = await visit(context, site, path);
    assert.ok(await wide(page) <= 0, `${path} is too wide`);
    assert.deepEqual(unexpected(wrong), [], path);
    await page.close();
  }
  await context.close();
});

for (const [lang, dir, digits] of [["fa", "rtl", /[۰-۹]/],
  ["zh-Hans", "ltr", /\d/], ["ru", "ltr", /\d/]]) {
  test(`pages speak ${lang}`, async () => {
    const context = await browser.newContext({
      viewport: {width: 1280, height: 900}});
    for (const path of pagesOf(site).slice(0, 8)) {
      const {page, wrong} = await visit(context, site, `${path}?lang=${lang}`);
      assert.equal(await page.getAttribute("html", "dir"), dir);
      assert.equal(await page.getAttribute("html", "lang"), lang);
      const text = await page.innerText("body");
      assert.match(text, digits, path);
      // A key without its words would show as it is.
      assert.doesNotMatch(text, /\b(col|heat|class|nav|event)\.[a-z_]+\b/);
      assert.ok(await wide(page) <= 0, `${path} is too wide`);
      const links = await page.$$eval("main a[href]", (all, lang) =>
        all.filter((one) => one.origin === location.origin &&
          !/\/(feeds|api|data|assets)\//.test(one.pathname) &&
          !one.search.includes(`lang=${lang}`)).length, lang);
      assert.equal(links, 0, `${path}: links forget the language`);
      assert.deepEqual(unexpected(wrong), [], path);
      await page.close();
    }
    await context.close();
  });
}

test("names keep their direction", async () => {
  const context = await browser.newContext();
  const {page} = await visit(context, site, "?lang=fa");
  const loose = await page.$$eval("main a[href*='/domain/'] ", (links) =>
    links.filter((link) => link.namespaceURI.endsWith("xhtml") &&
      !link.querySelector("bdi[dir=ltr]")).length);
  assert.equal(loose, 0);
  await settled(page);
  await context.close();
});
