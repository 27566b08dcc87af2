// A small Machine Market: it sells one service, checks payments on the simulated chain, and keeps the truth of what it
// was made to do. What it assumes of the real one stands in devnet/src/services/orchestration/assumptions.mjs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "support/road.hpp"
#include "support/scripted_chain.hpp"

namespace peaqos::test {

// An ERC-20 token, of which the simulated chain knows the transfers alone: a balance is what was given to somebody less
// what the blocks say that went from there.
class Token {
 public:
  Token(Chain& chain, const evm::Address& address, unsigned decimals);

  const evm::Address address;
  std::map<evm::Address, evm::U256> given;  // units
  bool paused = false;                      // transfers revert

  static Bytes transfer(const evm::Address& to, const evm::U256& units);

 private:
  CallResult call(const Call& call) const;
  evm::U256 balanceOf(const evm::Address& account) const;

  Chain& chain_;
  unsigned decimals_;
};

// What a service costs, and how it is paid.
struct Offer {
  std::string rail = "wdk-usdt-transfer";  // "not-required", "external", "onchain-escrow", ...
  Json amount = 5;
  std::string currency = "USDT";
  Json chain = "eip155:3338";
  Json token = "USDT";
  Json tokenAddress = nullptr;
  Json payer = nullptr;  // addresses
  Json payee = nullptr;
  Json escrow = nullptr;
  Json metadata = Json::object();

  bool free() const { return rail == "not-required" || rail == "external"; }
  evm::Address recipient() const;
};

class MarketServer : public Server {
 public:
  MarketServer(World& world, Chain& chain, std::string endpoint = "http://market.test");

  Answer answer(const host::Request& request, const std::string& client) override;

  const std::string url;
  Offer offer;  // of the orders to come
  bool checksPayments = true;
  bool oneAPage = false;  // the list of orders has one order a page
  // What is refused with which code, by method and end of path: {"POST /execute", {410, "QUOTE_EXPIRED"}}.
  struct Refused {
    int status;
    const char* code;
  };
  std::map<std::string, Refused> refuses;

  // --- The truth

  struct Order {
    Json shown;                       // as the API shows it
    Json payment = nullptr;           // its record; null without one
    Offer offer;                      // what it was made for
    std::vector<std::string> paidBy;  // transactions that were taken for it: one at most
    std::vector<Json> executed;       // inputs of the work that was done: one at most
    const std::string& id() const { return shown.at("id").get_ref<const std::string&>(); }
    std::string status() const { return shown.at("status").get<std::string>(); }
  };
  std::deque<Order> orders;   // oldest first
  std::vector<Json> created;  // bodies of the requests that made them

  std::size_t executions() const;
  std::size_t proofs() const;

 private:
  Json list(const std::string& url) const;
  Json create(const Json& body);
  Json intent(Order& order);
  Json prove(Order& order, const Json& body);
  Json execute(Order& order, const Json& body);
  Json route(const host::Request& request, const Json& body);
  Order& find(const std::string& id);
  void checkPayment(const Order& order, const std::string& hash) const;
  std::string now() const;

  World& world_;
  Chain& chain_;
  std::set<std::string> taken_;  // transactions that paid for an order
};

}  // namespace peaqos::test
