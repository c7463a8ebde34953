// SPDX-License-Identifier: Apache-2.0
// `taster-collector judge`: answers in a file, judged without a server.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector/cli/commands.h"
#include "collector/cli/exit_code.h"
#include "collector/cli/file_reference.h"
#include "collector/exchange/answers_reader.h"
#include "collector/exchange/ooni_reader.h"
#include "collector/exchange/taster_reader.h"
#include "collector/offline/casebook.h"
#include "collector/offline/learned_text.h"
#include "collector/offline/line_file.h"

namespace taster::cli {
namespace {

// OONI's measurements hold whole web pages.
constexpr std::size_t kLongestDocument = std::size_t{64} << 20;

struct CloseFile {
  void operator()(std::FILE* file) const {
    if (file != stdout) std::fclose(file);
  }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

absl::StatusOr<File> Create(const std::string& path) {
  if (path == "-") return File(stdout);
  File file(std::fopen(path.c_str(), "w"));
  if (!file) return absl::NotFoundError("cannot write " + path);
  return file;
}

absl::Status Read(const JudgeOptions& options, const exchange::Sink& sink) {
  const std::size_t longest = options.format == FileFormat::kAnswers
                                  ? exchange::kLongestAnswersLine
                                  : kLongestDocument;
  const auto lines = offline::OpenLines(options.input, longest);
  if (!lines.ok()) return lines.status();
  switch (options.format) {
    case FileFormat::kAnswers:
      return exchange::ReadAnswers(*lines, sink);
    case FileFormat::kOoni:
      return exchange::ReadOoni(*lines, sink);
    case FileFormat::kTaster:
      return exchange::ReadTaster(*lines, sink);
  }
  return absl::InternalError("no such format");
}

// How often each class came out, for the summary.
using Counts = std::array<std::size_t, 8>;

std::string RulesOf(const judge::MeasurementVerdict& verdict) {
  std::vector<std::string_view> ids;
  for (const judge::ReplyVerdict& reply : verdict.replies) {
    for (const judge::Finding& finding : reply.fired) {
      ids.push_back(finding.rule->id);
    }
  }
  std::ranges::sort(ids);
  ids.erase(std::ranges::unique(ids).begin(), ids.end());
  std::string text;
  for (const std::string_view id : ids) {
    if (!text.empty()) text += ',';
    text += id;
  }
  return text;
}

Counts Write(const offline::Casebook& book, std::FILE* out) {
  Counts counts{};
  std::fputs("id\tclass\tmechanism\tinjector\trules\n", out);
  std::string line;
  book.Judge([&](const offline::Judged& judged) {
    const judge::MeasurementVerdict& verdict = judged.verdict;
    ++counts[static_cast<std::size_t>(verdict.verdict)];
    line = judged.record.id;
    line += '\t';
    line += ToString(verdict.verdict);
    line += '\t';
    if (verdict.mechanism != judge::Mechanism::kNone) {
      line += ToString(verdict.mechanism);
    }
    line += '\t' + verdict.injector + '\t' + RulesOf(verdict) + '\n';
    std::fwrite(line.data(), 1, line.size(), out);
  });
  return counts;
}

// Takes a file's records into the book; says what of it could not be taken.
class Intake {
 public:
  Intake(const JudgeOptions& options, offline::Casebook* book)
      : options_(options), book_(book) {}

  // OK with --keep-going whatever lines there are, as long as they can be read.
  absl::Status ReadAll() {
    const exchange::Sink sink{
        .record =
            [&](exchange::Record&& record) {
              const absl::Status added = book_->Add(std::move(record));
              return added.ok() ? added : Refuse(added);
            },
        .bad =
            [&](const exchange::BadInput& bad) {
              return Refuse(absl::InvalidArgumentError(
                  options_.input + ":" + std::to_string(bad.line) + ":" +
                  std::to_string(bad.column) + ": " + bad.what));
            }};
    const absl::Status read = Read(options_, sink);
    return absl::IsDataLoss(read) ? Refuse(read) : read;
  }
  bool complete() const { return complete_; }

 private:
  absl::Status Refuse(const absl::Status& why) {
    complete_ = false;
    if (!options_.keep_going) return why;
    std::fprintf(stderr, "%s\n", std::string(why.message()).c_str());
    return absl::OkStatus();
  }

  const JudgeOptions& options_;
  offline::Casebook* book_;
  bool complete_ = true;
};

void Summarise(const Counts& counts, std::size_t total, double seconds) {
  std::fprintf(stderr, "%zu queries judged in %.1f s:", total, seconds);
  const char* separator = " ";
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    const auto name = ToString(static_cast<judge::Class>(i));
    std::fprintf(stderr, "%s%zu %.*s", separator, counts[i],
                 static_cast<int>(name.size()), name.data());
    separator = ", ";
  }
  std::fputs("\n", stderr);
}

}  // namespace

int JudgeFile(const JudgeOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  auto reference = ReferenceFromFiles(options.seeds, options.asn_data);
  if (!reference.ok()) return Fail(reference.status());
  offline::Casebook book(*std::move(reference));
  Intake intake(options, &book);
  if (const absl::Status read = intake.ReadAll(); !read.ok()) {
    const int code = Fail(read);
    return absl::IsInvalidArgument(read) ? kBadData : code;
  }
  book.Learn();
  const auto out = Create(options.out);
  if (!out.ok()) return Fail(out.status());
  const Counts counts = Write(book, out->get());
  if (!options.learned.empty()) {
    const auto file = Create(options.learned);
    if (!file.ok()) return Fail(file.status());
    std::fputs(offline::LearnedText(book.learned()).c_str(), file->get());
  }
  const std::chrono::duration<double> took =
      std::chrono::steady_clock::now() - start;
  Summarise(counts, book.size(), took.count());
  return intake.complete() ? kOk : kBadData;
}

}  // namespace taster::cli
