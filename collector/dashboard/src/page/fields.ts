// SPDX-License-Identifier: Apache-2.0
// Columns that many tables share; each named as the view's column.
import {el} from "../dom";
import {list, maybe, str, type Row} from "../doc";
import type {Column} from "../figure/table";
import {classMark} from "../figure/palette";
import {country, enumerate, percent, t} from "../locale";
import {isolated, visible} from "../text";
import {addressLink, className, countryLink, dayOf, domainOf, evidenceLink,
  injectorLink, injectorLinks, mechanism, networkLink, networkText} from
  "../words";

const label = (name: string): string => t(`col.${name}`);

export function textField(name: string, title = label(name)): Column {
  return {name, label: title, value: (row) => str(row, name)};
}
export function countField(name: string, title = label(name)): Column {
  return {name, label: title, numeric: true, value: (row) => maybe(row, name)};
}
export function shareField(name: string): Column {
  return {name, label: label(name), numeric: true,
          value: (row) => maybe(row, name), cell: (row) => {
            const share = maybe(row, name);
            return share === null ? "–" : percent(share);
          }};
}
export function dayField(name: string, title = label(name)): Column {
  return {name, label: title, value: (row) => str(row, name),
          cell: (row) => dayOf(str(row, name))};
}
export function domainField(): Column {
  return {name: "domain", label: label("domain"),
          value: (row) => str(row, "domain"),
          cell: (row) => str(row, "domain") ? domainOf(row) : "–"};
}
export function networkField(): Column {
  return {name: "asn", label: label("network"),
          value: (row) => str(row, "asn") ? networkText(str(row, "asn"),
            str(row, "network_name")) : "",
          cell: (row) => str(row, "asn") ? networkLink(row) : "–"};
}
export function countryField(name = "country"): Column {
  return {name, label: label(name), value: (row) => str(row, name),
          cell: (row) => str(row, name) ? countryLink(str(row, name)) : "–"};
}
export function plainCountryField(name: string): Column {
  return {name, label: label(name), value: (row) => str(row, name),
          cell: (row) => str(row, name) ? country(str(row, name)) : "–"};
}
export function addressField(): Column {
  return {name: "address", label: label("address"),
          value: (row) => str(row, "address"),
          cell: (row) => str(row, "address") ?
            addressLink(str(row, "address")) : "–"};
}
export function verdictField(name = "verdict"): Column {
  return {name, label: label("verdict"), value: (row) => str(row, name),
          cell: (row) => classMark(str(row, name))};
}
export function listField(
    name: string, show: (item: string) => string = (item) => item,
    most = 4): Column {
  return {name, label: label(name), value: (row) => list(row, name).join(" "),
          cell: (row) => list(row, name).length === 0 ? "–" :
            el("bdi", {}, enumerate(list(row, name).map((item) =>
              visible(show(item))), most))};
}
export const mechanismsField = (): Column =>
  listField("mechanisms", mechanism);
export function injectorsField(): Column {
  return {name: "injectors", label: label("injectors"),
          value: (row) => list(row, "injectors").join(" "),
          cell: (row) => injectorLinks(list(row, "injectors"))};
}
export function injectorField(): Column {
  return {name: "injector_id", label: label("injector"),
          value: (row) => str(row, "injector_id"),
          cell: (row) => str(row, "injector_id") ?
            injectorLink(str(row, "injector_id")) : "–"};
}
export function evidenceField(): Column {
  return {name: "witness", label: label("evidence"),
          value: (row) => str(row, "witness"),
          cell: (row) => evidenceLink(str(row, "witness"))};
}
// An owner's AS with its name.
export function ownerField(): Column {
  const words = (row: Row) => str(row, "owner_asn") ? networkText(
    str(row, "owner_asn"), str(row, "owner_name")) : "";
  return {name: "owner_asn", label: label("owner"), value: words,
          cell: (row) => words(row) ? isolated(words(row), "plain") : "–"};
}
export const classCounts = (classes: readonly string[]): Column[] =>
  classes.map((name) => countField(name, className(name)));
