// SPDX-License-Identifier: Apache-2.0
// Names of the profiles.
#include "probe/plan/caps.h"

namespace taster::plan {

std::optional<Profile> ProfileFromText(std::string_view text) {
  for (const Profile profile :
       {Profile::kVolunteer, Profile::kControl, Profile::kLab}) {
    if (text == ToText(profile)) return profile;
  }
  return {};
}

std::string_view ToText(Profile profile) {
  switch (profile) {
    case Profile::kVolunteer:
      return "volunteer";
    case Profile::kControl:
      return "control";
    case Profile::kLab:
      break;
  }
  return "lab";
}

}  // namespace taster::plan
