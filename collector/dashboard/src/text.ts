// SPDX-License-Identifier: Apache-2.0
// Shows text that somebody hostile may have written: names, TXT answers.
import {el} from "./dom";

// Controls, bidirectional marks, joiners, invisible and private characters,
// variation selectors, tags and lone surrogates: shown as \u{…}, never obeyed.
const HIDDEN = new RegExp(
  "[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160" +
  "\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u2028-\\u202f" +
  "\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\uffff" +
  "\\ud800-\\udfff\\ue000-\\uf8ff\\u{e0000}-\\u{e0fff}]", "gu");

export function visible(text: string): string {
  return text.replace(HIDDEN, (character) =>
    `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`);
}

// A name or an address, kept apart from the direction of what is around it.
export function isolated(text: string, kind = "name"): HTMLElement {
  return el("bdi", {class: kind, dir: "ltr"}, visible(text));
}

// Printable ASCII as it is, anything else as in a zone file: \DDD.
export function zoneText(bytes: Uint8Array): string {
  let shown = "";
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    if (byte === 0x22 || byte === 0x5c) shown += `\\${character}`;
    else if (byte >= 0x20 && byte < 0x7f) shown += character;
    else shown += `\\${String(byte).padStart(3, "0")}`;
  }
  return shown;
}
