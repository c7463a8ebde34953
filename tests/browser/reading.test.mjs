// SPDX-License-Identifier: Apache-2.0
// What a reader does: keys, tables, files, search, choices that stay in the
// address, and what is seen when the server is gone.
import assert from "node:assert/strict";
import {readFileSync, rmSync, writeFileSync} from "node:fs";
import {after, before, test} from "node:test";
import {launch, serve, settled, visit} from "./harness.mjs";

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

async function reader(path, settings = {}) {
  const context = await browser.newContext({
    viewport: {width: 1280, height: 900}, ...settings});
  return {context, ...await visit(context, site, path)};
}

const label = (page) => page.evaluate(() =>
  document.activeElement?.getAttribute("aria-label") ?? "");

test("the first tab skips to the content", async () => {
  const {page, context} = await reader("");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() =>
    document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id),
    "content");
  await context.close();
});

test("the heat map is one tab stop, with arrows and Enter in it", async () => {
  const {page, context} = await reader("domain/youtube.com/");
  const grid = "figure[data-figure=strip] svg[role=grid]";
  assert.equal(await page.$$eval(`${grid} [tabindex="0"]`,
    (all) => all.length), 1);
  await page.focus(`${grid} [tabindex="0"]`);
  const first = await label(page);
  await page.keyboard.press("ArrowLeft");
  const second = await label(page);
  assert.notEqual(first, second);
  await page.keyboard.press("ArrowDown");
  assert.notEqual(await label(page), second);
  await page.keyboard.press("Home");
  await page.keyboard.press("End");
  assert.equal(await page.$$eval(`${grid} [tabindex="0"]`,
    (all) => all.length), 1);
  assert.ok(await page.isVisible(".tip"));
  // To a cell that has a witness.
  await page.evaluate((grid) => document.querySelector(
    `${grid} .cell.opens`).focus(), grid);
  await Promise.all([page.waitForURL(/\/evidence\//),
    page.keyboard.press("Enter")]);
  await context.close();
});

test("three looks: nobody asked, insufficient, consistent", async () => {
  const {page, context} = await reader("domain/youtube.com/");
  const fill = (kind) => page.getAttribute(
    `[data-figure=strip] .cell.c-${kind}`, "fill");
  assert.equal(await fill("blank"), "none");
  assert.equal(await fill("insufficient"), "url(#k-insufficient)");
  assert.equal(await fill("consistent"), "url(#k-consistent)");
  assert.equal(await page.$$eval("#k-insufficient line", (all) =>
    all.length > 0), true);
  await page.goto(`${site.root}coverage/`);
  await settled(page);
  assert.deepEqual(await page.$$eval(".cell.c-blank", (all) =>
    [...new Set(all.map((cell) => cell.getAttribute("fill")))]), ["none"]);
  await context.close();
});

test("every chart turns into its table, and the address keeps it", async () => {
  const {page, context} = await reader("");
  for (const figure of await page.$$("figure.panel")) {
    const toggle = await figure.$(".tool[aria-pressed]");
    if (!toggle) continue;
    await toggle.click();
    assert.ok(await (await figure.$("table")).isVisible());
    assert.equal(await (await figure.$(".canvas")).isVisible(), false);
  }
  assert.match(page.url(), /table=/);
  await page.reload();
  await settled(page);
  assert.equal(await page.isVisible("[data-figure=heat] table"), true);
  await context.close();
});

test("charts leave as CSV, SVG and PNG", async () => {
  const {page, context} = await reader("");
  for (const [figure, form] of [["heat", "svg"], ["verdicts", "png"],
    ["growth", "png"], ["countries", "svg"]]) {
    const waiting = page.waitForEvent("download");
    await page.click(`[data-figure=${figure}] [data-form=${form}]`);
    const file = await waiting;
    assert.match(file.suggestedFilename(), new RegExp(`\\.${form}$`));
    const bytes = readFileSync(await file.path());
    assert.ok(bytes.length > 1000, `${figure}.${form}`);
    if (form === "svg") assert.match(String(bytes), /^<svg .*251/s);
  }
  const waiting = page.waitForEvent("download");
  await page.click("[data-figure=heat] .tool:text-is('CSV')");
  const text = String(readFileSync(await (await waiting).path()));
  assert.match(text, /^domain,day,verdict,probes,agreement/);
  assert.ok(text.split("\r\n").length > 2000);
  await context.close();
});

test("search finds domains, addresses and networks", async () => {
  const {page, context} = await reader("networks/");
  await page.fill("input[type=search]", "youtu");
  await page.waitForSelector("[role=option]");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.getAttribute("[role=option]", "aria-selected"),
    "true");
  await Promise.all([page.waitForURL(/domain\/youtube\.com\//),
    page.keyboard.press("Enter")]);
  await settled(page);
  for (const [typed, target] of [["8.7.198.45", /address\/8\.7\.198\.45\//],
    ["AS4134", /network\/CN\/4134\//],
    ["中国.example", /domain\/xn--fiqs8s\.example\//],
    ["https://WIKIPEDIA.org/wiki", /domain\/wikipedia\.org\//]]) {
    await page.fill("input[type=search]", typed);
    await Promise.all([page.waitForURL(target),
      page.keyboard.press("Enter")]);
    await settled(page);
  }
  await context.close();
});

test("choices stay in the address, and theme and language go along",
    async () => {
  const {page, context} = await reader("");
  await page.selectOption("select[name=days]", "14");
  await page.click(".theme");
  await page.click(".theme");
  assert.match(page.url(), /days=14/);
  assert.match(page.url(), /theme=dark/);
  assert.equal(await page.getAttribute("html", "data-theme"), "dark");
  await page.click("nav a >> nth=0");
  await settled(page);
  assert.match(page.url(), /networks\/\?theme=dark/);
  assert.equal(await page.getAttribute("html", "data-theme"), "dark");
  assert.deepEqual(await context.cookies(), []);
  assert.equal(await page.evaluate(() => localStorage.length +
    sessionStorage.length), 0);
  await context.close();
});

test("a server that is gone leaves what is shown, and says so", async () => {
  const {page, context} = await reader("");
  const {fault} = site;
  const look = () => page.evaluate(() =>
    document.dispatchEvent(new Event("visibilitychange")));
  try {
    writeFileSync(fault, "503 1");
    await look();
    await page.waitForSelector("#notice.stale");
    assert.ok(await page.isVisible("[data-figure=heat] svg"));
    rmSync(fault);
    // It asks again by itself after Retry-After.
    await page.waitForSelector("#notice:not(.stale)", {state: "attached"});
    await page.waitForFunction(() =>
      !document.querySelector("#notice").classList.contains("stale"));
    writeFileSync(fault, "503 1");
    await page.reload();
    await page.waitForSelector("#notice.stale");
    rmSync(fault);
    await settled(page);
  } finally {
    rmSync(fault, {force: true});
  }
  await context.close();
});

test("without motion, without script: words remain", async () => {
  const {page, context} = await reader("data/", {reducedMotion: "reduce"});
  assert.equal(await page.evaluate(() => getComputedStyle(
    document.documentElement).scrollBehavior), "auto");
  await context.close();
  const bare = await browser.newContext({javaScriptEnabled: false});
  const still = await bare.newPage();
  await still.goto(site.root);
  assert.match(await still.innerText("noscript, main"), /JSON/);
  await bare.close();
});
