// A small Gas Station: 2FA with one right code, and a transfer for each request id at most.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "evm/address.hpp"
#include "support/road.hpp"
#include "support/scripted_chain.hpp"

namespace peaqos::test {

class GasStationServer : public Server {
 public:
  explicit GasStationServer(Chain& chain) : chain_(chain) {}

  Answer answer(const host::Request& request, const std::string& client) override;

  const std::string url = "http://gas.test";
  const std::string rightCode = "123456";
  evm::U256 gives = coins(2);
  bool enrolled = false;     // before the first request
  bool credits = true;       // false: the transfer is told and never arrives
  std::size_t underWay = 0;  // answers DUPLICATE_REQUEST so many times before a funding ends
  std::string refuses = {};  // a code for every funding

  // --- The truth
  std::map<std::string, evm::Address> paid;  // wallet by request id
  std::vector<std::string> requestIds;       // as they came, repeated ones too
  std::size_t paymentsTo(const evm::Address& wallet) const;

 private:
  host::Response setUp();
  host::Response confirm(const Json& body);
  host::Response fund(const Json& body);

  Chain& chain_;
};

}  // namespace peaqos::test
