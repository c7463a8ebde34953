// SPDX-License-Identifier: Apache-2.0
#include "collector/web_command_line.h"

namespace taster::cli {

void AddWebOptions(CLI::App* command, WebOptions* options) {
  command->add_option("--http", options->http,
                      "Address and port of the pages and the HTTP interface, "
                      "such as 127.0.0.1:8080 (default: none)");
  command->add_flag("--http-any", options->any_address,
                    "Also where others reach it, without a server in front");
  command
      ->add_option("--site", options->site,
                   "The built pages; without them there is only data")
      ->check(CLI::ExistingDirectory);
  command->add_option("--public-url", options->public_url,
                      "Where the pages are reached from outside, for feeds");
}

void AddWeb(CLI::App& app, WebOptions* options) {
  CLI::App* web = app.add_subcommand(
      "web", "Only show what is published, from a database that others fill");
  AddWebOptions(web, options);
  web->get_option("--http")->required();
  web->add_option("--log-format", options->log_format, "logfmt or json")
      ->transform(CLI::CheckedTransformer(std::map<std::string, LogFormat>{
          {"logfmt", LogFormat::kLogfmt}, {"json", LogFormat::kJson}}));
}

void AddPublish(CLI::App& app, PublishOptions* options) {
  CLI::App* publish = app.add_subcommand(
      "publish", "Write pages, data and feeds as files that any server serves");
  publish->add_option("directory", options->directory, "Where to")->required();
  publish
      ->add_option("--site", options->site,
                   "The built pages; without them there is only data")
      ->check(CLI::ExistingDirectory);
  publish->add_option("--public-url", options->public_url,
                      "Where the files will be reached, for feeds");
  publish->add_flag(
      "--floor-check", options->check_floor,
      "Refuse when cells of fewer than five probes are published");
}

}  // namespace taster::cli
