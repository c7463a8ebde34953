// SPDX-License-Identifier: Apache-2.0
// All injectors that are known, and how much each says.
import {rows} from "../doc";
import {figureOf} from "../figure/frame";
import {t} from "../locale";
import {mixPanel} from "../panel/injectors";
import {countField, countryField, dayField, injectorField, listField,
  textField} from "./fields";
import {fingerprintPanel} from "./injector";
import {gridOf, leadOf, type Page} from "./page";

export const page: Page = (doc) => {
  const injectors = rows(doc, "injector");
  return {title: t("nav.injectors"), content: [
    leadOf({title: t("injectors.title"), lede: t("injectors.lede")}),
    gridOf(figureOf({
      id: "injectors", title: t("injectors.table"), meta: doc.meta,
      summary: t("injectors.summary", {n: injectors.length}),
      n: t("injectors.n", {n: injectors.length}), empty: t("mix.empty"),
      table: {caption: t("injectors.table"), rows: injectors, columns: [
        injectorField(), textField("name"), countryField(),
        countField("replies"), countField("domains"),
        listField("networks", (name) => name, 3), dayField("first_day"),
        dayField("last_day")]},
    }, "wide"), mixPanel(rows(doc, "injector_day"), doc.meta, "wide"),
      fingerprintPanel(rows(doc, "fingerprints"), doc)),
  ]};
};
