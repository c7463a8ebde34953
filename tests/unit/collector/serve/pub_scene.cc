// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/collector/serve/pub_scene.h"

#include <cstdio>
#include <fstream>
#include <iterator>

#include "proto/envelope/sign.h"
#include "tests/unit/collector/store/put_all.h"
#include "tests/unit/collector/store/sample_batch.h"

namespace taster::serve {
namespace {

void ReplaceAll(const std::string& what, const std::string& with,
                std::string* text) {
  for (std::size_t at = text->find(what); at != text->npos;
       at = text->find(what, at + with.size())) {
    text->replace(at, what.size(), with);
  }
}

std::string* witness() {
  static std::string text;
  return &text;
}

// One batch of a vantage point; its first measurement is the witness.
void StoreWitness(store::TestPostgres* postgres) {
  const std::int64_t vantage = postgres->NextVantage();
  const store::JudgedBatch batch = store::SampleBatch(vantage, 1, 1);
  const std::string id = envelope::ToHex(batch.batch_id.bytes);
  store::PutAll(postgres->Connection("taster_ingest"), {batch});
  postgres->Execute(
      "INSERT INTO taster.vantage (vantage_id, key, role, country, asn) "
      "OVERRIDING SYSTEM VALUE "
      "VALUES (" +
      std::to_string(vantage) +
      ", decode(repeat('ab', 32), 'hex'), 'probe', 'CN', 4134)");
  postgres->Execute(
      "INSERT INTO taster.witness (day, witness, vantage_id, batch_day, "
      "batch_id, ordinal, agreement) "
      "SELECT batch_day, replace(batch_id::text, '-', '') || '-' || ordinal, "
      "vantage_id, batch_day, batch_id, ordinal, 0.9 FROM taster.measurement "
      "WHERE vantage_id = " +
      std::to_string(vantage) + " ORDER BY ordinal LIMIT 1");
  // Evidence that is shown is a copy, where the schema keeps one.
  postgres->Execute(R"sql(
DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY
        ARRAY['shown_evidence', 'shown_reply', 'shown_finding']
    LOOP
        IF to_regclass('taster.' || kept) IS NOT NULL THEN
            PERFORM taster.settle(kept::name, w.day, 5)
            FROM taster.witness AS w;
        END IF;
    END LOOP;
END
$$)sql");
  *witness() = id + "-" +
               std::to_string(postgres->Number(
                   "SELECT ordinal::bigint FROM taster.witness LIMIT 1"));
}

}  // namespace

const std::string& SampleWitness() { return *witness(); }

store::TestPostgres& SampleDatabase(int domains, int days) {
  store::TestPostgres& postgres = store::TestPostgres::Get();
  if (!witness()->empty()) return postgres;
  StoreWitness(&postgres);
  std::ifstream file("tests/unit/collector/serve/sample_pub.sql");
  std::string sql{std::istreambuf_iterator<char>(file), {}};
  ReplaceAll("%DOMAINS%", std::to_string(domains), &sql);
  ReplaceAll("%DAYS%", std::to_string(days), &sql);
  ReplaceAll("%WITNESS%", SampleWitness(), &sql);
  postgres.Execute(sql);
  postgres.Execute("ANALYZE");
  return postgres;
}

PubScene::PubScene() : postgres_(SampleDatabase()) {
  envelope::Initialise();
  pool_ = std::make_unique<store::ReaderPool>(store::ReaderPoolOptions{
      .connection = postgres_.Connection("taster_reader")});
  web_ = std::make_unique<Web>(
      pool_.get(), WebOptions{.secret = envelope::RandomSecret(),
                              .on_failure = [](const absl::Status& status) {
                                std::fprintf(stderr, "%s\n",
                                             status.ToString().c_str());
                              }});
}

Answer PubScene::Get(const std::string& target) {
  return web_->Respond({.target = target});
}

}  // namespace taster::serve
