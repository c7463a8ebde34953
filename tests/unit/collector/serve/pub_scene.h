// SPDX-License-Identifier: Apache-2.0
// A database in which every public view has rows, and a Web in front of it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "collector/serve/web.h"
#include "collector/store/reader_pool.h"
#include "tests/unit/collector/store/postgres_fixture.h"

namespace taster::serve {

// A witness that pub.evidence has.
const std::string& SampleWitness();

// Loads the rows of sample_pub.sql, once a program: `domains` names over `days`
// days, beside one real measurement that is their witness.
store::TestPostgres& SampleDatabase(int domains = 30, int days = 40);

// What a Web answers, with the reader's connection.
class PubScene {
 public:
  PubScene();

  Answer Get(const std::string& target);
  Web& web() { return *web_; }
  store::TestPostgres& postgres() { return postgres_; }
  store::ReaderPool& pool() { return *pool_; }

 private:
  store::TestPostgres& postgres_;
  std::unique_ptr<store::ReaderPool> pool_;
  std::unique_ptr<Web> web_;
};

}  // namespace taster::serve
