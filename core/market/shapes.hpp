// Answers of the Orchestration API as tables: members under the names that peaqos prints (docs/market.md#answers).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "peaq/fields.hpp"

namespace peaqos::market {

// The API spells members in camelCase. Only what peaqos needs itself must have a value: a member that the API promises
// may be null, and words that peaqos does not know are passed on.
peaq::FieldTable identityChallengeFields();
peaq::FieldTable pairingChallengeFields();
peaq::FieldTable machineFields();
peaq::FieldTable pairingFields();
peaq::FieldTable searchFields();
peaq::FieldTable orderFields();
peaq::FieldTable paymentFields();
peaq::FieldTable disputeFields();
peaq::FieldTable runFields();
peaq::FieldTable outcomeFields();
peaq::FieldTable handoffFields();

}  // namespace peaqos::market
