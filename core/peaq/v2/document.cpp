// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/document.hpp"

#include <utility>

#include "peaq/v2/document_arguments.hpp"

namespace peaqos::peaq::v2 {
namespace {

using evm::AbiReader;
using evm::AbiValue;

// Reads parts of a document; after one that does not fit, everything else is nothing as well.
class DocumentReading {
 public:
  explicit DocumentReading(std::size_t size) : left_(size) {}

  std::string text(const AbiReader& tuple, std::size_t index) {
    const auto bytes = tuple.dynamicBytes(index);
    return bytes && take(bytes->size()) ? asText(*bytes) : refuse<std::string>();
  }

  evm::Address address(const AbiReader& tuple, std::size_t index) {
    const auto found = tuple.address(index);
    return found ? *found : refuse<evm::Address>();
  }

  template <typename Item, typename Read>
  std::vector<Item> list(const AbiReader& tuple, std::size_t index, Read read) {
    std::vector<Item> items;
    const auto array = tuple.array(index);
    if (!array || !take(array->size)) return refuse<std::vector<Item>>();
    for (std::size_t i = 0; ok_ && i < array->size; ++i) items.push_back(read(array->items, i));
    return items;
  }

  AbiReader tuple(const AbiReader& within, std::size_t index) {
    const auto found = within.tuple(index);
    if (!found) ok_ = false;
    return found ? *found : AbiReader(BytesView());
  }

  evm::U256 number(const AbiReader& within, std::size_t index) {
    const auto found = within.uint256(index);
    return found ? *found : refuse<evm::U256>();
  }

  bool ok() const { return ok_; }

 private:
  template <typename Part>
  Part refuse() {
    ok_ = false;
    return {};
  }

  // What is read cannot exceed what there is, unless its parts overlap.
  bool take(std::size_t size) {
    if (size > left_) ok_ = false;
    if (ok_) left_ -= size;
    return ok_;
  }

  std::size_t left_;
  bool ok_ = true;
};

VerificationMethod methodFrom(DocumentReading& reading, const AbiReader& list, std::size_t index) {
  const AbiReader tuple = reading.tuple(list, index);
  return {.id = reading.text(tuple, 0),
          .methodType = reading.text(tuple, 1),
          .controller = reading.address(tuple, 2),
          .publicKeyMultibase = reading.text(tuple, 3)};
}

ServiceEndpoint endpointFrom(DocumentReading& reading, const AbiReader& list, std::size_t index) {
  const AbiReader tuple = reading.tuple(list, index);
  return {
      .id = reading.text(tuple, 0), .serviceType = reading.text(tuple, 1), .serviceEndpoint = reading.text(tuple, 2)};
}

std::vector<VerificationMethod> readMethods(DocumentReading& reading, const AbiReader& tuple, std::size_t index) {
  return reading.list<VerificationMethod>(
      tuple, index, [&](const AbiReader& list, std::size_t i) { return methodFrom(reading, list, i); });
}

std::vector<evm::U256> readAuthentication(DocumentReading& reading, const AbiReader& tuple, std::size_t index) {
  return reading.list<evm::U256>(tuple, index,
                                 [&](const AbiReader& list, std::size_t i) { return reading.number(list, i); });
}

std::vector<ServiceEndpoint> readEndpoints(DocumentReading& reading, const AbiReader& tuple, std::size_t index) {
  return reading.list<ServiceEndpoint>(
      tuple, index, [&](const AbiReader& list, std::size_t i) { return endpointFrom(reading, list, i); });
}

// An array that stands for itself.
template <typename List>
std::optional<List> alone(BytesView arguments, std::size_t index,
                          List (*read)(DocumentReading& reading, const AbiReader& tuple, std::size_t index)) {
  DocumentReading reading(arguments.size());
  List list = read(reading, AbiReader(arguments), index);
  return reading.ok() ? std::optional(std::move(list)) : std::nullopt;
}

}  // namespace

AbiValue toAbi(const std::vector<VerificationMethod>& methods) {
  std::vector<AbiValue> items;
  for (const VerificationMethod& method : methods) {
    items.push_back(AbiValue::tuple({std::string_view(method.id), std::string_view(method.methodType),
                                     method.controller, std::string_view(method.publicKeyMultibase)}));
  }
  return items;
}

AbiValue toAbi(const std::vector<evm::U256>& authentication) {
  return std::vector<AbiValue>(authentication.begin(), authentication.end());
}

AbiValue toAbi(const std::vector<ServiceEndpoint>& endpoints) {
  std::vector<AbiValue> items;
  for (const ServiceEndpoint& endpoint : endpoints) {
    items.push_back(AbiValue::tuple({std::string_view(endpoint.id), std::string_view(endpoint.serviceType),
                                     std::string_view(endpoint.serviceEndpoint)}));
  }
  return items;
}

AbiValue toAbi(const DidDocument& document) {
  return AbiValue::tuple({std::string_view(document.id), document.controller, toAbi(document.verificationMethods),
                          toAbi(document.authentication), toAbi(document.serviceEndpoints)});
}

std::optional<DidDocument> documentFrom(BytesView encoded) { return documentAt(encoded, 0); }

std::optional<DidDocument> documentAt(BytesView arguments, std::size_t index) {
  DocumentReading reading(arguments.size());
  const AbiReader tuple = reading.tuple(AbiReader(arguments), index);
  DidDocument document{.id = reading.text(tuple, 0),
                       .controller = reading.address(tuple, 1),
                       .verificationMethods = readMethods(reading, tuple, 2),
                       .authentication = readAuthentication(reading, tuple, 3),
                       .serviceEndpoints = readEndpoints(reading, tuple, 4)};
  return reading.ok() ? std::optional(std::move(document)) : std::nullopt;
}

std::optional<std::vector<VerificationMethod>> methodsAt(BytesView arguments, std::size_t index) {
  return alone(arguments, index, readMethods);
}

std::optional<std::vector<evm::U256>> authenticationAt(BytesView arguments, std::size_t index) {
  return alone(arguments, index, readAuthentication);
}

std::optional<std::vector<ServiceEndpoint>> endpointsAt(BytesView arguments, std::size_t index) {
  return alone(arguments, index, readEndpoints);
}

}  // namespace peaqos::peaq::v2
