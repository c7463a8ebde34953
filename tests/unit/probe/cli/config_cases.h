// SPDX-License-Identifier: Apache-2.0
// A configuration that is fine, and ways to spoil it.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "probe/consent/state_file.h"
#include "tests/unit/probe/scratch_directory.h"

namespace taster::cli {

inline constexpr char kPin[] =
    "sha256/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
inline constexpr char kReceiptKey[] =
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

// Values that tests change; each is TOML text.
struct ConfigText {
  std::string state_dir = "\"/var/lib/taster-probe\"";
  std::string country = "\"CN\"";
  std::string asn = "4134";
  std::string profile = "\"lab\"";
  std::string lab = "true";
  std::string endpoint = "\"127.0.0.1:1\"";
  std::string pins = std::string("[\"") + kPin + "\"]";
  std::string receipt_key = std::string("\"") + kReceiptKey + "\"";
  std::string targets = "\"/etc/taster/targets.txt\"";
  std::string control_name = "\"example.org\"";
  std::string types = "[\"A\", \"AAAA\"]";
  std::string resolvers = "[\"10.9.3.53\"]";
  std::string canaries = "[\"10.9.6.66\"]";
  std::string system_servers = "[\"10.9.3.53\"]";
  std::string rate = "1000";
  std::string more_plan;  // Whole lines.
  std::string more;       // Whole lines at the end.

  std::string Text() const {
    return "state_dir = " + state_dir + "\ncountry = " + country +
           "\nasn = " + asn + "\nprofile = " + profile + "\nlab = " + lab +
           "\n[collector]\nendpoint = " + endpoint + "\npins = " + pins +
           "\nreceipt_key = " + receipt_key + "\n[plan]\ntargets = " + targets +
           "\ncontrol_name = " + control_name + "\ntypes = " + types +
           "\nresolvers = " + resolvers + "\ncanaries = " + canaries +
           "\nsystem_servers = " + system_servers + "\nrate = " + rate +
           "\nwindow_seconds = 1\n" + more_plan + more;
  }
};

// A configured probe in a directory of its own.
class ProbeHome {
 public:
  ProbeHome() {
    text_.state_dir = "\"" + state_dir().string() + "\"";
    text_.targets = "\"" + targets().string() + "\"";
    WriteTargets("a.example\nb.example\n");
    Write();
  }

  std::filesystem::path state_dir() const { return scratch_.path() / "state"; }
  std::filesystem::path targets() const { return scratch_.path() / "names"; }
  std::filesystem::path config() const {
    return scratch_.path() / "probe.toml";
  }
  ConfigText& text() { return text_; }
  void Write() const { std::ofstream(config()) << text_.Text(); }
  void WriteTargets(const std::string& names) const {
    std::ofstream(targets()) << names;
  }

 private:
  ScratchDirectory scratch_;
  ConfigText text_;
};

}  // namespace taster::cli
