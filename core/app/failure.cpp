// SPDX-License-Identifier: Apache-2.0
#include "app/failure.hpp"

#include <new>
#include <utility>

#include "host/file_error.hpp"
#include "host/host.hpp"
#include "peaq/mcr_refusal.hpp"

namespace peaqos::app {

Error errorFrom(std::exception_ptr thrown) {
  try {
    std::rethrow_exception(std::move(thrown));
  } catch (const Error& error) {
    return error;
  } catch (const host::FileError& failure) {
    return host::fileError(ErrorKind::Input, "file", failure);
  } catch (const host::BrokenPipe&) {
    throw;
  } catch (const std::bad_alloc&) {
    return inputError("OUT_OF_MEMORY", "not enough memory for this input", "Give a smaller file");
  } catch (...) {
    return networkError("INTERNAL", "something unforeseen went wrong", "Run with -v and report what you did");
  }
}

Json toJson(const Error& error) {
  return {{"code", error.code}, {"kind", name(error.kind)}, {"message", error.message},
          {"hint", error.hint}, {"sent", name(error.sent)}, {"hashes", error.hashes}};
}

Json withContext(Json error, std::exception_ptr thrown) {
  try {
    std::rethrow_exception(std::move(thrown));
  } catch (const peaq::McrRefusal& refusal) {
    error["context"] = refusal.context;
  } catch (...) {
    return error;  // nothing more is known of it
  }
  return error;
}

Error errorFrom(std::exception_ptr thrown, const SendRecord& sent) {
  Error error = errorFrom(std::move(thrown));
  sent.stamp(error);
  return error;
}

}  // namespace peaqos::app
