// SPDX-License-Identifier: EUPL-1.2
#include "tests/arrows/arrows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace samenspel::arrows {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> Printed(const std::vector<Breach>& breaches) {
  std::vector<std::string> lines;
  lines.reserve(breaches.size());
  for (const Breach& breach : breaches) lines.push_back(breach.Print());
  return lines;
}

std::vector<std::string> Including(const std::string& path, const std::string& include) {
  return Printed(Check(path, "#include \"" + include + "\"\n"));
}

std::string ReadText(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

bool IsSource(const std::filesystem::path& path) {
  return path.extension() == ".cc" || path.extension() == ".h";
}

TEST(Arrows, NoFileOfTheRepositoryRunsAgainstThePicture) {
  const std::filesystem::path root = SAMENSPEL_SOURCE_ROOT;
  int files = 0;
  std::vector<std::string> breaches;
  for (const char* folder : {"common", "services", "clients", "tests"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
      if (!entry.is_regular_file() || !IsSource(entry.path())) continue;
      const std::string path = std::filesystem::relative(entry.path(), root).generic_string();
      if (path.starts_with("tests/arrows/")) continue;  // Holds what is forbidden, as text.
      ++files;
      for (auto& line : Printed(Check(path, ReadText(entry.path())))) breaches.push_back(line);
    }
  }
  EXPECT_THAT(breaches, IsEmpty());
  EXPECT_GT(files, 10) << "the tree was not found at " << root;
}

TEST(Arrows, NamesFileLineAndReasonOfEachBreach) {
  const std::string planted =
      "// SPDX-License-Identifier: EUPL-1.2\n"
      "#include <mutex>\n"
      "#include \"common/base/instant.h\"\n"
      "#include \"common/bus/client.h\"\n"
      "#  include \"services/meeting/domain/decider.h\"\n"
      "#include <zmq.hpp>\n"
      "void Send(zmq::socket_t& socket);\n"
      "void Put(rocksdb::DB* db);";
  EXPECT_THAT(Printed(Check("services/intake/domain/bad.cc", planted)),
              ElementsAre("services/intake/domain/bad.cc:2: mutex can wait or differ between runs",
                          "services/intake/domain/bad.cc:4: may not include common/bus/client.h",
                          "services/intake/domain/bad.cc:5: may not include "
                          "services/meeting/domain/decider.h",
                          "services/intake/domain/bad.cc:6: names ZeroMQ, which only common/bus/ "
                          "does",
                          "services/intake/domain/bad.cc:7: names ZeroMQ, which only common/bus/ "
                          "does",
                          "services/intake/domain/bad.cc:8: names RocksDB, which only "
                          "common/store/ does"));
}

TEST(Arrows, ServicesMeetInProtoOnly) {
  const std::string daemon = "services/intake/daemon/gather.cc";
  EXPECT_THAT(Including(daemon, "services/intake/domain/decider.h"), IsEmpty());
  EXPECT_THAT(Including(daemon, "common/store/store.h"), IsEmpty());
  EXPECT_THAT(Including(daemon, "proto/intake/state/state.pb.h"), IsEmpty());
  EXPECT_THAT(Including(daemon, "proto/meeting/v1/events.pb.h"), IsEmpty());
  EXPECT_THAT(Including(daemon, "proto/meeting/v1/requests.pb.h"), SizeIs(1));
  EXPECT_THAT(Including(daemon, "proto/meeting/state/state.pb.h"), SizeIs(1));
  EXPECT_THAT(Including(daemon, "services/meeting/daemon/config.h"), SizeIs(1));
  EXPECT_THAT(Including(daemon, "clients/samenspel/client.h"), SizeIs(1));
  EXPECT_THAT(Including(daemon, "tests/support/fakes.h"), SizeIs(1));
}

TEST(Arrows, DomainReachesNothingThatWaits) {
  const std::string domain = "services/meeting/domain/decider.cc";
  EXPECT_THAT(Including(domain, "services/meeting/domain/facts.h"), IsEmpty());
  EXPECT_THAT(Including(domain, "common/time/zone.h"), IsEmpty());
  EXPECT_THAT(Including(domain, "common/tlog/sha256.h"), IsEmpty());
  EXPECT_THAT(Including(domain, "services/meeting/daemon/gather.h"), SizeIs(1));
  EXPECT_THAT(Including(domain, "common/store/store.h"), SizeIs(1));
  EXPECT_THAT(Including(domain, "common/seal/key_store.h"), SizeIs(1));
  EXPECT_THAT(Printed(Check(domain, "#include <random>\n")), SizeIs(1));
  EXPECT_THAT(Printed(Check(domain, "#include <sys/socket.h>\n")), SizeIs(1));
  EXPECT_THAT(Printed(Check(domain, "#include <vector>\n")), IsEmpty());
}

TEST(Arrows, CommonKnowsNoServiceAndItsBaseNothingAtAll) {
  EXPECT_THAT(Including("common/store/store.cc", "common/seal/key_store.h"), IsEmpty());
  EXPECT_THAT(Including("common/store/store.cc", "proto/common/v1/entry.pb.h"), IsEmpty());
  EXPECT_THAT(Including("common/store/store.cc", "proto/intake/v1/events.pb.h"), SizeIs(1));
  EXPECT_THAT(Including("common/daemon/core.h", "services/intake/daemon/service.h"), SizeIs(1));
  EXPECT_THAT(Including("common/base/ids.cc", "common/base/entropy.h"), IsEmpty());
  EXPECT_THAT(Including("common/base/ids.cc", "proto/common/v1/ids.pb.h"), SizeIs(1));
  EXPECT_THAT(Including("common/base/ids.cc", "common/tlog/sha256.h"), SizeIs(1));
  EXPECT_THAT(Including("common/time/zone.cc", "common/bus/link.h"), SizeIs(1));
}

TEST(Arrows, ClientsTalkThroughTheBus) {
  const std::string client = "clients/samenspel/main.cc";
  EXPECT_THAT(Including(client, "clients/samenspel/config.h"), IsEmpty());
  EXPECT_THAT(Including(client, "common/bus/client.h"), IsEmpty());
  EXPECT_THAT(Including(client, "proto/audit/v1/requests.pb.h"), IsEmpty());
  EXPECT_THAT(Including(client, "common/store/store.h"), SizeIs(1));
  EXPECT_THAT(Including(client, "services/intake/domain/decider.h"), SizeIs(1));
  EXPECT_THAT(Including(client, "proto/intake/state/state.pb.h"), SizeIs(1));
}

TEST(Arrows, LibrariesStayInsideTheirWrapper) {
  const std::string names_both = "#include <zmq.h>\n#include <rocksdb/db.h>\n";
  EXPECT_THAT(Printed(Check("common/bus/link.cc", names_both)), ElementsAre(HasSubstr("RocksDB")));
  EXPECT_THAT(Printed(Check("common/store/db.cc", names_both)), ElementsAre(HasSubstr("ZeroMQ")));
  EXPECT_THAT(Printed(Check("tests/support/raw_peer.cc", names_both)), IsEmpty());
  EXPECT_THAT(Printed(Check("tests/common/bus/link_test.cc", "zmq::socket_t s;")), IsEmpty());
  EXPECT_THAT(Printed(Check("tests/scenarios/run.cc", names_both)), SizeIs(2));
  EXPECT_THAT(Printed(Check("tests/bench/floor/pipe.cc", names_both)), IsEmpty());
  EXPECT_THAT(Printed(Check("tests/bench/trip_load.cc", names_both)), SizeIs(2));
  EXPECT_THAT(Printed(Check("tests/simulation/disk/files.cc", names_both)),
              ElementsAre(HasSubstr("ZeroMQ")));
  EXPECT_THAT(Printed(Check("tests/simulation/world.cc", names_both)), SizeIs(2));
  EXPECT_THAT(Printed(Check("common/daemon/loop.cc", "zmq::poll(items);")), SizeIs(1));
}

TEST(Arrows, CommentsAndLongerWordsAreNotMistakenForALibrary) {
  const std::string innocent =
      "// The wrapper of zmq::socket_t.\n"
      "using my_zmq::Socket;\n"
      "// #include <rocksdb/db.h>\n";
  EXPECT_THAT(Printed(Check("common/daemon/loop.cc", innocent)), IsEmpty());
}

}  // namespace
}  // namespace samenspel::arrows
