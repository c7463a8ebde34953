// SPDX-License-Identifier: Apache-2.0
// Rewrites the frozen stages of tests/golden and the dumps of tests/vectors.
// Run from the top of the tree; read the difference before committing it.
#include <cstdio>

#include "tests/unit/collector/judge/frozen.h"

int main() {
  using namespace taster::judge;
  for (const auto& path : VectorCases()) {
    WriteText(path, WithDump(ReadText(path), ReadCase(path)));
  }
  for (const auto& path : GoldenCases()) {
    const CaseText text = ReadCase(path);
    WriteText(path, WithDump(ReadText(path), text));
    for (const auto& [name, content] : Stages(Assemble(text))) {
      WriteText(path.parent_path() / name, content);
    }
    std::printf("%s\n", path.parent_path().c_str());
  }
  return 0;
}
