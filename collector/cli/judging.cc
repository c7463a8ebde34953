// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/judging.h"

#include <utility>

#include "collector/cli/load_reference.h"
#include "collector/store/proof_store.h"
#include "collector/store/reference_store.h"

namespace taster::cli {

absl::StatusOr<Judging> LoadJudging(const std::string& connection,
                                    const std::filesystem::path& networks) {
  Judging judging;
  auto tables = LoadNetworks(networks);
  if (!tables.ok()) return tables.status();
  judging.networks = *std::move(tables);
  auto reference = LoadReference(connection, judging.networks);
  if (!reference.ok()) return reference.status();
  judging.base =
      std::make_shared<const judge::Reference>(*std::move(reference));
  const auto answers = store::LoadControlAnswers(connection);
  if (!answers.ok()) return answers.status();
  judging.book =
      std::make_unique<control::ControlBook>(&judging.base->origin_as);
  judging.book->Learn(*answers);
  const auto proofs = store::LoadSecureProofs(connection);
  if (!proofs.ok()) return proofs.status();
  for (const store::ProofRow& proof : *proofs) {
    judging.book->proofs().Learn(proof);
  }
  return judging;
}

}  // namespace taster::cli
