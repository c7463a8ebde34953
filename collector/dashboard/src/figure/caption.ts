// SPDX-License-Identifier: Apache-2.0
// What every chart owes its reader: n, probes, period, ruleset, freshness.
import type {Meta} from "../doc";
import {ago, day, t} from "../locale";
import {visible} from "../text";

// `n` says what was counted, in words; absent figures are left out.
export function captionOf(n: string, meta: Meta): string {
  const parts = [n];
  const [from, to] = meta.period ?? [null, null];
  if (typeof meta.probes === "number") {
    parts.push(t("caption.probes", {n: meta.probes}));
  }
  if (from && to) parts.push(t("caption.period", {
    from: day(from), to: day(to)}));
  if (meta.ruleset) parts.push(t("caption.ruleset", {
    ruleset: visible(meta.ruleset)}));
  if (meta.update_time) parts.push(t("caption.updated", {
    ago: ago(meta.update_time)}));
  return parts.filter((part) => part !== "").join(" · ");
}
