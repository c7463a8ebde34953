// SPDX-License-Identifier: Apache-2.0
// Hands a chart out as a file that stands alone, with its title and source.
import {svg} from "../dom";
import {place} from "../place";

const PAINT = ["fill", "fill-opacity", "stroke", "stroke-width",
  "stroke-dasharray", "stroke-opacity", "stroke-linecap", "stroke-linejoin",
  "opacity", "font-family", "font-size", "font-weight", "text-anchor",
  "dominant-baseline", "visibility", "direction"];

export function save(content: Blob, id: string, ending: string): void {
  const {page, key} = place();
  const name = ["taster", page, key, id].filter((part) => part !== "")
    .join("-").replace(/[^\p{L}\p{N}.-]+/gu, "-");
  const target = document.createElement("a");
  target.href = URL.createObjectURL(content);
  target.download = `${name}.${ending}`;
  target.click();
  setTimeout(() => URL.revokeObjectURL(target.href), 10000);
}

// Styles of the page become attributes of the copy.
function paint(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  for (const name of PAINT) {
    const value = style.getPropertyValue(name);
    if (value) to.setAttribute(name, value.replace(/url\("?[^#]*#([^")]+)"?\)/,
      "url(#$1)"));
  }
  to.removeAttribute("class");
  to.removeAttribute("tabindex");
  [...from.children].forEach((child, i) => {
    const copy = to.children[i];
    if (copy) paint(child, copy);
  });
}

function copyOf(node: Element): Element {
  const copy = node.cloneNode(true) as Element;
  paint(node, copy);
  return copy;
}

export interface Words { title: string; source: string }

function standing(chart: SVGSVGElement, words: Words): SVGSVGElement {
  const width = Number(chart.getAttribute("width"));
  const height = Number(chart.getAttribute("height"));
  const style = getComputedStyle(document.body);
  const copy = copyOf(chart) as SVGSVGElement;
  copy.setAttribute("y", "34");
  const text = (content: string, y: number, size: number) => svg("text", {
    x: 12, y, "font-size": size, fill: style.color, direction: "ltr",
    "font-family": style.fontFamily}, content);
  const patterns = document.querySelector("#patterns defs");
  const whole = svg("svg", {
    xmlns: "http://www.w3.org/2000/svg", width, height: height + 64,
    viewBox: `0 0 ${width} ${height + 64}`},
    patterns && copyOf(patterns),
    svg("rect", {width, height: height + 64, fill: style.backgroundColor}),
    text(words.title, 22, 16), copy,
    text(words.source, height + 54, 10));
  return whole;
}

export function saveSvg(chart: SVGSVGElement, id: string, words: Words): void {
  const text = new XMLSerializer().serializeToString(standing(chart, words));
  save(new Blob([text], {type: "image/svg+xml"}), id, "svg");
}

function keepPng(canvas: HTMLCanvasElement, id: string): void {
  canvas.toBlob((blob) => { if (blob) save(blob, id, "png"); });
}

export async function savePng(
    chart: SVGSVGElement, id: string, words: Words): Promise<void> {
  const whole = standing(chart, words);
  const text = new XMLSerializer().serializeToString(whole);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * 2;
  canvas.height = image.height * 2;
  const context = canvas.getContext("2d");
  if (!context) return;
  context.scale(2, 2);
  context.drawImage(image, 0, 0);
  keepPng(canvas, id);
}

// Of a chart that is drawn in pixels.
export function saveCanvas(
    chart: HTMLCanvasElement, id: string, words: Words): void {
  const style = getComputedStyle(document.body);
  const scale = chart.width / Math.max(chart.clientWidth, 1);
  const canvas = document.createElement("canvas");
  canvas.width = chart.width;
  canvas.height = chart.height + 76 * scale;
  const context = canvas.getContext("2d");
  if (!context) return;
  context.fillStyle = style.backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(chart, 0, 38 * scale);
  context.fillStyle = style.color;
  context.font = `${16 * scale}px ${style.fontFamily}`;
  context.fillText(words.title, 12 * scale, 24 * scale);
  context.font = `${10 * scale}px ${style.fontFamily}`;
  context.fillText(words.source, 12 * scale, canvas.height - 12 * scale);
  keepPng(canvas, id);
}
