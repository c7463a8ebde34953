// SPDX-License-Identifier: Apache-2.0
// Which names serve mail: only as their client is a mail port tried.
#pragma once

#include <string_view>
#include <vector>

#include "proto/dns/name.h"

namespace taster::plan {

class MailNames {
 public:
  // "gmail.com", which stands for all names below it too. False: no name.
  bool Add(std::string_view text);

  // True iff `name` was added, or its first label says so, as in
  // "imap.gmail.com", "smtp2.example" or "mail.ru": imap, pop, pop3, smtp,
  // mail, mx or submission, with or without a number.
  bool Covers(const dns::Name& name) const;

 private:
  std::vector<dns::Name> names_;
};

}  // namespace taster::plan
