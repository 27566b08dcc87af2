// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/usual_document.hpp"

namespace peaqos::peaq::v2 {

DidDocument usualDocument(const evm::Address& account, const PublishedUrls& published) {
  DidDocument document;
  document.verificationMethods.push_back({.id = "#key-1",
                                          .methodType = "EcdsaSecp256k1RecoveryMethod2020",
                                          .controller = account,
                                          .publicKeyMultibase = evm::toChecksum(account)});
  document.authentication.emplace_back(0);
  const auto publish = [&](const char* id, const char* type, const std::string& value) {
    if (value.empty()) return;
    document.serviceEndpoints.push_back({.id = id, .serviceType = type, .serviceEndpoint = value});
  };
  publish("#documentation", "Documentation", published.documentation);
  publish("#data-api", "DataApi", published.dataApi);
  publish("#data-visibility", "DataVisibility", published.visibility);
  return document;
}

}  // namespace peaqos::peaq::v2
