// libcurl's functions, for the command as it is distributed: the library is loaded when the first of them is called.
// With all that it brings along, loading takes longer than everything that a command without requests does.
// SPDX-License-Identifier: Apache-2.0
#include <curl/curl.h>
#include <dlfcn.h>
#include <unistd.h>

#include <cstdarg>
#include <cstdlib>
#include <string_view>

#include "base/error.hpp"

#undef curl_easy_getinfo
#undef curl_easy_setopt

namespace {

[[noreturn]] void refuse() {
  constexpr std::string_view kText =
      "Error: libcurl.so.4 is missing or too old. Install it (Debian: apt-get install libcurl4), or use the command of "
      "the npm package: npx peaqos\n";
  const bool told = write(STDERR_FILENO, kText.data(), kText.size()) > 0;
  std::_Exit(peaqos::exitCode(told ? peaqos::ErrorKind::Configuration : peaqos::ErrorKind::Input));
}

void* find(const char* name) {
  static void* const library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  void* const found = library ? dlsym(library, name) : nullptr;
  if (!found) refuse();
  return found;
}

// The library's function of a declared one.
template <typename Function>
Function* real(Function*, const char* name) {
  return reinterpret_cast<Function*>(find(name));
}

}  // namespace

// The enumerations before the dots are libcurl's; they are passed as the integers that they are promoted to.
#pragma clang diagnostic ignored "-Wvarargs"
#define PEAQOS_REAL(function) static const auto call = real(&function, #function)

extern "C" {

CURLcode curl_global_init(long flags) {
  PEAQOS_REAL(curl_global_init);
  return call(flags);
}

CURL* curl_easy_init() {
  PEAQOS_REAL(curl_easy_init);
  return call();
}

void curl_easy_cleanup(CURL* handle) {
  PEAQOS_REAL(curl_easy_cleanup);
  call(handle);
}

void curl_easy_reset(CURL* handle) {
  PEAQOS_REAL(curl_easy_reset);
  call(handle);
}

// Of the one value that follows, an integer of 64 bits and a pointer are passed alike where this is built.
static_assert(sizeof(long) == sizeof(void*) && sizeof(curl_off_t) == sizeof(void*));

CURLcode curl_easy_setopt(CURL* handle, CURLoption option, ...) {
  PEAQOS_REAL(curl_easy_setopt);
  va_list rest;
  va_start(rest, option);
  void* const value = va_arg(rest, void*);
  va_end(rest);
  return call(handle, option, value);
}

CURLcode curl_easy_getinfo(CURL* handle, CURLINFO info, ...) {
  PEAQOS_REAL(curl_easy_getinfo);
  va_list rest;
  va_start(rest, info);
  void* const value = va_arg(rest, void*);
  va_end(rest);
  return call(handle, info, value);
}

curl_slist* curl_slist_append(curl_slist* list, const char* text) {
  PEAQOS_REAL(curl_slist_append);
  return call(list, text);
}

void curl_slist_free_all(curl_slist* list) {
  PEAQOS_REAL(curl_slist_free_all);
  call(list);
}

CURLM* curl_multi_init() {
  PEAQOS_REAL(curl_multi_init);
  return call();
}

CURLMcode curl_multi_cleanup(CURLM* multi) {
  PEAQOS_REAL(curl_multi_cleanup);
  return call(multi);
}

CURLMcode curl_multi_add_handle(CURLM* multi, CURL* handle) {
  PEAQOS_REAL(curl_multi_add_handle);
  return call(multi, handle);
}

CURLMcode curl_multi_remove_handle(CURLM* multi, CURL* handle) {
  PEAQOS_REAL(curl_multi_remove_handle);
  return call(multi, handle);
}

CURLMcode curl_multi_perform(CURLM* multi, int* running) {
  PEAQOS_REAL(curl_multi_perform);
  return call(multi, running);
}

CURLMsg* curl_multi_info_read(CURLM* multi, int* left) {
  PEAQOS_REAL(curl_multi_info_read);
  return call(multi, left);
}

CURLMcode curl_multi_poll(CURLM* multi, curl_waitfd extra[], unsigned int count, int milliseconds, int* ready) {
  PEAQOS_REAL(curl_multi_poll);
  return call(multi, extra, count, milliseconds, ready);
}

}  // extern "C"
