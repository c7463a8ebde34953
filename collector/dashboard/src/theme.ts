// SPDX-License-Identifier: Apache-2.0
// Sets the colours before the first paint; runs ahead of everything else.

const dark = matchMedia("(prefers-color-scheme: dark)");

// What the address asks for, else what the system prefers.
export function applyTheme(): void {
  const asked = new URLSearchParams(location.search).get("theme");
  document.documentElement.dataset["theme"] =
    asked === "dark" || asked === "light" ? asked :
      dark.matches ? "dark" : "light";
  dispatchEvent(new Event("redraw"));
}

applyTheme();
dark.addEventListener("change", applyTheme);
