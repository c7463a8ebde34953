// SPDX-License-Identifier: Apache-2.0
// The world by share of names poisoned; fetched only where it is shown.
import {geoEqualEarth, geoPath} from "d3-geo";
import {feature} from "topojson-client";
import type {GeometryCollection, Topology} from "topojson-specification";
import type {FeatureCollection} from "geojson";
import {svg} from "../dom";
import {sheet} from "../figure/frame";
import {fillOf} from "../figure/palette";
import {explain, listen} from "../figure/tip";
import {country, t} from "../locale";
import atlas from "world-atlas/countries-110m.json";
import {ALPHA_2} from "./countries";

export interface Shade { step: number | null; words: string; target: string }

// `shade`: undefined where nobody measured, step null where too few did.
export function mapOf(shade: (code: string) => Shade | undefined,
                      width: number): SVGSVGElement {
  const topology = atlas as unknown as Topology<{
    countries: GeometryCollection}>;
  const world = feature(topology, topology.objects.countries) as
    FeatureCollection;
  // Nobody lives on the ice; the map is larger without it.
  const lived = {...world, features: world.features.filter((shape) =>
    shape.id !== "010")};
  const projection = geoEqualEarth().fitWidth(width, lived);
  const path = geoPath(projection);
  const height = Math.ceil(path.bounds(lived)[1][1]);
  const chart = sheet(width, height, t("map.title"));
  const marked: SVGElement[] = [];
  for (const shape of lived.features) {
    const code = ALPHA_2.get(String(shape.id)) ?? "";
    const known = code ? shade(code) : undefined;
    const step = known?.step;
    const name = code ? country(code) : String(shape.properties?.["name"]);
    const land = svg("path", {
      d: path(shape) ?? "", class: `land ${!known ? "blank" :
        step === null ? "few" : `step-${step}`}`});
    if (known?.step === null) land.setAttribute("fill", fillOf("insufficient"));
    const words = known ? `${name}: ${known.words}` :
      t("map.blank", {country: name});
    explain(land, () => [words]);
    if (known) {
      marked.push(svg("a", {href: known.target, "aria-label": words}, land));
    } else {
      chart.append(land);
    }
  }
  chart.append(...marked);  // Above, so that their edges show.
  listen(chart);
  return chart;
}
