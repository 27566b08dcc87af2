// The Gas Station: money for wallets that cannot pay for their first transactions (docs/protocol.md#gas-station).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/task.hpp"
#include "host/http.hpp"

namespace peaqos::peaq {

struct Enrolment {
  bool alreadyActive = false;  // 2FA was set up before; there is nothing to scan
  std::string otpauthUri;      // what an authenticator app scans; holds its secret
  std::string qrImageUrl;
};

struct FundingRequest {
  std::string owner;      // checksum address of the operator
  std::string wallet;     // checksum address of the wallet that is to be funded
  std::string chain;      // the network's alias: "peaq", "agung"
  std::string code;       // TOTP
  std::string requestId;  // UUID: the server pays at most once for it
};

enum class FundingOutcome {
  Funded,      // `transaction` is the transfer's hash
  Processed,   // an earlier request with this id was paid
  Sufficient,  // the wallet holds enough already
  InProgress,  // an earlier request with this id is under way: ask again
  CodeWrong,   // the TOTP is expired or wrong: the same request may be sent with another one
  Refused,     // definitely not paid
};

struct Funding {
  FundingOutcome outcome;
  std::string transaction = {};
  std::string code = {};  // the server's word for everything but success
};

class GasStation {
 public:
  GasStation(host::HttpClient& http, std::string baseUrl) : http_(http), baseUrl_(std::move(baseUrl)) {}

  // Starts 2FA for an owner. Throws Error for a refusal; Network for what is no answer.
  Task<Enrolment> setUp(std::string owner);

  // Activates 2FA; false when the code was expired or wrong. Throws as setUp().
  Task<bool> confirm(std::string owner, std::string code);

  // Asks for money. Throws Error (Network) when it is unknown whether the server paid or will: a transport failure, a
  // 5xx without a known code, or a malformed answer. The same requestId must then be used again (decision 13).
  Task<Funding> fund(FundingRequest request);

  // What a user is told of a refusal.
  static Error refusal(const std::string& code, const std::string& requestId = {});

 private:
  struct Answer {
    int status;
    Json body;
    std::string code;
  };
  Task<Answer> post(std::string path, Json body);
  Error unexpected(const std::string& why) const;

  host::HttpClient& http_;
  std::string baseUrl_;
};

}  // namespace peaqos::peaq
