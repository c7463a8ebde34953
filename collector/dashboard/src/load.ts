// SPDX-License-Identifier: Apache-2.0
// Fetches documents; says apart what is missing and what cannot be reached.
import {isDoc, type Doc} from "./doc";
import {encoded, resource} from "./place";

export type Loaded =
  | {kind: "doc"; doc: Doc}
  | {kind: "missing"}
  | {kind: "unreachable"; retrySeconds: number};

const RETRY_SECONDS = 30;
const PATIENCE_MS = 20000;

// Retry-After is seconds or a date (RFC 9110 section 10.2.3).
export function retryAfter(header: string | null, now: number): number {
  if (!header) return RETRY_SECONDS;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) :
    (Date.parse(header) - now) / 1000;
  if (!Number.isFinite(seconds)) return RETRY_SECONDS;
  return Math.min(Math.max(seconds, 1), 3600);
}

// `path`: "overview", "domain/example.com".
export async function load(path: string): Promise<Loaded> {
  const url = resource(
    `data/v1/${path.split("/").map(encoded).join("/")}.json`);
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    const response = await fetch(url, {
      signal: stop.signal, credentials: "omit",
      headers: {"Accept": "application/json"}});
    if (response.status === 404 || response.status === 410) {
      return {kind: "missing"};
    }
    if (!response.ok) {
      return {kind: "unreachable", retrySeconds: retryAfter(
        response.headers.get("Retry-After"), Date.now())};
    }
    const value: unknown = await response.json();
    if (isDoc(value)) return {kind: "doc", doc: value};
  } catch {
    // Fall through: no network, a broken answer or no patience left.
  } finally {
    clearTimeout(timer);
  }
  return {kind: "unreachable", retrySeconds: RETRY_SECONDS};
}
