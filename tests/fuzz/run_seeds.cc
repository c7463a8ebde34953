// SPDX-License-Identifier: Apache-2.0
// Stands in for libFuzzer: puts every file of a directory, and some mutations
// of each, through one target. Linked with one target at a time.
//
// Usage: TARGET_seeds DIRECTORY [MUTATIONS_A_SEED]
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;

// From a heap block of exactly its size, so that AddressSanitizer sees the
// first byte that is read beyond it.
void Run(const Bytes& bytes) {
  const std::unique_ptr<std::uint8_t[]> block(new std::uint8_t[bytes.size()]);
  std::copy(bytes.begin(), bytes.end(), block.get());
  LLVMFuzzerTestOneInput(block.get(), bytes.size());
}

void RunMutations(const Bytes& seed, int count, std::mt19937* random) {
  if (seed.empty()) return;
  for (int i = 0; i < count; ++i) {
    Bytes mutated = seed;
    for (auto changes = 1 + (*random)() % 4; changes > 0; --changes) {
      mutated[(*random)() % mutated.size()] =
          static_cast<std::uint8_t>((*random)());
    }
    if ((*random)() % 4 == 0) mutated.resize((*random)() % mutated.size());
    Run(mutated);
  }
}

std::vector<std::filesystem::path> FilesOf(const char* directory) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry :
       std::filesystem::directory_iterator(directory, error)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: %s DIRECTORY [MUTATIONS_A_SEED]\n", argv[0]);
    return 64;
  }
  const int mutations = argc > 2 ? std::atoi(argv[2]) : 0;
  const auto files = FilesOf(argv[1]);
  std::mt19937 random(1);
  for (const auto& file : files) {
    std::ifstream stream(file, std::ios::binary);
    const Bytes bytes{std::istreambuf_iterator<char>(stream), {}};
    Run(bytes);
    RunMutations(bytes, mutations, &random);
  }
  std::printf("seeds=%zu mutations_each=%d\n", files.size(), mutations);
  // No seeds prove nothing.
  return files.empty() ? 1 : 0;
}
