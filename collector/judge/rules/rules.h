// SPDX-License-Identifier: Apache-2.0
// Every rule there is; ruleset.cc says which of them judge.
#pragma once

#include "collector/judge/rule.h"

namespace taster::judge {

extern const Rule kAnswerWhereNoneExists;
extern const Rule kBlockPageAnswer;
extern const Rule kBogonAnswer;
extern const Rule kCanaryReply;
extern const Rule kCanaryReplyAlone;
extern const Rule kCensorSinkholeAnswer;
extern const Rule kCensorshipDeclared;
extern const Rule kCertificateRefuted;
extern const Rule kCertificateValid;
extern const Rule kConflictingReplies;
extern const Rule kControlAgrees;
extern const Rule kDeniedExistingName;
extern const Rule kDnssecFailure;
extern const Rule kDnssecRefuted;
extern const Rule kEarlyReply;
extern const Rule kEncryptedTwinDiffers;
extern const Rule kFilterAnswer;
extern const Rule kFilteringDeclared;
extern const Rule kForeignAlias;
extern const Rule kForeignAs;
extern const Rule kForeignPrefix;
extern const Rule kForgedPoolAddress;
extern const Rule kForgedPoolAddressAlone;
extern const Rule kIdentityElsewhere;
extern const Rule kLearnedPoolAddress;
extern const Rule kNullAnswer;
extern const Rule kNullAnswerCensoredName;
extern const Rule kNxdomainRewriteAnswer;
extern const Rule kRdClearAuthoritative;
extern const Rule kSafeSearchAnswer;
extern const Rule kSharedAnswer;
extern const Rule kSharedFilterAnswer;
extern const Rule kTeredoAnswer;
extern const Rule kTeredoRangeAnswer;
extern const Rule kTtlAboveZone;

}  // namespace taster::judge
