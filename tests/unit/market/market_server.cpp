// SPDX-License-Identifier: Apache-2.0
#include "market/market_server.hpp"

#include <algorithm>
#include <utility>

#include "base/time.hpp"
#include "evm/abi.hpp"
#include "market/amounts.hpp"
#include "support/calldata.hpp"

namespace peaqos::test {

using evm::AbiReader;
using evm::Address;
using evm::U256;

// --- The token

namespace {

constexpr char kTransferCall[] = "transfer(address,uint256)";

}  // namespace

Token::Token(Chain& chain, const Address& at, unsigned decimals) : address(at), chain_(chain), decimals_(decimals) {
  chain.setContract(address, [this](const Call& asked) { return call(asked); });
}

Bytes Token::transfer(const Address& to, const U256& units) { return evm::encodeCall(kTransferCall, {to, units}); }

U256 Token::balanceOf(const Address& account) const {
  const auto found = given.find(account);
  U256 balance = found == given.end() ? U256() : found->second;
  for (std::uint64_t number = 0; number < chain_.size(); ++number) {
    for (const Mined& mined : chain_.block(number)->transactions) {
      const auto& [content, sender, hash, raw] = mined.transaction;
      if (!mined.succeeded || content.to != address || !calls(content.data, kTransferCall)) continue;
      const AbiReader arguments = argumentsOf(content.data);
      const U256 units = arguments.uint256(1).value();
      if (sender == account) balance = balance - units;
      if (arguments.address(0) == account) balance = balance + units;
    }
  }
  return balance;
}

CallResult Token::call(const Call& asked) const {
  if (calls(asked.data, "decimals()")) return {.output = evm::encodeArguments({decimals_})};
  if (calls(asked.data, "balanceOf(address)")) {
    return {.output = evm::encodeArguments({balanceOf(argumentsOf(asked.data).address(0).value())})};
  }
  if (!calls(asked.data, kTransferCall)) return revertWith("no such function");
  if (paused) return revertWith("paused");
  if (balanceOf(asked.from) < argumentsOf(asked.data).uint256(1).value()) return revertWith("transfer exceeds balance");
  return {.output = evm::encodeArguments({U256(1)})};
}

// --- The market

namespace {

constexpr int kOk = 200, kBadRequest = 400, kUnauthorized = 401, kPaymentRequired = 402, kNotFound = 404,
              kConflict = 409, kUnprocessable = 422;
constexpr char kOrders[] = "/api/v1/market/orders";

Json recommendation(const Offer& offer) {
  return {{"defaultRail", offer.rail},
          {"supportedRails", Json::array({offer.rail})},
          {"required", !offer.free()},
          {"notes", Json::array()},
          {"chain", offer.chain},
          {"token", offer.token},
          {"tokenAddress", offer.tokenAddress},
          {"payerAddress", offer.payer},
          {"payeeAddress", offer.payee}};
}

bool has(const host::Request& request, const char* header) {
  return !host::findHeader(request.headers, header).value_or("").empty();
}

}  // namespace

Address Offer::recipient() const {
  return evm::parseAddress((escrow.is_null() ? payee : escrow).get<std::string>()).value();
}

MarketServer::MarketServer(World& world, Chain& chain, std::string endpoint)
    : url(std::move(endpoint)), world_(world), chain_(chain) {
  world.network.serve(url, *this);
}

std::size_t MarketServer::executions() const {
  std::size_t count = 0;
  for (const Order& order : orders) count += order.executed.size();
  return count;
}

std::size_t MarketServer::proofs() const {
  std::size_t count = 0;
  for (const Order& order : orders) count += order.paidBy.size();
  return count;
}

std::string MarketServer::now() const {
  return formatTime(std::chrono::duration_cast<seconds>(world_.wall + world_.loop.now()).count());
}

MarketServer::Order& MarketServer::find(const std::string& id) {
  const auto found = std::ranges::find(orders, id, &Order::id);
  if (found == orders.end()) throw Refused{kNotFound, "NOT_FOUND"};
  return *found;
}

// Newest first; a cursor is the place of the next one.
Json MarketServer::list(const std::string& asked) const {
  Json items = Json::array();
  for (auto order = orders.rbegin(); order != orders.rend(); ++order) items.push_back(order->shown);
  if (!oneAPage) return {{"items", std::move(items)}, {"nextCursor", nullptr}};
  const std::size_t at = asked.find("cursor=");
  const std::size_t place = at == std::string::npos ? 0 : std::stoul(asked.substr(at + 7));
  Json page = place < items.size() ? Json::array({items[place]}) : Json::array();
  return {{"items", std::move(page)},
          {"nextCursor", place + 1 < items.size() ? Json(std::to_string(place + 1)) : Json(nullptr)}};
}

Json MarketServer::create(const Json& body) {
  created.push_back(body);
  Order order{
      .shown = {{"id", "ord-" + std::to_string(orders.size() + 1)}}, .offer = offer, .paidBy = {}, .executed = {}};
  for (const char* name : {"machineId", "agentPairingId", "serviceId", "searchId", "quoteId", "operation", "budget"}) {
    order.shown[name] = body.contains(name) ? body[name] : Json(nullptr);
  }
  order.shown.update({{"skillKey", "prices"},
                      {"providerKey", "provider"},
                      {"serviceType", "data"},
                      {"executionMode", "native"},
                      {"integrationStatus", "ready"},
                      {"status", offer.free() ? "ready" : "payment_pending"},
                      {"input", body.contains("input") ? body["input"] : Json::object()},
                      {"payment", recommendation(offer)},
                      {"createdAt", now()},
                      {"updatedAt", now()}});
  orders.push_back(std::move(order));
  if (offer.rail == "external") intent(orders.back());
  return {{"item", orders.back().shown}};
}

Json MarketServer::intent(Order& order) {
  const Offer& terms = order.offer;
  if (order.payment.is_null()) {
    order.payment = {{"id", "pay-" + order.id()},
                     {"orderId", order.id()},
                     {"machineId", order.shown["machineId"]},
                     {"status", terms.free() ? "not_required" : "intent_created"},
                     {"rail",
                      {{"type", terms.rail},
                       {"chain", terms.chain},
                       {"token", terms.token},
                       {"tokenAddress", terms.tokenAddress},
                       {"payerAddress", terms.payer},
                       {"payeeAddress", terms.payee},
                       {"escrowAddress", terms.escrow},
                       {"metadata", terms.metadata}}},
                     {"notes", Json::array()},
                     {"createdAt", now()},
                     {"updatedAt", now()},
                     {"amount", terms.free() ? Json(nullptr) : terms.amount},
                     {"currency", terms.free() ? Json(nullptr) : Json(terms.currency)}};
  }
  return {{"item", order.payment}};
}

// A transaction pays if it is mined, has succeeded, and moves that much from and to those accounts.
void MarketServer::checkPayment(const Order& order, const std::string& hash) const {
  const auto digits = fromHexExactly<32>(hash);
  const auto location = digits ? chain_.find(*digits) : std::nullopt;
  if (!location) throw Refused{kConflict, "PAYMENT_NOT_MINED"};
  if (!location->mined().succeeded) throw Refused{kUnprocessable, "PAYMENT_TX_FAILED"};
  const auto& content = location->mined().transaction.content;
  constexpr unsigned kDecimals = 6;
  const U256 units = market::toUnits(order.offer.amount, kDecimals).value();
  if (content.data != Token::transfer(order.offer.recipient(), units)) {
    throw Refused{kUnprocessable, "PAYMENT_TRANSFER_NOT_FOUND"};
  }
}

Json MarketServer::prove(Order& order, const Json& body) {
  if (order.payment.is_null()) throw Refused{kNotFound, "NOT_FOUND"};
  const std::string hash = textOrEmpty(body, "transactionHash");
  if (!order.paidBy.empty()) {
    if (order.paidBy[0] != hash) throw Refused{kBadRequest, "VALIDATION_ERROR"};
    return {{"item", order.payment}};
  }
  if (checksPayments) checkPayment(order, hash);
  if (!taken_.insert(hash).second) throw Refused{kUnprocessable, "PAYMENT_TRANSFER_NOT_FOUND"};
  order.paidBy.push_back(hash);
  order.payment["status"] = "held";
  order.payment["rail"]["metadata"]["proof"] = body;
  order.shown["status"] = "ready";
  return {{"item", order.payment}};
}

// Asked again, it tells what came of the first time.
Json MarketServer::execute(Order& order, const Json& body) {
  if (order.status() == "payment_pending") throw Refused{kPaymentRequired, "PAYMENT_REQUIRED"};
  if (order.status() == "cancelled") throw Refused{kConflict, "ORDER_CLOSED"};
  if (order.executed.empty()) {
    order.executed.push_back(body.contains("input") ? body["input"] : order.shown["input"]);
    order.shown["status"] = "delivered";
  }
  Json common{{"skillKey", "prices"}, {"serviceId", order.shown["serviceId"]}, {"executionMode", "native"}};
  Json outcome{{"id", "out-" + order.id()}, {"status", "completed"}, {"result", {{"price", 1}}}};
  outcome.update(common);
  return {
      {"order", order.shown},
      {"execution",
       {{"statusCode", kOk}, {"run", {{"id", "run-" + order.id()}, {"status", "completed"}}}, {"outcome", outcome}}}};
}

Json MarketServer::route(const host::Request& request, const Json& body) {
  const std::string path = pathOf(request.url);
  const bool reads = request.method == "GET";
  if (!has(request, reads ? "x-api-key" : "x-agent-pairing-token")) throw Refused{kUnauthorized, "AUTH_REQUIRED"};
  for (const auto& [what, refused] : refuses) {
    if ((request.method + " " + path).starts_with(what.substr(0, what.find(' ') + 1)) &&
        path.ends_with(what.substr(what.find(' ') + 1))) {
      throw refused;
    }
  }
  if (path == kOrders) return reads ? list(request.url) : create(body);
  if (!path.starts_with(std::string(kOrders) + "/")) throw Refused{kNotFound, "NOT_FOUND"};
  const std::string rest = path.substr(sizeof kOrders);
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  Order& order = find(rest.substr(0, slash));
  const std::string verb = rest.substr(slash);
  if (reads && verb.empty()) return {{"item", order.shown}};
  if (reads && verb == "/payment") return {{"item", order.payment}};
  if (verb == "/payment-intent") return intent(order);
  const bool escrow = order.offer.rail == "onchain-escrow";
  if (verb == (escrow ? "/payment/escrow-lock" : "/payment-proof")) return prove(order, body);
  if (verb == "/execute") return execute(order, body);
  throw Refused{kNotFound, "NOT_FOUND"};
}

Answer MarketServer::answer(const host::Request& request, const std::string&) {
  try {
    return {.outcome = jsonAnswer(kOk, route(request, parseJson(asText(request.body)).value_or(Json::object())))};
  } catch (const Refused& refused) {
    return {.outcome = jsonAnswer(refused.status,
                                  {{"error", {{"code", refused.code}, {"message", "refused by the market"}}}})};
  }
}

}  // namespace peaqos::test
