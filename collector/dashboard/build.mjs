// SPDX-License-Identifier: Apache-2.0
// Builds dist/: the shell, hashed assets, the page for what is not there.
// Fails if what a first visit loads is larger than the promise.
import {createHash} from "node:crypto";
import {mkdir, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {basename, join} from "node:path";
import {gzipSync} from "node:zlib";
import * as esbuild from "esbuild";

const MOST_FIRST_LOAD = 150 * 1024;  // Bytes after gzip.
const DIST = "dist";
const ASSETS = join(DIST, "assets");

const shared = {
  bundle: true, minify: true, outdir: ASSETS, metafile: true,
  target: ["es2022", "chrome100", "firefox102", "safari15.4"],
  entryNames: "[name].[hash]", assetNames: "[name].[hash]",
  chunkNames: "[name].[hash]", legalComments: "none", logLevel: "warning",
};

function outputFor(result, entry) {
  const found = Object.entries(result.metafile.outputs).find(
    ([, output]) => output.entryPoint === entry);
  return basename(found[0]);
}

async function hashed(file, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8)
    .toUpperCase();
  const [name, ending] = file.split(".");
  const target = `${name}.${hash}.${ending}`;
  await writeFile(join(ASSETS, target), bytes);
  return target;
}

// The software in the bundles asks that its licences go with it.
async function licences(results) {
  const packages = new Set(results.flatMap((result) =>
    Object.keys(result.metafile.inputs).flatMap((input) =>
      /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? [])));
  let text = "";
  for (const name of [...packages].sort()) {
    const folder = join("node_modules", name);
    const file = (await readdir(folder)).find((one) =>
      /^licen[cs]e/i.test(one));
    if (!file) throw new Error(`${name} has no licence file`);
    text += `${name}\n\n${(await readFile(join(folder, file), "utf8")).trim()
    }\n\n\n`;
  }
  return text;
}

// All that the overview loads: the entries, what they import at once, one
// catalog, and the lines that it draws.
function firstLoad(results, starts) {
  const outputs = Object.assign({}, ...results.map((one) =>
    one.metafile.outputs));
  const wanted = new Set();
  const visit = (path) => {
    if (wanted.has(path)) return;
    wanted.add(path);
    for (const {path: next, kind} of outputs[path].imports) {
      if (kind === "import-statement") visit(next);
    }
  };
  for (const [path, output] of Object.entries(outputs)) {
    if (starts.some((start) => output.entryPoint === start)) visit(path);
  }
  return [...wanted];
}

async function sizeOf(paths) {
  let total = 0;
  for (const path of paths) {
    total += gzipSync(await readFile(path), {level: 9}).length;
  }
  return total;
}

await rm(DIST, {recursive: true, force: true});
await mkdir(ASSETS, {recursive: true});
const modules = await esbuild.build({
  ...shared, entryPoints: ["src/main.ts"], format: "esm", splitting: true});
const theme = await esbuild.build({
  ...shared, entryPoints: ["src/theme.ts"], format: "iife"});
const style = await esbuild.build({
  ...shared, entryPoints: ["styles/style.css"]});
const names = {
  MAIN: outputFor(modules, "src/main.ts"),
  THEME: outputFor(theme, "src/theme.ts"),
  STYLE: outputFor(style, "styles/style.css"),
  ICON: await hashed("icon.svg", await readFile("icon.svg")),
  LICENCES: await hashed("licences.txt", await licences([modules, style])),
};
for (const file of ["index.html", "404.html"]) {
  const shell = await readFile(file, "utf8");
  await writeFile(join(DIST, file), shell.replace(
    /@(MAIN|THEME|STYLE|ICON|LICENCES)@/g, (_, name) => names[name]));
}

const first = firstLoad([modules, theme, style], ["src/main.ts",
  "src/theme.ts", "styles/style.css", "src/chart/lines.ts",
  "locales/fa.json"]);
const size = await sizeOf([...first, join(DIST, "index.html"),
  join(ASSETS, names.ICON)]);
console.log(`first load: ${size} bytes after gzip, at most ${
  MOST_FIRST_LOAD}, in ${first.length + 2} files`);
if (size > MOST_FIRST_LOAD) process.exitCode = 1;
