// SPDX-License-Identifier: Apache-2.0
// Bytes as documents carry them, and as a reader sees them.

// Hex with or without "\x"; whatever is no hex ends it.
export function bytesOf(hex: string): Uint8Array {
  const digits = /^(?:\\x)?([0-9a-f]*)/i.exec(hex)?.[1] ?? "";
  const bytes = new Uint8Array(digits.length >> 1);
  for (let i = 0; i < bytes.length; i += 1) {
    bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  }
  return bytes;
}

export const hexOf = (byte: number): string =>
  byte.toString(16).padStart(2, "0");

function ipv4(bytes: Uint8Array): string {
  return [...bytes].join(".");
}

// RFC 5952: lower case, the longest run of zeros as "::".
function ipv6(bytes: Uint8Array): string {
  const groups = Array.from({length: 8}, (_, i) =>
    ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0));
  let [best, length] = [-1, 1];
  for (let i = 0; i < 8; i += 1) {
    let run = 0;
    while (i + run < 8 && groups[i + run] === 0) run += 1;
    if (run > length) [best, length] = [i, run];
  }
  const text = (from: number, to: number) => groups.slice(from, to)
    .map((group) => group.toString(16)).join(":");
  return best < 0 ? text(0, 8) : `${text(0, best)}::${text(best + length, 8)}`;
}

export function addressText(bytes: Uint8Array): string {
  return bytes.length === 4 ? ipv4(bytes) : ipv6(bytes);
}
