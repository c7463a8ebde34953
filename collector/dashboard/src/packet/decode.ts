// SPDX-License-Identifier: Apache-2.0
// A DNS message (RFC 1035) as fields, each with the bytes that say it. What
// is malformed ends the reading and says so; it never throws.
import {zoneText} from "../text";
import {addressText, hexOf} from "./bytes";

export interface Field { section: string; name: string; value: string;
                         from: number; to: number }

const TYPES: Record<number, string> = {
  1: "A", 2: "NS", 5: "CNAME", 6: "SOA", 12: "PTR", 15: "MX", 16: "TXT",
  28: "AAAA", 33: "SRV", 41: "OPT", 43: "DS", 46: "RRSIG", 47: "NSEC",
  48: "DNSKEY", 50: "NSEC3", 64: "SVCB", 65: "HTTPS", 255: "ANY"};
const RCODES = ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP",
  "REFUSED"];
const FLAGS: Array<[number, string]> = [[0x8000, "QR"], [0x0400, "AA"],
  [0x0200, "TC"], [0x0100, "RD"], [0x0080, "RA"], [0x0020, "AD"],
  [0x0010, "CD"]];
const MOST_RECORDS = 64;
const MOST_JUMPS = 32;

class Broken extends Error {}

class Reader {
  at = 0;
  readonly fields: Field[] = [];
  constructor(readonly bytes: Uint8Array) {}

  number(size: number): number {
    if (this.at + size > this.bytes.length) throw new Broken("cut short");
    let value = 0;
    for (let i = 0; i < size; i += 1) {
      value = value * 256 + (this.bytes[this.at + i] ?? 0);
    }
    this.at += size;
    return value;
  }

  slice(size: number): Uint8Array {
    if (this.at + size > this.bytes.length) throw new Broken("cut short");
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }

  field(section: string, name: string, from: number, value: string): void {
    this.fields.push({section, name, value, from, to: this.at});
  }
}

// Follows pointers from `at`; what it returns stands after the name.
function nameAt(bytes: Uint8Array, at: number): [string, number] {
  const labels: string[] = [];
  let [next, jumps] = [-1, 0];
  for (;;) {
    const size = bytes[at];
    if (size === undefined) throw new Broken("name cut short");
    if (size === 0) break;
    if (size >= 0xc0) {
      const low = bytes[at + 1];
      if (low === undefined || (jumps += 1) > MOST_JUMPS) {
        throw new Broken("bad pointer");
      }
      if (next < 0) next = at + 2;
      at = ((size & 0x3f) << 8) | low;
      continue;
    }
    if (size > 63 || at + 1 + size > bytes.length) {
      throw new Broken("bad label");
    }
    labels.push(zoneText(bytes.subarray(at + 1, at + 1 + size))
      .replaceAll(".", "\\."));
    at += size + 1;
  }
  return [labels.length ? labels.join(".") : ".", next < 0 ? at + 1 : next];
}

function name(reader: Reader): string {
  const [text, next] = nameAt(reader.bytes, reader.at);
  reader.at = next;
  return text;
}

const typeName = (code: number): string => TYPES[code] ?? `TYPE${code}`;

function header(reader: Reader): number[] {
  reader.field("header", "id", 0, `0x${reader.number(2).toString(16)
    .padStart(4, "0")}`);
  reader.fields[0]!.to = 2;
  const flags = reader.number(2);
  const set = FLAGS.filter(([bit]) => flags & bit).map(([, word]) => word);
  reader.field("header", "flags", 2, set.join(" ") || "–");
  reader.field("header", "rcode", 3, RCODES[flags & 15] ??
    `RCODE${flags & 15}`);
  return ["QDCOUNT", "ANCOUNT", "NSCOUNT", "ARCOUNT"].map((word) => {
    const from = reader.at;
    const value = reader.number(2);
    reader.field("header", word, from, String(value));
    return value;
  });
}

function question(reader: Reader): void {
  let from = reader.at;
  reader.field("question", "qname", from, name(reader));
  from = reader.at;
  reader.field("question", "qtype", from, typeName(reader.number(2)));
  from = reader.at;
  const code = reader.number(2);
  reader.field("question", "qclass", from, code === 1 ? "IN" : `CLASS${code}`);
}

function dataText(reader: Reader, type: number, size: number): string {
  const from = reader.at;
  const data = reader.slice(size);
  if ((type === 1 && size === 4) || (type === 28 && size === 16)) {
    return addressText(data);
  }
  if (type === 2 || type === 5 || type === 12) {
    return nameAt(reader.bytes, from)[0];
  }
  if (type === 16) {
    const parts: string[] = [];
    for (let i = 0; i < size; i += (data[i] ?? 0) + 1) {
      parts.push(`"${zoneText(data.subarray(i + 1, i + 1 + (data[i] ?? 0)))}"`);
    }
    return parts.join(" ");
  }
  return `\\# ${size} ${[...data].map(hexOf).join("")}`;
}

function record(reader: Reader, section: string): void {
  let from = reader.at;
  const pointed = (reader.bytes[from] ?? 0) >= 0xc0;
  const owner = name(reader);
  reader.field(section, pointed ? "owner_pointer" : "owner", from, owner);
  from = reader.at;
  const type = reader.number(2);
  reader.field(section, "type", from, typeName(type));
  from = reader.at;
  const klass = reader.number(2);
  reader.field(section, type === 41 ? "udp_size" : "class", from,
    type === 41 ? String(klass) : klass === 1 ? "IN" : `CLASS${klass}`);
  from = reader.at;
  const ttl = reader.number(4);
  reader.field(section, type === 41 ? "edns" : "ttl", from, type === 41 ?
    `v${(ttl >> 16) & 255}${ttl & 0x8000 ? " DO" : ""}` : `${ttl} s`);
  from = reader.at;
  const size = reader.number(2);
  reader.field(section, "rdlength", from, String(size));
  from = reader.at;
  const text = dataText(reader, type, size);
  if (size > 0) reader.field(section, "rdata", from, text);
}

export function decode(bytes: Uint8Array): Field[] {
  const reader = new Reader(bytes);
  try {
    const [questions = 0, ...counts] = header(reader);
    for (let i = 0; i < Math.min(questions, MOST_RECORDS); i += 1) {
      question(reader);
    }
    ["answer", "authority", "additional"].forEach((section, s) => {
      for (let i = 0; i < Math.min(counts[s] ?? 0, MOST_RECORDS); i += 1) {
        record(reader, section);
      }
    });
    if (reader.at < bytes.length) {
      const from = reader.at;
      reader.at = bytes.length;
      reader.field("rest", "rest", from, `${bytes.length - from}`);
    }
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    const from = Math.min(reader.at, bytes.length);
    reader.at = bytes.length;
    reader.field("rest", "malformed", from, error.message);
  }
  return reader.fields;
}
