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

// In dark, only what depends on colours can differ from light.
async function accessible(page, name, dark) {
  await page.addScriptTag({path: AXE});
  const violations = await page.evaluate(async (dark) => {
    const found = await window.axe.run(document, {
      resultTypes: ["violations"],
      ...(dark ? {runOnly: ["color-contrast", "link-in-text-block"]} : {})});
    return found.violations.filter((one) =>
      one.impact === "serious" || one.impact === "critical")
      .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) =>
        node.target.join(" ")).join(", ")}`);
  }, dark);
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

test("pages are accessible, in light and dark", async () => {
  // axe is put into the page by the test: the page's own policy forbids it.
  const context = await browser.newContext({
    colorScheme: "light", bypassCSP: true, reducedMotion: "reduce",
    viewport: {width: 1280, height: 900}});
  for (const path of pagesOf(site)) {
    // Two weeks: many cells more would all be alike.
    const {page, wrong} = await visit(context, site, `${path}?days=14`);
    await captioned(page, path);
    await accessible(page, `${path} light`, false);
    await page.emulateMedia({colorScheme: "dark", reducedMotion: "reduce"});
    await page.waitForSelector("html[data-theme=dark]");
    await settled(page);
    await accessible(page, `${path} dark`, true);
    assert.ok(await wide(page) <= 0, `${path} is too wide`);
    assert.deepEqual(unexpected(wrong), [], path);
    await page.close();
  }
  await context.close();
});

test("pages fit a phone", async () => {
  const context = await browser.newContext({
    viewport: {width: 390, height: 844}});
  const paths = pagesOf(site);
  for (const path of [0, 1, 2, 7, 8, 10, 11, 14].map((i) => paths[i])) {
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
    for (const path of pagesOf(site).slice(0, lang === "fa" ? 8 : 2)) {
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
