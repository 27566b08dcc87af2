// The lists of a machine's DID document, each replaced as a whole.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "app/machine/rights.hpp"
#include "app/machine/wishes.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "peaq/v2/management.hpp"

namespace peaqos::app {
namespace {

using peaq::v2::DidDocument;

std::string indicesOf(const std::vector<evm::U256>& authentication) {
  if (authentication.empty()) return "none";
  std::vector<std::string> texts;
  for (const evm::U256& index : authentication) texts.push_back(index.toDecimal());
  return join(texts, ", ");
}

Rows documentRows(const DidDocument& document) {
  return {{"Verification methods", std::to_string(document.verificationMethods.size())},
          {"Authentication", indicesOf(document.authentication)},
          {"Service endpoints", std::to_string(document.serviceEndpoints.size())}};
}

// What the lists have in common.
class ListWish : public Wish {
 public:
  explicit ListWish(evm::U256 machine) : machine_(machine) {}

  std::optional<evm::U256> machine() const override { return machine_; }
  void check(const Situation& now) const override {
    requireOwnerOrController(now);
    refuseRelocating(now);
    checkList(now.machine->document);
  }
  Rows plan(const Situation& now) const override {
    Rows rows = documentRows(now.machine->document);
    rows.push_back(wanted());
    return rows;
  }
  Rows outcome(const Situation&, const Situation& after) const override {
    return documentRows(after.machine->document);
  }

 protected:
  const evm::U256 machine_;

 private:
  virtual void checkList(const DidDocument&) const {}
  virtual std::pair<std::string, std::string> wanted() const = 0;
};

class MethodsWish : public ListWish {
 public:
  MethodsWish(evm::U256 machine, std::vector<peaq::v2::VerificationMethod> methods)
      : ListWish(machine), methods_(std::move(methods)) {}

  std::string_view action() const override { return "set_verification_methods"; }
  bool fulfilled(const Situation& now) const override { return now.machine->document.verificationMethods == methods_; }
  peaq::v2::Change change(const Situation& now) const override {
    return peaq::v2::setVerificationMethods(now.roles.machineRegistry, machine_, methods_);
  }

 private:
  // Indices that point at nothing would stay in the document: the contract does not look.
  void checkList(const DidDocument& document) const override {
    const bool fits = std::ranges::all_of(document.authentication,
                                          [&](const evm::U256& index) { return index < evm::U256(methods_.size()); });
    if (fits) return;
    throw inputError("AUTHENTICATION_REWRITE_REQUIRED",
                     "the document's authentication (" + indicesOf(document.authentication) +
                         ") would point beyond the " + std::to_string(methods_.size()) +
                         " new verification methods; nothing was sent",
                     "Shorten it first: peaqos machine did set-authentication " + machine_.toDecimal());
  }
  std::pair<std::string, std::string> wanted() const override {
    return {"New verification methods", std::to_string(methods_.size())};
  }

  std::vector<peaq::v2::VerificationMethod> methods_;
};

class AuthenticationWish : public ListWish {
 public:
  AuthenticationWish(evm::U256 machine, std::vector<evm::U256> indices)
      : ListWish(machine), indices_(std::move(indices)) {}

  std::string_view action() const override { return "set_authentication"; }
  bool fulfilled(const Situation& now) const override { return now.machine->document.authentication == indices_; }
  peaq::v2::Change change(const Situation& now) const override {
    return peaq::v2::setAuthentication(now.roles.machineRegistry, machine_, indices_);
  }

 private:
  void checkList(const DidDocument& document) const override {
    for (const evm::U256& index : indices_) {
      if (index < evm::U256(document.verificationMethods.size())) continue;
      throw inputError("INVALID_AUTHENTICATION_INDEX",
                       "index " + index.toDecimal() + " names none of the document's " +
                           std::to_string(document.verificationMethods.size()) +
                           " verification methods; nothing was sent",
                       "Count them from 0, as peaqos machine did show lists them");
    }
  }
  std::pair<std::string, std::string> wanted() const override { return {"New authentication", indicesOf(indices_)}; }

  std::vector<evm::U256> indices_;
};

class ServicesWish : public ListWish {
 public:
  ServicesWish(evm::U256 machine, std::vector<peaq::v2::ServiceEndpoint> endpoints)
      : ListWish(machine), endpoints_(std::move(endpoints)) {}

  std::string_view action() const override { return "set_service_endpoints"; }
  bool fulfilled(const Situation& now) const override { return now.machine->document.serviceEndpoints == endpoints_; }
  peaq::v2::Change change(const Situation& now) const override {
    return peaq::v2::setServiceEndpoints(now.roles.machineRegistry, machine_, endpoints_);
  }

 private:
  std::pair<std::string, std::string> wanted() const override {
    return {"New service endpoints", std::to_string(endpoints_.size())};
  }

  std::vector<peaq::v2::ServiceEndpoint> endpoints_;
};

}  // namespace

std::unique_ptr<Wish> wishMethods(evm::U256 machine, std::vector<peaq::v2::VerificationMethod> methods) {
  return std::make_unique<MethodsWish>(machine, std::move(methods));
}

std::unique_ptr<Wish> wishAuthentication(evm::U256 machine, std::vector<evm::U256> indices) {
  return std::make_unique<AuthenticationWish>(machine, std::move(indices));
}

std::unique_ptr<Wish> wishServices(evm::U256 machine, std::vector<peaq::v2::ServiceEndpoint> endpoints) {
  return std::make_unique<ServicesWish>(machine, std::move(endpoints));
}

}  // namespace peaqos::app
