// SPDX-License-Identifier: Apache-2.0
#include "app/settings/env_file.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "support/fake_host.hpp"

namespace peaqos::app {
namespace {

using test::DiskOperation;

struct EnvPlace {
  test::World world;
  test::FakeHost host{world};
  EnvFile file{host.files};
  std::string path = host.folder + "/.env";

  ErrorKind kindOfWrite(std::string_view text, unsigned mode = EnvFile::kPrivate) {
    const Secret content(asBytes(text));
    try {
      host.run(file.write(content, mode));
    } catch (const Error& error) {
      return error.kind;
    }
    ADD_FAILURE() << "it was written";
    return ErrorKind::Network;
  }
};

TEST(EnvFile, IsReplacedWhole) {
  EnvPlace place;
  place.world.disk.put(place.path, "A=1\n", 0640);
  place.host.run(place.file.read());
  EXPECT_TRUE(place.file.open());
  place.host.run(place.file.write(Secret(asBytes("A=2\n"))));
  EXPECT_EQ(place.world.disk.text(place.path), "A=2\n");
  EXPECT_EQ(place.world.disk.mode(place.path), 0640U);
}

TEST(EnvFile, IsWrittenInPlaceWhereItCannotBeRenamedOver) {
  EnvPlace place;
  for (const auto failure : {host::FileFailure::Denied, host::FileFailure::Other}) {
    place.world.disk.put(place.path, "A=1\nB=2\n", 0644);
    place.world.disk.failNext(DiskOperation::Create, failure);
    place.host.run(place.file.write(Secret(asBytes("A=2\n")), EnvFile::kPrivate));
    EXPECT_EQ(place.world.disk.durableText(place.path), "A=2\n");
    EXPECT_EQ(place.world.disk.mode(place.path), 0600U);
  }
}

TEST(EnvFile, LosesNothingToAWriteThatFails) {
  EnvPlace place;
  place.world.disk.put(place.path, "A=1\n");
  place.world.disk.setReadOnly(place.path);
  place.world.disk.failNext(DiskOperation::Create, host::FileFailure::Denied);
  EXPECT_EQ(place.kindOfWrite("A=2\n"), ErrorKind::Input);
  EXPECT_EQ(place.world.disk.text(place.path), "A=1\n");
  place.world.disk.setReadOnly(place.path, false);
  place.world.disk.failNext(DiskOperation::Create, host::FileFailure::Full);
  EXPECT_EQ(place.kindOfWrite("A=2\n"), ErrorKind::Input);
  EXPECT_EQ(place.world.disk.text(place.path), "A=1\n");
}

TEST(EnvFile, APipeIsNotWritten) {
  EnvPlace place;
  place.world.disk.putPipe(place.path);
  EXPECT_EQ(place.kindOfWrite("A=2\n"), ErrorKind::Input);
  EXPECT_TRUE(*place.host.run(place.file.exists()));
}

}  // namespace
}  // namespace peaqos::app
