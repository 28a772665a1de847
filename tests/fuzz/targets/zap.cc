// SPDX-License-Identifier: EUPL-1.2
// Requests for entry, as libzmq hands them over: any frames, any number of them.
#include "common/bus/zap.h"

#include "common/bus/keys.h"
#include "tests/fuzz/targets.h"
#include "tests/support/seeded_entropy.h"

namespace samenspel::fuzz {
namespace {

const std::string& MemberBytes() {
  static const std::string bytes(32, 'k');
  return bytes;
}

void RunZap(std::string_view input) {
  static support::SeededEntropy entropy(1);
  static const bus::TokenMint mint(entropy);
  static const std::string member = bus::CurveKeyText(MemberBytes());
  size_t asked = 0;
  const auto may_enter = [&](std::string_view key) {
    ++asked;
    Promise(bus::IsCurveKey(key), "only what is a key is looked up");
    return key == member;
  };
  const std::vector<std::string_view> request = Pieces(input);
  const bus::ZapReply reply = bus::AnswerZap(request, may_enter, mint);
  Promise(reply[0] == "1.0" && reply[5].empty(), "an answer has a version and no metadata");
  Promise(reply[1] == (request.size() > 1 ? request[1] : ""), "an answer names what it answers");
  const bool right = request.size() == 7 && request[0] == "1.0" && request[2] == "samenspel" &&
                     request[5] == "CURVE" && request[6] == MemberBytes();
  Promise((reply[2] == "200") == right, "who shows a known key in due form enters, nobody else");
  Promise(right || (reply[2] == "400" && reply[4].empty()), "all others are nobody");
  Promise(!right || asked == 1, "a key is looked up once");
  bus::TokenCheck check(mint);
  Promise(!right || check.KeyOf(reply[4]) == member, "the mark of a connection is that of its key");
  // The same bytes as a mark that a peer puts on its own messages.
  Promise(!check.KeyOf(input), "nobody makes up a mark");
}

std::vector<std::string> ZapSeeds() {
  const std::vector<std::string> good = {"1.0", "1",     "samenspel",  "127.0.0.1",
                                         "",    "CURVE", MemberBytes()};
  std::vector<std::string> seeds = {Joined(good)};
  for (size_t i = 0; i < good.size(); ++i) {
    std::vector<std::string> changed = good;
    changed[i] = i == 5 ? "PLAIN" : changed[i] + "x";
    seeds.push_back(Joined(changed));
    changed.resize(i);
    seeds.push_back(Joined(changed));
  }
  seeds.push_back(
      Joined({"1.0", "1", "samenspel", "127.0.0.1", "", "PLAIN", "svc_intake", "word"}));
  seeds.push_back(Joined({"1.0", "1", "samenspel", "127.0.0.1", "", "NULL"}));
  seeds.push_back(
      Joined({"1.0", "1", "samenspel", "127.0.0.1", "", "CURVE", std::string(32, 'x')}));
  return seeds;
}

}  // namespace

const Target kZap{.name = "zap", .run = RunZap, .seeds = ZapSeeds, .shape = {.many = true}};

}  // namespace samenspel::fuzz
