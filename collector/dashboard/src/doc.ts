// SPDX-License-Identifier: Apache-2.0
// A page's document: sections of rows under named columns.

export interface Section { columns: string[]; rows: unknown[][] }
export interface Meta {
  page?: string; key?: string | null; count?: number;
  period?: [string | null, string | null] | null;
  probes?: number | null; ruleset?: string | null;
  update_time?: string | null; floor?: number | null;
  licence?: string | null; citation?: string | null;
}
export interface Doc { meta: Meta; sections: Record<string, Section> }
export type Row = Readonly<Record<string, unknown>>;

// The rows of a section as records; none if the section is not there.
export function rows(doc: Doc, name: string): Row[] {
  const section = doc.sections[name];
  if (!section) return [];
  return section.rows.map((values) => {
    const row: Record<string, unknown> = Object.create(null);
    section.columns.forEach((column, i) => { row[column] = values[i]; });
    return row;
  });
}

export function first(doc: Doc, name: string): Row | undefined {
  return rows(doc, name)[0];
}

// "" stands for NULL and for a column that is not there.
export function str(row: Row | undefined, key: string): string {
  const value = row?.[key];
  return value === null || value === undefined ? "" : String(value);
}

// null stands for NULL, never 0.
export function maybe(row: Row | undefined, key: string): number | null {
  const value = row?.[key];
  if (value === null || value === undefined || value === "") return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

// For counts, where nothing counted is 0.
export function count(row: Row | undefined, key: string): number {
  return maybe(row, key) ?? 0;
}

export function list(row: Row | undefined, key: string): string[] {
  const value = row?.[key];
  return Array.isArray(value) ? value.map(String) : [];
}

export function isDoc(value: unknown): value is Doc {
  if (typeof value !== "object" || value === null) return false;
  const sections = (value as {sections?: unknown}).sections;
  return typeof sections === "object" && sections !== null;
}

// Groups in the order of first appearance.
export function groups<T>(items: T[], key: (item: T) => string):
    Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    const group = found.get(name);
    if (group) group.push(item);
    else found.set(name, [item]);
  }
  return found;
}

export const sum = (values: number[]): number =>
  values.reduce((total, value) => total + value, 0);

export const unique = (values: string[]): string[] => [...new Set(values)];
