// The way of HTTP requests to their servers, where any of them can go wrong.
//
//   Road road(world);
//   road.lead("http://market.test/", market);
//   road.spoil({.mishap = Mishap::ResetAfter, .method = "POST", .path = "/execute"});  // the first such request
//   road.spoilNth(7, Mishap::TimeoutBefore);                                           // whichever that is
//
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "support/fake_host.hpp"
#include "support/fake_network.hpp"

namespace peaqos::test {

// "Before": the server never hears of the request. "After": it does what it was asked for, and its answer is lost.
enum class Mishap : std::uint8_t {
  Refused,
  ResetBefore,
  ResetAfter,
  TimeoutBefore,
  TimeoutAfter,
  ErrorBefore,  // HTTP 500 of a server in front
  ErrorAfter,   // HTTP 502 of it
  Busy,         // HTTP 429 of it, without Retry-After
  Rubbish,      // HTTP 200 with a page of HTML, before the work
};
inline constexpr Mishap kMishaps[] = {Mishap::Refused,       Mishap::ResetBefore,  Mishap::ResetAfter,
                                      Mishap::TimeoutBefore, Mishap::TimeoutAfter, Mishap::ErrorBefore,
                                      Mishap::ErrorAfter,    Mishap::Busy,         Mishap::Rubbish};
const char* name(Mishap mishap);

class Road : public Server {
 public:
  explicit Road(World& world) : world_(world) {}

  // Requests to URLs that begin so pass here on their way to the server.
  void lead(std::string urlPrefix, Server& server);

  // From the `skip`th match on, so many times. A path matches where the URL's ends with it, its query aside.
  struct Spoil {
    Mishap mishap;
    std::string method = {};  // any
    std::string path = {};    // any
    std::size_t skip = 0, times = 1;
  };
  void spoil(Spoil spoil) { spoils_.push_back(std::move(spoil)); }
  // Of all requests from now on the nth, counted from 1.
  void spoilNth(std::size_t nth, Mishap mishap) { spoil({.mishap = mishap, .skip = nth - 1}); }
  void clear() { spoils_.clear(); }

  // "POST /market/orders" and so on, in order.
  std::vector<std::string> passed;

  Answer answer(const host::Request& request, const std::string& client) override;

 private:
  std::optional<Mishap> mishapOf(const host::Request& request);

  World& world_;
  std::map<std::string, Server*> servers_;
  std::vector<Spoil> spoils_;
};

// The path of a URL, without its query.
std::string pathOf(const std::string& url);

host::Response jsonAnswer(int status, const Json& body);

}  // namespace peaqos::test
