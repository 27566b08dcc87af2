// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/did_file.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "base/error.hpp"
#include "base/strict_json.hpp"
#include "base/text.hpp"

namespace peaqos::peaq::v2 {
namespace {

constexpr std::string_view kDocument[] = {"verificationMethods", "authentication", "serviceEndpoints"};
constexpr std::string_view kMethod[] = {"id", "methodType", "controller", "publicKeyMultibase"};
constexpr std::string_view kEndpoint[] = {"id", "serviceType", "serviceEndpoint"};

std::string listOf(std::span<const std::string_view> names) {
  return join(std::vector<std::string>(names.begin(), names.end()), ", ");
}

class DidFile {
 public:
  explicit DidFile(const std::string& what) : what_(what) {}

  Json parse(std::string_view text) const {
    StrictJson read = readStrictJson(text);
    if (read.value) return std::move(*read.value);
    if (!read.repeated.empty()) throw bad(printable(read.repeated) + " is there twice", "Keep one of them");
    throw bad("it is not JSON", "Give a JSON text in UTF-8 without a byte order mark");
  }

  DidDocument document(const Json& root) const {
    for (const char* made : {"id", "controller"}) {
      if (!findMember(root, made)) continue;
      throw bad(std::string(made) + " is not given by the file: the contract and the key that signs make it",
                "Leave it out; the file has " + listOf(kDocument));
    }
    checkMembers(root, "", kDocument);
    DidDocument document;
    document.verificationMethods = methods(root["verificationMethods"], "verificationMethods");
    document.authentication = authentication(root["authentication"], document.verificationMethods.size());
    document.serviceEndpoints = endpoints(root["serviceEndpoints"], "serviceEndpoints");
    return document;
  }

  std::vector<VerificationMethod> methods(const Json& array, const std::string& path) const {
    std::vector<VerificationMethod> methods;
    checkArray(array, path);
    for (std::size_t i = 0; i < array.size(); ++i) {
      const std::string at = path + "[" + std::to_string(i) + "]";
      checkMembers(array[i], at, kMethod);
      methods.push_back({.id = text(array[i], at, "id"),
                         .methodType = text(array[i], at, "methodType"),
                         .controller = address(array[i], at),
                         .publicKeyMultibase = text(array[i], at, "publicKeyMultibase")});
    }
    return methods;
  }

  std::vector<ServiceEndpoint> endpoints(const Json& array, const std::string& path) const {
    std::vector<ServiceEndpoint> endpoints;
    checkArray(array, path);
    for (std::size_t i = 0; i < array.size(); ++i) {
      const std::string at = path + "[" + std::to_string(i) + "]";
      checkMembers(array[i], at, kEndpoint);
      endpoints.push_back({.id = text(array[i], at, "id"),
                           .serviceType = text(array[i], at, "serviceType"),
                           .serviceEndpoint = text(array[i], at, "serviceEndpoint")});
    }
    return endpoints;
  }

 private:
  Error bad(const std::string& problem, std::string hint) const {
    return inputError("BAD_DID_DOCUMENT", what_ + ": " + problem, std::move(hint));
  }

  void checkArray(const Json& value, const std::string& path) const {
    if (!value.is_array())
      throw bad((path.empty() ? "it" : path) + " is not an array", "Give an array; it may be empty");
  }

  void checkMembers(const Json& value, const std::string& path, std::span<const std::string_view> names) const {
    if (!value.is_object()) throw bad((path.empty() ? "it" : path) + " is not an object", "Give " + listOf(names));
    const std::string prefix = path.empty() ? "" : path + ".";
    for (const auto& [name, member] : value.items()) {
      if (std::ranges::find(names, name) != names.end()) continue;
      throw bad(printable(prefix + name) + " is no member of it", "Its members: " + listOf(names));
    }
    for (const std::string_view name : names) {
      if (findMember(value, name)) continue;
      throw bad(prefix + std::string(name) + " is missing", "Its members: " + listOf(names));
    }
  }

  std::string text(const Json& object, const std::string& path, const char* name) const {
    const Json& value = object[name];
    if (value.is_string() && !value.get_ref<const std::string&>().empty()) return value.get<std::string>();
    throw bad(path + "." + name + " is not a text with at least one character", "Give a text");
  }

  evm::Address address(const Json& method, const std::string& path) const {
    const auto address = evm::parseAddress(textOrEmpty(method, "controller"));
    if (address) return *address;
    throw bad(path + ".controller is not an address", "Give 0x and 40 hexadecimal digits");
  }

  std::vector<evm::U256> authentication(const Json& array, std::size_t methods) const {
    std::vector<evm::U256> indices;
    checkArray(array, "authentication");
    for (std::size_t i = 0; i < array.size(); ++i) {
      const auto index = toUint64(array[i]);
      const std::string at = "authentication[" + std::to_string(i) + "]";
      if (!index) throw bad(at + " is not a whole number from 0", "Give indices into verificationMethods");
      if (*index >= methods) {
        throw bad(at + " is " + std::to_string(*index) + ", and there are " + std::to_string(methods) +
                      " verificationMethods",
                  "The first one has index 0");
      }
      indices.emplace_back(*index);
    }
    return indices;
  }

  const std::string& what_;
};

}  // namespace

DidDocument readDidFile(std::string_view text, const std::string& what) {
  const DidFile file(what);
  return file.document(file.parse(text));
}

std::vector<VerificationMethod> readMethodsFile(std::string_view text, const std::string& what) {
  const DidFile file(what);
  return file.methods(file.parse(text), "");
}

std::vector<ServiceEndpoint> readEndpointsFile(std::string_view text, const std::string& what) {
  const DidFile file(what);
  return file.endpoints(file.parse(text), "");
}

std::string didFileOf(const DidDocument& document) {
  Json file{
      {"verificationMethods", Json::array()}, {"authentication", Json::array()}, {"serviceEndpoints", Json::array()}};
  for (const VerificationMethod& method : document.verificationMethods) {
    file["verificationMethods"].push_back({{"id", method.id},
                                           {"methodType", method.methodType},
                                           {"controller", evm::toChecksum(method.controller)},
                                           {"publicKeyMultibase", method.publicKeyMultibase}});
  }
  for (const evm::U256& index : document.authentication) file["authentication"].push_back(evm::toJson(index));
  for (const ServiceEndpoint& endpoint : document.serviceEndpoints) {
    file["serviceEndpoints"].push_back(
        {{"id", endpoint.id}, {"serviceType", endpoint.serviceType}, {"serviceEndpoint", endpoint.serviceEndpoint}});
  }
  return dumpUtf8(file) + "\n";
}

}  // namespace peaqos::peaq::v2
