// SPDX-License-Identifier: Apache-2.0
// A message as hex and as fields, side by side; to point at one is to see
// the other, and what findings rest on is marked.
import {el} from "../dom";
import {t} from "../locale";
import {visible} from "../text";
import {bytesOf, hexOf} from "./bytes";
import {decode, type Field} from "./decode";

const LINE = 16;

function printable(byte: number): string {
  return byte >= 0x21 && byte < 0x7f ? String.fromCharCode(byte) : "·";
}

function hexPane(bytes: Uint8Array, owner: Array<number | undefined>,
                 marked: ReadonlySet<number>): HTMLElement {
  const pane = el("div", {class: "hex", dir: "ltr", role: "img",
    "aria-label": t("packet.bytes", {n: bytes.length})});
  for (let from = 0; from < bytes.length; from += LINE) {
    const line = [...bytes.subarray(from, from + LINE)];
    const cells = (text: (byte: number) => string) => line.map((byte, i) => {
      const field = owner[from + i];
      return el("span", {"data-field": field ?? null,
        class: field !== undefined && marked.has(field) ? "marked" : null},
        text(byte));
    });
    pane.append(el("div", {class: "hexline"},
      el("span", {class: "offset"}, from.toString(16).padStart(4, "0")),
      el("span", {class: "octets"}, cells(hexOf)),
      el("span", {class: "ascii"}, cells(printable))));
  }
  return pane;
}

function fieldRow(field: Field, i: number, marked: boolean): HTMLElement {
  const label = t(`field.${field.name}`);
  return el("tr", {"data-field": i, class: marked ? "marked" : null},
    el("th", {scope: "row"}, label),
    el("td", {}, el("bdi", {dir: "ltr"}, visible(field.value)),
      marked && el("span", {class: "unseen"}, ` (${t("packet.marked")})`)));
}

function fieldPane(fields: Field[], marked: ReadonlySet<number>): HTMLElement {
  const bodies: HTMLElement[] = [];
  let section = "";
  fields.forEach((field, i) => {
    if (field.section !== section || (field.name.startsWith("owner") &&
        fields[i - 1]?.section === field.section)) {
      section = field.section;
      bodies.push(el("tbody", {}, el("tr", {}, el("th", {
        scope: "rowgroup", colspan: 2, class: "part"},
        t(`section.${section}`)))));
    }
    bodies[bodies.length - 1]?.append(fieldRow(field, i, marked.has(i)));
  });
  return el("div", {class: "fields"}, el("table", {},
    el("caption", {class: "unseen"}, t("packet.fields")), bodies));
}

// `rests`: does a finding rest on this field?
export function packetView(hex: string, rests: (field: Field) => boolean):
    HTMLElement {
  const bytes = bytesOf(hex);
  if (bytes.length === 0) return el("p", {class: "quiet"}, t("packet.none"));
  const fields = decode(bytes);
  const marked = new Set(fields.flatMap((field, i) => rests(field) ? [i] : []));
  const owner: Array<number | undefined> = [];
  fields.forEach((field, i) => {
    for (let at = field.from; at < field.to; at += 1) owner[at] = i;
  });
  const view = el("div", {class: "packet"}, hexPane(bytes, owner, marked),
    fieldPane(fields, marked));
  let lit: Element[] = [];
  const light = (event: Event) => {
    const at = (event.target as Element).closest("[data-field]");
    const id = at?.getAttribute("data-field");
    for (const node of lit) node.classList.remove("lit");
    lit = id === null || id === undefined ? [] :
      [...view.querySelectorAll(`[data-field="${Number(id)}"]`)];
    for (const node of lit) node.classList.add("lit");
  };
  view.addEventListener("pointerover", light);
  view.addEventListener("pointerleave", light);
  return view;
}
