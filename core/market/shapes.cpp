// SPDX-License-Identifier: Apache-2.0
#include "market/shapes.hpp"

namespace peaqos::market {
namespace {

using peaq::Absence;
using peaq::Field;
using peaq::FieldTable;
using peaq::FieldType;

// Kinds of members. "Given" ones must be there, "maybe" ones are null when they are not.
constexpr Field id(std::string_view name) { return {.name = name, .type = FieldType::NonEmptyText}; }
constexpr Field given(std::string_view name, FieldType type = FieldType::Text) {
  return {.name = name, .type = type, .absence = Absence::NullAllowed};
}
constexpr Field maybe(std::string_view name, FieldType type = FieldType::Text) {
  return {.name = name, .type = type, .absence = Absence::NullForIt};
}
constexpr Field list(std::string_view name) {
  return {.name = name, .type = FieldType::Array, .absence = Absence::EmptyForIt};
}
constexpr Field object(std::string_view name) {
  return {.name = name, .type = FieldType::Object, .absence = Absence::EmptyForIt};
}
constexpr Field part(std::string_view name, FieldTable members) {
  return {.name = name, .type = FieldType::Object, .members = members};
}
constexpr Field maybePart(std::string_view name, FieldTable members) {
  return {.name = name, .type = FieldType::Object, .absence = Absence::NullForIt, .members = members};
}
constexpr Field spelt(Field field, std::string_view wire, std::string_view orWire) {
  field.wire = wire;
  field.orWire = orWire;
  return field;
}

constexpr Field kIdentityChallenge[] = {
    id("challenge_id"),  given("identity_ref"),        id("message"),
    given("expires_at"), given("verification_method"), list("controller_addresses")};

constexpr Field kPairingChallenge[] = {id("challenge_id"),
                                       given("agent_address"),
                                       id("message"),
                                       given("expires_at"),
                                       given("verification_method"),
                                       maybe("machine_id"),
                                       maybe("machine_identity_ref"),
                                       maybe("agent_did")};

constexpr Field kIdentityProof[] = {
    given("method"),      given("identity_ref"),         given("signer_address"),      given("challenge_id"),
    given("verified_at"), given("challenge_expires_at"), list("controller_addresses"), given("resolution_source")};

constexpr Field kMachine[] = {id("id"),
                              given("display_name"),
                              given("status"),
                              given("owner_id"),
                              given("machine_type"),
                              given("runtime_profile"),
                              list("capabilities"),
                              object("labels"),
                              list("policy_ids"),
                              list("skill_keys"),
                              given("created_at"),
                              given("updated_at"),
                              maybe("identity_ref"),
                              maybePart("identity_proof", kIdentityProof)};

constexpr Field kPolicy[] = {list("allowed_skill_keys"),
                             list("denied_skill_keys"),
                             list("allowed_service_ids"),
                             list("denied_service_ids"),
                             maybe("per_transaction_limit", FieldType::Amount),
                             maybe("daily_spend_limit", FieldType::Amount),
                             maybe("currency")};

constexpr Field kVerification[] = {given("method"), given("signer_address"), given("verified_at"),
                                   given("challenge_expires_at")};

constexpr Field kPairing[] = {id("id"),
                              given("machine_id"),
                              given("agent_address"),
                              given("agent_provider"),
                              given("agent_role"),
                              given("status"),
                              given("has_auth_token", FieldType::Boolean),
                              part("delegation_policy", kPolicy),
                              given("created_at"),
                              given("updated_at"),
                              maybe("description"),
                              maybe("token_last_four"),
                              maybe("pairing_token"),
                              maybe("agent_did"),
                              maybePart("verification", kVerification),
                              maybe("session_id"),
                              maybe("session_token_id"),
                              maybe("session_issued_at"),
                              maybe("session_expires_at")};

// How an order can be paid, as it or a quote recommends.
constexpr Field kRecommendation[] = {
    given("default_rail"),   list("supported_rails"), given("required", FieldType::Boolean),
    list("notes"),           maybe("provider"),       maybe("chain"),
    maybe("token"),          maybe("token_address"),  maybe("token_mint"),
    maybe("wallet_address"), maybe("external_url"),   maybe("payer_address"),
    maybe("payee_address")};

constexpr Field kHandoff[] = {given("label"), given("url"), list("notes")};

constexpr Field kBudget[] = {maybe("amount", FieldType::Amount), maybe("currency")};

constexpr Field kOrder[] = {id("id"),
                            given("machine_id"),
                            given("agent_pairing_id"),
                            given("service_id"),
                            given("skill_key"),
                            given("provider_key"),
                            given("service_type"),
                            given("operation"),
                            given("execution_mode"),
                            given("integration_status"),
                            given("status"),
                            spelt(object("input_payload"), "input", "inputPayload"),
                            part("payment", kRecommendation),
                            given("created_at"),
                            given("updated_at"),
                            maybe("search_id"),
                            maybe("quote_id"),
                            maybePart("budget", kBudget),
                            maybePart("handoff", kHandoff),
                            maybe("error_message")};

constexpr Field kRail[] = {spelt(given("rail_type"), "type", "railType"),
                           maybe("chain"),
                           maybe("token"),
                           maybe("token_address"),
                           maybe("token_mint"),
                           maybe("escrow_address"),
                           maybe("external_url"),
                           maybe("provider"),
                           maybe("account_id"),
                           maybe("wallet_address"),
                           maybe("payer_address"),
                           maybe("payee_address"),
                           maybe("payment_intent_id"),
                           maybe("metadata", FieldType::Object)};

constexpr Field kPayment[] = {id("id"),
                              given("order_id"),
                              given("machine_id"),
                              given("status"),
                              part("rail", kRail),
                              list("notes"),
                              given("created_at"),
                              given("updated_at"),
                              maybe("amount", FieldType::Amount),
                              maybe("currency")};

constexpr Field kPricing[] = {given("mode"), list("notes"), maybe("amount", FieldType::Amount), maybe("currency"),
                              maybe("rate", FieldType::Any)};

constexpr Field kQuote[] = {id("id"),
                            given("service_id"),
                            given("skill_key"),
                            given("provider_key"),
                            given("execution_mode"),
                            given("integration_status"),
                            given("operation"),
                            given("score", FieldType::Any),
                            list("reasons"),
                            part("pricing", kPricing),
                            part("payment", kRecommendation),
                            given("expires_at"),
                            maybePart("handoff", kHandoff)};

constexpr Field kTask[] = {given("service_type"),
                           list("required_capabilities"),
                           given("allow_external_handoff", FieldType::Boolean),
                           given("require_native_execution", FieldType::Boolean),
                           maybe("operation"),
                           maybe("region")};

constexpr Field kSearch[] = {id("id"),
                             given("machine_id"),
                             spelt(object("request_payload"), "requestPayload", "request"),
                             part("normalized_task", kTask),
                             given("status"),
                             {.name = "quotes", .type = FieldType::Array, .members = kQuote},
                             given("created_at"),
                             maybe("agent_pairing_id")};

constexpr Field kDispute[] = {id("id"),        given("order_id"),  given("machine_id"), given("status"),
                              given("reason"), object("evidence"), given("created_at"), given("updated_at")};

constexpr Field kRun[] = {id("id"),           given("status"),     maybe("execution_mode"),
                          maybe("skill_key"), maybe("service_id"), maybe("outcome_id")};

constexpr Field kOutcome[] = {id("id"),
                              given("status"),
                              given("skill_key"),
                              given("service_id"),
                              given("execution_mode"),
                              maybe("result", FieldType::Any),
                              maybe("error_message"),
                              maybe("external_ref")};

}  // namespace

FieldTable identityChallengeFields() { return kIdentityChallenge; }
FieldTable pairingChallengeFields() { return kPairingChallenge; }
FieldTable machineFields() { return kMachine; }
FieldTable pairingFields() { return kPairing; }
FieldTable searchFields() { return kSearch; }
FieldTable orderFields() { return kOrder; }
FieldTable paymentFields() { return kPayment; }
FieldTable disputeFields() { return kDispute; }
FieldTable runFields() { return kRun; }
FieldTable outcomeFields() { return kOutcome; }
FieldTable handoffFields() { return kHandoff; }

}  // namespace peaqos::market
