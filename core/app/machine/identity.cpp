// SPDX-License-Identifier: Apache-2.0
#include "app/machine/identity.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "peaq/v2/machine_id.hpp"

namespace peaqos::app {

std::string checkMachineType(const std::string& text, const std::string& field) {
  if (trim(text).empty())
    throw inputError("BAD_FIELD", field + " is empty", "Say what kind of machine it is, e.g. Sensor");
  if (trim(text).size() != text.size()) {
    throw inputError("BAD_FIELD", field + " begins or ends with a blank: '" + printable(text) + "'",
                     "Leave the blanks out: the machine's ID depends on every byte");
  }
  if (!isValidUtf8(text)) throw inputError("BAD_FIELD", field + " is not valid UTF-8", "Write it in UTF-8");
  return text;
}

Bytes checkCredentialSubject(const std::string& text, const std::string& field) {
  auto bytes = text.starts_with("0x") ? fromHex(text) : std::nullopt;
  if (text == "0x") bytes = Bytes();
  if (bytes) return *bytes;
  throw inputError("BAD_FIELD", field + " is not hexadecimal: '" + printable(text) + "'",
                   "Give 0x and an even number of digits, such as the device's public key");
}

Json machineIdentity(std::string machineType, std::string credentialSubject, const Caller& caller) {
  const std::string type = checkMachineType(machineType, caller.fieldName("machine-type"));
  const Bytes subject = checkCredentialSubject(credentialSubject, caller.fieldName("credential-subject-hex"));
  const evm::U256 id = peaq::v2::machineIdOf(type, subject);
  return {{"machine_id", id.toDecimal()},
          {"hex", toHex0x(id.toWord())},
          {"did", peaq::v2::machineDid(id)},
          {"machine_type", type},
          {"credential_subject", toHex0x(subject)}};
}

}  // namespace peaqos::app
