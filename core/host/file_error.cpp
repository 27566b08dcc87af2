// SPDX-License-Identifier: Apache-2.0
#include "host/file_error.hpp"

#include "base/text.hpp"

namespace peaqos::host {
namespace {

struct Words {
  const char* code;
  const char* reason;
};

Words wordsFor(FileFailure failure) {
  switch (failure) {
    case FileFailure::Missing: return {"FILE_MISSING", "there is no such file"};
    case FileFailure::NotAFile: return {"NOT_A_FILE", "it is not a file"};
    case FileFailure::NotAFolder: return {"NOT_A_FOLDER", "it is not a folder"};
    case FileFailure::Denied: return {"FILE_DENIED", "permission denied"};
    case FileFailure::TooLarge: return {"FILE_TOO_LARGE", "it is too large"};
    case FileFailure::Full: return {"DISK_FULL", "the disk is full"};
    case FileFailure::Exists: return {"FILE_EXISTS", "it exists already"};
    case FileFailure::Other: break;
  }
  return {"FILE_FAILED", "it could not be read or written"};
}

}  // namespace

std::string_view reason(FileFailure failure) { return wordsFor(failure).reason; }

Error fileError(ErrorKind kind, std::string_view what, const FileError& failure) {
  const Words words = wordsFor(failure.failure);
  return {kind, words.code, std::string(what) + " '" + printable(failure.path) + "': " + words.reason};
}

}  // namespace peaqos::host
