// SPDX-License-Identifier: Apache-2.0
// Where we are: the page and its key from the path, the state from the query.

const base = new URL(
  document.documentElement.dataset["root"] ?? "./", location.href);

// State that goes along from page to page.
const KEPT = ["lang", "theme"];

export interface Place { page: string; key: string }

function decoded(part: string): string {
  try { return decodeURIComponent(part); } catch { return part; }
}

export function place(): Place {
  const path = location.pathname.startsWith(base.pathname) ?
    location.pathname.slice(base.pathname.length) : "";
  const [page = "", ...key] = path.split("/").filter((part) => part !== "")
    .map(decoded);
  if (page === "" || page === "index.html") return {page: "overview", key: ""};
  return {page, key: key.join("/")};
}

// Encoded for a path, with the characters that addresses and names need kept.
export function encoded(part: string): string {
  return encodeURIComponent(part).replace(/%3A/gi, ":");
}

export function resource(path: string): string {
  return new URL(path, base).href;
}

// The address of one of our own pages; ("domain", "example.com").
export function href(page: string, ...key: string[]): string {
  const parts = [page, ...key].filter((part) => part !== "").map(encoded);
  const target = new URL(parts.length ? `${parts.join("/")}/` : "./", base);
  for (const name of KEPT) {
    const value = state(name);
    if (value) target.searchParams.set(name, value);
  }
  return target.href;
}

export const overview = (): string => href("");

export function state(name: string): string {
  return new URLSearchParams(location.search).get(name) ?? "";
}

// Keeps a choice in the address, so that a link shows the same.
export function keep(name: string, value: string): void {
  const target = new URL(location.href);
  if (value) target.searchParams.set(name, value);
  else target.searchParams.delete(name);
  history.replaceState(null, "", target);
}
