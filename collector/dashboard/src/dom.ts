// SPDX-License-Identifier: Apache-2.0
// Builds elements. The only door to the document: text goes in as text.

export type Child =
  Node | string | number | null | undefined | false | Child[];
export type Attributes =
  Record<string, string | number | boolean | null | undefined>;

const SVG = "http://www.w3.org/2000/svg";
const FORBIDDEN = /^(on|style$|srcdoc$|formaction$)/i;

function fill(node: Element, attributes: Attributes, children: Child[]) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (FORBIDDEN.test(name)) throw new Error(`attribute ${name}`);
    node.setAttribute(name, value === true ? "" : String(value));
  }
  append(node, children);
}

export function append(node: Node, children: Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(node, child);
    else if (child instanceof Node) node.appendChild(child);
    else node.appendChild(document.createTextNode(String(child)));
  }
}

export function el<K extends keyof HTMLElementTagNameMap>(
    tag: K, attributes: Attributes = {},
    ...children: Child[]): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  fill(node, attributes, children);
  return node;
}

export function svg<K extends keyof SVGElementTagNameMap>(
    tag: K, attributes: Attributes = {},
    ...children: Child[]): SVGElementTagNameMap[K] {
  const node = document.createElementNS(SVG, tag);
  fill(node, attributes, children);
  return node;
}

// A button that does something on this page.
export function button(
    label: Child, act: () => void,
    attributes: Attributes = {}): HTMLButtonElement {
  const node = el("button", {type: "button", ...attributes}, label);
  node.addEventListener("click", act);
  return node;
}

// How many pixels one unit of 1/16 rem is: charts grow with the page's type.
export function unit(): number {
  const size = getComputedStyle(document.documentElement).fontSize;
  return (Number.parseFloat(size) || 16) / 16;
}

let last = 0;
export function freshId(prefix: string): string {
  last += 1;
  return `${prefix}-${last}`;
}
