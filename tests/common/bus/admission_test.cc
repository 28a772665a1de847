// SPDX-License-Identifier: EUPL-1.2
#include "common/bus/admission.h"

#include "common/bus/monitor.h"
#include "common/bus/socket.h"
#include "tests/common/bus/bus_fixture.h"

namespace samenspel::bus {
namespace {

class AdmissionTest : public BusTest {
 protected:
  zmq::context_t context_;
  const TokenMint mint_{entropy_};
};

TEST_F(AdmissionTest, AnswersAProbe) {
  Admission admission(context_, mint_, RegistryOf({}));
  EXPECT_TRUE(admission.Alive(kPatience));
  EXPECT_TRUE(admission.Alive(kPatience));
}

TEST_F(AdmissionTest, IsKnownToBeDeadAfterItStopped) {
  Admission admission(context_, mint_, RegistryOf({}));
  admission.Stop();
  EXPECT_FALSE(admission.Alive(milliseconds(50)));
}

TEST_F(AdmissionTest, IsKnownToHangWhenNobodyAnswersInTime) {
  Admission admission(context_, mint_, RegistryOf({}));
  EXPECT_FALSE(admission.Alive(milliseconds(0)));
  EXPECT_TRUE(admission.Alive(kPatience)) << "the late answer to the first is not taken for this";
}

TEST_F(AdmissionTest, NobodyGetsInWhereNoHandlerLives) {
  zmq::socket_t router = NewRouter(context_, service_, 1 << 20);
  Monitor monitor(context_, router, kHandshakeFailed);
  Bind(router, "tcp://127.0.0.1:*");
  auto client = Client::Connect(
      {.endpoint = router.get(zmq::sockopt::last_endpoint), .server_key = service_.public_key},
      anna_);
  ASSERT_TRUE(client.ok());
  EXPECT_EQ((*client)->Call(Request("anyone?"), milliseconds(500)).status().code(),
            base::Code::kUnavailable);
  EXPECT_TRUE(monitor.Next());
}

}  // namespace
}  // namespace samenspel::bus
