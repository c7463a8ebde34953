// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/document.h"

#include <charconv>

#include "collector/serve/json_text.h"
#include "collector/serve/page_columns.h"

namespace taster::serve {
namespace {

constexpr std::string_view kPoisoned = "('poisoned', 'likely_poisoned')";

void ReplaceAll(std::string_view what, std::string_view with,
                std::string* text) {
  for (std::size_t at = text->find(what); at != text->npos;
       at = text->find(what, at + with.size())) {
    text->replace(at, what.size(), with);
  }
}

bool IsUnknownAsn(const PageName& page) {
  return page.kind->key == KeyKind::kNetwork && page.key[1] == "0";
}

// One section of one document, while it grows.
void OpenSection(const store::TextTable& rows, std::size_t from,
                 std::string* json) {
  *json += "{\"columns\":[";
  for (std::size_t i = from; i < rows.columns().size(); ++i) {
    if (i > from) *json += ',';
    AppendJsonText(rows.columns()[i].name, json);
  }
  *json += "],\"rows\":[";
}

void AppendRow(const store::TextTable& rows, std::size_t row, std::size_t from,
               std::string* json) {
  if (!json->ends_with('[')) *json += ',';
  *json += "\n[";
  for (std::size_t i = from; i < rows.columns().size(); ++i) {
    if (i > from) *json += ',';
    AppendJsonCell(rows.columns()[i].type, rows.at(row, i), json);
  }
  *json += ']';
}

class Renderer {
 public:
  Renderer(const PageKind& kind, const std::vector<PageName>& pages,
           const Release& release)
      : kind_(kind), pages_(pages), release_(release) {}

  absl::Status Render(store::PubReader& reader) {
    Begin();
    for (const Section& section : kind_.sections) {
      if (section.sql.empty()) {
        AppendToAll(section.name, RulesJson());
      } else if (auto status = Fill(section, reader); !status.ok()) {
        return status;
      }
    }
    for (std::string& document : documents_) {
      if (!document.empty()) document += "\n}}\n";
    }
    return absl::OkStatus();
  }

  std::vector<std::string> Take() { return std::move(documents_); }

 private:
  bool is_many() const { return kind_.key != KeyKind::kNone; }

  void Begin() {
    for (const PageName& page : pages_) {
      std::string json = "{\"meta\":{\"page\":";
      AppendJsonText(kind_.name, &json);
      json += ",\"key\":";
      AppendJsonText(page.Key(), &json);
      json += "," + MetaMembers(release_, {}) + "},\n\"sections\":{";
      documents_.push_back(std::move(json));
    }
  }

  void AppendName(std::string_view name, std::string* document) {
    *document += document->ends_with("{") ? "\n" : ",\n";
    AppendJsonText(name, document);
    *document += ':';
  }

  void AppendToAll(std::string_view name, const std::string& section) {
    for (std::string& document : documents_) {
      if (document.empty()) continue;
      AppendName(name, &document);
      document += section;
    }
  }

  store::Parameters ParametersOf() const {
    store::Parameters parameters;
    if (release_.last_day.empty()) {
      parameters.emplace_back(std::nullopt);
    } else {
      parameters.emplace_back(release_.last_day);
    }
    const std::size_t parts = pages_.empty() ? 0 : pages_[0].key.size();
    for (std::size_t part = 0; part < parts; ++part) {
      std::vector<std::string> values;
      for (const PageName& page : pages_) values.push_back(page.key[part]);
      parameters.emplace_back(store::ArrayText(values));
    }
    return parameters;
  }

  // Reads one section of all documents.
  absl::Status Fill(const Section& section, store::PubReader& reader) {
    const Asked asked{
        .key_parts = pages_.empty() ? 0 : pages_[0].key.size(),
        .unknown_asn = !pages_.empty() && IsUnknownAsn(pages_[0])};
    const auto rows =
        reader.ReadAgain(SectionSql(section, asked), ParametersOf());
    if (!rows.ok()) return rows.status();
    const std::size_t from = is_many() ? 1 : 0;
    std::string head;
    OpenSection(*rows, from, &head);
    AppendToAll(section.name, head);
    std::vector<bool> has_rows(documents_.size(), false);
    for (std::size_t row = 0; row < rows->size(); ++row) {
      const std::size_t document = is_many() ? NumberOf(*rows, row) : 0;
      if (documents_[document].empty()) continue;
      has_rows[document] = true;
      AppendRow(*rows, row, from, &documents_[document]);
    }
    Close(&section == &kind_.sections.front(), has_rows);
    return absl::OkStatus();
  }

  // `decides`: a document without rows in this section is none.
  void Close(bool decides, const std::vector<bool>& has_rows) {
    for (std::size_t i = 0; i < documents_.size(); ++i) {
      if (documents_[i].empty()) continue;
      documents_[i] += "]}";
      if (decides && is_many() && !has_rows[i]) documents_[i].clear();
    }
  }

  std::size_t NumberOf(const store::TextTable& rows, std::size_t row) const {
    const std::string_view text = rows.at(row, 0).value_or("1");
    std::size_t number = 1;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number - 1;
  }

  const PageKind& kind_;
  const std::vector<PageName>& pages_;
  const Release& release_;
  std::vector<std::string> documents_;
};

}  // namespace

std::string SectionSql(const Section& section, const Asked& asked) {
  std::string sql = WithColumns(section.sql);
  ReplaceAll("<poisoned>", kPoisoned, &sql);
  ReplaceAll("<asn>", asked.unknown_asn ? "asn IS NULL" : "asn = @2::bigint",
             &sql);
  if (asked.key_parts == 0) return sql;
  std::string arrays;
  std::string names;
  for (std::size_t part = 1; part <= asked.key_parts; ++part) {
    const std::string number = std::to_string(part);
    ReplaceAll("@" + number, "asked.part" + number, &sql);
    arrays += (part > 1 ? ", $" : "$") + std::to_string(part + 1) + "::text[]";
    names += "part" + number + ", ";
  }
  return "SELECT asked.number, found.*\nFROM unnest(" + arrays +
         ") WITH ORDINALITY AS asked (" + names +
         "number)\nCROSS JOIN LATERAL (" + sql + ") AS found";
}

namespace {

absl::StatusOr<std::vector<std::string>> RenderTogether(
    const PageKind& kind, const std::vector<PageName>& pages,
    const Release& release, store::PubReader& reader) {
  Renderer renderer(kind, pages, release);
  if (absl::Status status = renderer.Render(reader); !status.ok()) {
    return status;
  }
  return renderer.Take();
}

}  // namespace

absl::StatusOr<std::vector<std::string>> RenderDocuments(
    const PageKind& kind, const std::vector<PageName>& pages,
    const Release& release, store::PubReader& reader) {
  std::vector<PageName> sorts[2];  // Whether the AS is not known.
  for (const PageName& page : pages) {
    sorts[IsUnknownAsn(page) ? 1 : 0].push_back(page);
  }
  if (sorts[1].empty()) return RenderTogether(kind, pages, release, reader);
  std::vector<std::string> made[2];
  for (int sort = 0; sort < 2; ++sort) {
    if (sorts[sort].empty()) continue;
    auto some = RenderTogether(kind, sorts[sort], release, reader);
    if (!some.ok()) return some.status();
    made[sort] = *std::move(some);
  }
  std::vector<std::string> documents;
  std::size_t next[2] = {0, 0};
  for (const PageName& page : pages) {
    const int sort = IsUnknownAsn(page) ? 1 : 0;
    documents.push_back(std::move(made[sort][next[sort]++]));
  }
  return documents;
}

}  // namespace taster::serve
