// SPDX-License-Identifier: Apache-2.0
// What every browser test needs: a server over a fixture, a browser, pages
// that remember what went wrong in them.
import {spawn} from "node:child_process";
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from
  "node:fs";
import {createRequire} from "node:module";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";

export const DASHBOARD = process.env.TASTER_DASHBOARD;
export const FIXTURES = process.env.TASTER_FIXTURES;
export const HERE = new URL(".", import.meta.url).pathname;
export const DIST = join(DASHBOARD, "dist");
const require = createRequire(join(DASHBOARD, "package.json"));
const {chromium} = require("playwright-core");
export const AXE = require.resolve("axe-core/axe.min.js");

const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome"];

export async function serve(fixture) {
  const fault = join(mkdtempSync(join(tmpdir(), "taster-")), "fault");
  const child = spawn("python3", [join(HERE, "page_server.py"), DIST,
    join(FIXTURES, fixture), "0", fault], {stdio: ["ignore", "pipe", "inherit"]});
  const port = await new Promise((resolve, reject) => {
    child.stdout.once("data", (text) => resolve(Number(String(text))));
    child.once("exit", () => reject(new Error("the server did not start")));
  });
  const stop = () => {
    child.kill();
    rmSync(dirname(fault), {recursive: true, force: true});
  };
  return {root: `http://127.0.0.1:${port}/`, fault, stop,
          data: join(FIXTURES, fixture)};
}

export async function launch() {
  const executablePath = BROWSERS.find(existsSync);
  if (!executablePath) throw new Error("no chromium is installed");
  // Tests run as root in containers, where Chromium's own sandbox cannot.
  return chromium.launch({executablePath, args: ["--no-sandbox"]});
}

// A page that notes errors, refused content and requests to elsewhere.
export async function visit(context, site, path) {
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => {
    if (message.type() === "error") wrong.push(message.text());
  });
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("dialog", (dialog) => {
    wrong.push(`dialog ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(site.root) && !url.startsWith("data:") &&
        !url.startsWith("blob:")) wrong.push(`request to ${url}`);
  });
  await page.goto(site.root + path);
  await settled(page);
  return {page, wrong};
}

// The document is shown, and every chart of it is drawn.
export async function settled(page) {
  await page.waitForSelector("main h1");
  await page.waitForFunction(() => [...document.querySelectorAll(".canvas")]
    .every((box) => box.hidden || box.childElementCount > 0));
}

const names = (folder) => readdirSync(folder).filter((name) =>
  name.endsWith(".json")).map((name) => name.slice(0, -5)).sort();

// One page of each kind, with keys that the fixture has.
export function pagesOf(site) {
  const at = join(site.data, "data", "v1");
  const witness = names(join(at, "evidence")).find((name) => {
    const text = readFileSync(join(at, "evidence", `${name}.json`), "utf8");
    return JSON.parse(text).sections.replies.rows.length > 2;
  });
  const onset = names(join(at, "event")).find((name) =>
    name.startsWith("onset"));
  return ["", "domain/youtube.com/", "network/CN/4134/", "network/CN/",
    "address/157.240.17.35/", "injector/gfw-3/", `event/${onset}/`,
    `evidence/${witness}/`, "victims/", "injectors/", "networks/",
    "controls/", "coverage/", "events/", "method/", "data/",
    "domain/not-measured.example/"];
}

// The page of what is not there is a 404 by intent.
export const unexpected = (wrong) => wrong.filter((text) =>
  !/status of 404/.test(text));
