// The fields of an activation, wherever they were written: flags, members of a request, columns of a file. Each
// generation takes its own of them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "app/machine/activate.hpp"
#include "peaq/deployment.hpp"
#include "peaq/v2/activation.hpp"

namespace peaqos::app {

// As given; a field that was not given is empty.
struct ActivateMachineRequest {
  // Of the first generation; in the second the three are service endpoints where no document is given.
  std::optional<std::string> docUrl = {}, dataApi = {}, visibility = {};
  // Of both, with different meanings: in the first the operator signs and pays, in the second the machine does.
  std::optional<std::string> machine = {};
  std::optional<Secret> machineKey = {};
  std::string machineKeySource = {};
  bool skipFunding = false;
  // Of the second.
  std::optional<std::string> machineType = {}, credentialSubject = {}, manufacturer = {}, tier = {}, payment = {},
                             slippageBps = {};
  std::optional<std::string> didDocument = {};  // the file's text
  std::string didDocumentSource = {};           // what messages call the file
  bool dryRun = false;
  bool yes = false;  // consent, beforehand
};

// Throws Error (Input) "OTHER_GENERATION" for fields of the second generation, which names the record that takes them.
void refuseSecondFields(const ActivateMachineRequest& request, const peaq::Deployment& deployment,
                        const Caller& caller);

// What the first generation makes of them. Throws as refuseSecondFields(), and Error (Input) "USAGE" or "MISSING_FIELD"
// for one that is missing.
ActivateRequest firstFields(ActivateMachineRequest request, const peaq::Deployment& deployment, const Caller& caller);

// What the second makes of them; a type that is missing is left empty. Throws Error (Input) "BAD_FIELD",
// "MISSING_FIELD".
peaq::v2::ActivationRequest secondFields(const ActivateMachineRequest& request, const evm::Address& owner,
                                         const evm::Address& controller, const Caller& caller);

// Throws Error (Input) "BAD_FIELD" for what is no type of a machine.
void checkMachineType(const std::string& type, const Caller& caller);

}  // namespace peaqos::app
