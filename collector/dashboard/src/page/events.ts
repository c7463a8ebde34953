// SPDX-License-Identifier: Apache-2.0
// What changed, newest first; one kind alone if the reader wants.
import {el} from "../dom";
import {rows, str, unique} from "../doc";
import {t} from "../locale";
import {resource} from "../place";
import {eventsPanel} from "../panel/events";
import {choiceOf, chosen, type Option} from "../panel/choice";
import {eventKind} from "../words";
import {gridOf, leadOf, type Page} from "./page";

export const page: Page = (doc) => {
  const events = rows(doc, "event");
  const kinds: Option[] = [{value: "", label: t("events.every")},
    ...unique(events.map((row) => str(row, "kind"))).map((value) =>
      ({value, label: eventKind(value)}))];
  const box = el("div", {"aria-live": "polite", class: "contents"});
  const fill = () => {
    const kind = chosen("kind", kinds);
    box.replaceChildren(eventsPanel(kind ? events.filter((row) =>
      str(row, "kind") === kind) : events, doc.meta, "wide", 40));
  };
  fill();
  addEventListener("redraw", fill);
  return {title: t("nav.events"), content: [
    leadOf({title: t("events.lead"), lede: t("events.lede"),
      more: el("p", {class: "row"},
        choiceOf("kind", t("col.event"), kinds),
        el("a", {href: resource("feeds/events.atom")}, t("foot.feed")),
        el("a", {href: resource("feeds/events.json")}, "JSON Feed"))}),
    gridOf(box),
  ]};
};
