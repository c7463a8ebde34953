// SPDX-License-Identifier: Apache-2.0
// A choice that stays in the address and draws the charts again.
import {el} from "../dom";
import {keep, state} from "../place";

export interface Option { value: string; label: string }

// The first option is what holds when nothing was chosen.
export function chosen(name: string, options: Option[]): string {
  const asked = state(name);
  return options.some((option) => option.value === asked) ? asked :
    options[0]?.value ?? "";
}

export function choiceOf(name: string, label: string, options: Option[]):
    HTMLElement {
  const select = el("select", {name}, options.map((option) =>
    el("option", {value: option.value,
                  selected: option.value === chosen(name, options)},
      option.label)));
  select.addEventListener("change", () => {
    keep(name, select.value === options[0]?.value ? "" : select.value);
    // A twin elsewhere on the page says the same.
    for (const other of document.querySelectorAll<HTMLSelectElement>(
        `select[name="${name}"]`)) other.value = select.value;
    dispatchEvent(new Event("redraw"));
  });
  return el("label", {class: "choice"}, el("span", {}, label), select);
}
