// SPDX-License-Identifier: Apache-2.0
// What can be said of the sources and the build without a browser.
import assert from "node:assert/strict";
import {readdirSync, readFileSync, statSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {gzipSync} from "node:zlib";
import {DASHBOARD, DIST} from "./harness.mjs";

function files(folder, ending) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path, ending) :
      path.endsWith(ending) ? [path] : [];
  });
}
const read = (path) => readFileSync(path, "utf8");

const DANGEROUS = new RegExp("innerHTML|outerHTML|insertAdjacentHTML|" +
  "document\\.write|DOMParser|createContextualFragment|\\beval\\(|" +
  "new Function|srcdoc=|setAttribute\\(\"(style|on)|localStorage|" +
  "sessionStorage|document\\.cookie|sendBeacon|WebSocket|importScripts|" +
  "setHTMLUnsafe");

test("no source and no bundle makes markup from text", () => {
  for (const path of [...files(join(DASHBOARD, "src"), ".ts"),
    ...files(DIST, ".js")]) {
    assert.doesNotMatch(read(path), DANGEROUS, path);
  }
});

test("the shell has no script or style of its own, and asks nobody", () => {
  for (const name of ["index.html", "404.html"]) {
    const text = read(join(DIST, name));
    assert.doesNotMatch(text, /<style|style=|\son\w+=|<script>|https?:/);
    for (const [, target] of text.matchAll(/(?:src|href)="([^"]*)"/g)) {
      assert.ok(target.startsWith("@ROOT@"), target);
    }
  }
  for (const path of files(DIST, ".css")) {
    assert.doesNotMatch(read(path), /@import|url\(["']?(https?:)?\/\//, path);
    assert.doesNotMatch(read(path), /@font-face/, path);
  }
});

test("asset names carry a hash", () => {
  for (const name of readdirSync(join(DIST, "assets"))) {
    assert.match(name, /^[\w-]+\.[A-Z0-9]{8}\.(js|css|svg|txt)$/);
  }
});

test("a first visit loads at most 150 kB", () => {
  // All but the map and what other languages bring.
  const size = readdirSync(join(DIST, "assets"))
    .filter((name) => !/^(map|zh-Hans|ru|en|licences)\./.test(name))
    .reduce((total, name) => total + gzipSync(
      readFileSync(join(DIST, "assets", name)), {level: 9}).length, 0);
  assert.ok(size < 150 * 1024, `${size} bytes`);
});

const catalog = (name) => JSON.parse(read(join(DASHBOARD, "locales",
  `${name}.json`)));
const text = (message) => typeof message === "string" ? message :
  Object.values(message).join(" ");
const holes = (message) => [...new Set(text(message).match(/\{\w+\}/g) ?? [])]
  .sort().join(" ");

test("all catalogs say the same things", () => {
  const english = catalog("en");
  for (const name of ["zh-Hans", "fa", "ru"]) {
    const other = catalog(name);
    assert.deepEqual(Object.keys(other), Object.keys(english), name);
    const categories = new Intl.PluralRules(name).resolvedOptions()
      .pluralCategories;
    let same = 0;
    for (const [key, message] of Object.entries(other)) {
      assert.equal(holes(message), holes(english[key]), `${name} ${key}`);
      assert.notEqual(text(message).trim(), "", `${name} ${key}`);
      if (text(message) === text(english[key])) same += 1;
      if (typeof message !== "string") {
        assert.deepEqual(Object.keys(message).sort(), [...categories].sort(),
          `${name} ${key}`);
      }
    }
    // Names of protocols are the same everywhere; sentences are not.
    assert.ok(same < 30, `${name}: ${same} messages are still English`);
  }
});

test("every word that a page says is in the catalog", () => {
  const english = catalog("en");
  const said = new Set();
  for (const path of files(join(DASHBOARD, "src"), ".ts")) {
    for (const [, key] of read(path).matchAll(/\b(?:t|rich)\(\s*"([^"]+)"/g)) {
      said.add(key);
      assert.ok(key in english, `${path}: ${key}`);
    }
  }
  assert.ok(said.size > 150);
});

test("the lock file names no download address", () => {
  const lock = read(join(DASHBOARD, "package-lock.json"));
  assert.doesNotMatch(lock, /"resolved"/);
  const manifest = JSON.parse(read(join(DASHBOARD, "package.json")));
  for (const version of Object.values({...manifest.dependencies,
    ...manifest.devDependencies})) assert.match(version, /^\d+\.\d+\.\d+$/);
});
