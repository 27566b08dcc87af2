// Normalisation of Unicode for the native host.
// SPDX-License-Identifier: Apache-2.0
#include <utf8proc.h>

#include <cstdlib>
#include <memory>
#include <new>

#include "posix_host.hpp"

namespace peaqos::native {

Secret Utf8procNormalizer::normalize(BytesView text, host::UnicodeForm form) {
  const int way = form == host::UnicodeForm::Composed ? UTF8PROC_COMPOSE : UTF8PROC_DECOMPOSE;
  std::uint8_t* mapped = nullptr;
  const utf8proc_ssize_t length = utf8proc_map(text.data(), static_cast<utf8proc_ssize_t>(text.size()), &mapped,
                                               static_cast<utf8proc_option_t>(UTF8PROC_STABLE | way));
  const std::unique_ptr<std::uint8_t, void (*)(void*)> owned(mapped, &std::free);
  if (length == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc();
  if (length < 0) return Secret(text);
  const std::span<std::uint8_t> result(mapped, static_cast<std::size_t>(length));
  Secret out{BytesView(result)};
  wipe(result);
  return out;
}

}  // namespace peaqos::native
