// SPDX-License-Identifier: EUPL-1.2
// What a leader sends, to the asking end of a follow. Each piece is an answer; its header says
// which of the things that a fuzzer cannot guess (session, number, chain) are put right first.
#include "common/daemon/follower.h"
#include "common/tlog/sha256.h"
#include "proto/common/v1/envelope.pb.h"
#include "tests/fuzz/targets.h"
#include "tests/support/seeded_entropy.h"

namespace samenspel::fuzz {
namespace {

using common::v1::Answer;
using daemon::Follower;

constexpr uint32_t kGraded = 2;
constexpr size_t kHeader = 2;
// Bits of the first header byte.
constexpr uint8_t kRightSession = 1;
constexpr uint8_t kRightNumber = 2;
constexpr uint8_t kRightFirst = 4;
constexpr uint8_t kRightItems = 8;
constexpr uint8_t kRightLast = 16;
constexpr uint8_t kRightParts = 32;

// The follower of every entry (audit), and one that is shown some of them.
daemon::FollowWish WishOf(bool every_entry) {
  return {.service = "intake",
          .kinds = {kGraded},
          .urgent_kinds = {kGraded},
          .every_entry = every_entry,
          .view = every_entry ? common::v1::VIEW_SEALED : common::v1::VIEW_OPENED};
}

store::Head HeadOf(const common::v1::Head& head) {
  return {head.epoch(), head.sequence(), head.hash()};
}

void SetHead(common::v1::Head& to, const store::Head& from) {
  to.set_epoch(from.epoch);
  to.set_sequence(from.sequence);
  to.set_hash(from.hash);
}

bool IsBehind(const store::Head& left, const store::Head& right) {
  return std::pair(left.epoch, left.sequence) < std::pair(right.epoch, right.sequence);
}

class Play {
 public:
  explicit Play(bool every_entry)
      : wish_(WishOf(every_entry)), follower_(wish_, 1, kBegin, daemon::Terms{}) {
    follower_.Ask(now_, entropy_, out_);
    Listen();
  }

  void Take(std::string_view piece) {
    const uint8_t right = TakeByte(piece);
    now_ += base::milliseconds(TakeByte(piece) * 50);
    Answer answer;
    if (!answer.ParseFromString(std::string(piece))) return;
    if (answer.has_frame()) TakeFrame(*answer.mutable_frame(), right);
    if (answer.has_beat()) {
      if ((right & kRightSession) != 0) answer.mutable_beat()->set_session(session_);
      if ((right & kRightNumber) != 0) answer.mutable_beat()->set_number(number_);
      follower_.OnBeat(now_, answer.beat(), entropy_, out_);
    }
    if (answer.has_follow_refused()) {
      if ((right & kRightSession) != 0) answer.mutable_follow_refused()->set_session(session_);
      follower_.OnRefused(now_, answer.follow_refused());
    }
    follower_.Tick(now_, entropy_, out_);
    Listen();
    Promise(!follower_.WakeAt() || *follower_.WakeAt() >= start_, "a follower wakes again");
    Promise(follower_.Status().applied() == follower_.applied().sequence, "and tells where it is");
  }

 private:
  static inline const store::Head kBegin{.epoch = 1, .sequence = 4, .hash = std::string(32, 'b')};

  void TakeFrame(common::v1::Frame& frame, uint8_t right) {
    if ((right & kRightSession) != 0) frame.set_session(session_);
    if ((right & kRightNumber) != 0) frame.set_number(number_ + 1);
    if ((right & kRightFirst) != 0) SetHead(*frame.mutable_first(), received_);
    store::Head position = received_;
    for (auto& item : *frame.mutable_items()) {
      if ((right & kRightItems) != 0) Chain(item, position, (right & kRightParts) != 0);
      position.hash = tlog::Sha256(item.header());
    }
    if ((right & kRightLast) != 0) SetHead(*frame.mutable_last(), position);
    const common::v1::Frame sent = frame;
    follower_.OnFrame(now_, ++arrival_, frame, entropy_, out_);
    if (!follower_.HasPending()) {
      Promise(follower_.applied() == received_, "the cursor moves by frames only");
      return;
    }
    Promise(sent.session() == session_ && sent.number() == number_ + 1 &&
                HeadOf(sent.first()) == received_,
            "a frame is taken when it is the next one");
    Check(follower_.Next());
    ++number_;
    received_ = HeadOf(sent.last());
    follower_.Decided();
    Promise(follower_.applied() == received_, "the cursor goes where the frame ended");
    Promise(!follower_.HasPending(), "a frame is taken once");
  }

  // Puts the header where a journal would have it.
  static void Chain(common::v1::Item& item, store::Head& position, bool with_parts) {
    common::v1::EntryHeader header;
    if (!header.ParseFromString(item.header())) return;
    header.set_service("intake");
    header.set_epoch(position.epoch);
    header.set_sequence(++position.sequence);
    header.set_previous_hash(position.hash);
    if (with_parts) {
      header.clear_part_hashes();
      for (const std::string& part : item.parts()) header.add_part_hashes(tlog::Sha256(part));
    }
    item.set_header(header.SerializeAsString());
  }

  void Check(const daemon::PendingFrame& frame) {
    store::Head position = received_;
    for (const auto& [from, entry] : frame.entries) {
      const auto& header = entry->header;
      Promise(from == "intake" && header.service() == "intake", "entries are of this leader");
      Promise(entry->hash == tlog::Sha256(entry->bytes), "a hash is that of the header's bytes");
      const store::Head at{header.epoch(), header.sequence(), entry->hash};
      Promise(IsBehind(position, at), "entries stand in order");
      if (wish_.every_entry) {
        Promise(
            header.previous_hash() == position.hash && header.sequence() == position.sequence + 1,
            "every entry continues the chain");
        Promise(static_cast<int>(entry->sealed.size()) == header.part_hashes_size(),
                "and has the parts that it names");
      }
      position = at;
    }
    Promise(!IsBehind(frame.last, position), "a frame ends behind its entries");
    if (wish_.every_entry) Promise(frame.last == position, "the cursor stays with the chain");
  }

  // The last Follow tells the session; what came in the one before no longer counts.
  void Listen() {
    for (const bus::Output& output : out_) {
      common::v1::Envelope envelope;
      Promise(envelope.ParseFromString(output.bytes) && envelope.protocol() == 1,
              "a follower speaks the protocol");
      if (!envelope.has_follow()) continue;
      session_ = envelope.follow().session();
      number_ = 0;
      Promise(HeadOf(envelope.follow().after()) == received_, "it asks for what it has not");
    }
    out_.clear();
  }

  const daemon::FollowWish wish_;
  support::SeededEntropy entropy_{3};
  const base::Instant start_ = base::FromMs(1'795'253'400'000);
  base::Instant now_ = start_;
  Follower follower_;
  std::vector<bus::Output> out_;
  store::Head received_ = kBegin;
  uint64_t session_ = 0;
  uint64_t number_ = 0;
  uint64_t arrival_ = 0;
};

void RunFollowFrame(std::string_view input) {
  for (const bool every_entry : {false, true}) {
    Play play(every_entry);
    for (const std::string_view piece : Pieces(input)) play.Take(piece);
  }
}

const google::protobuf::Message* AnswerType(std::string_view) {
  return &Answer::default_instance();
}

std::string Piece(uint8_t right, const Answer& answer) {
  return std::string(1, static_cast<char>(right)) + '\1' + answer.SerializeAsString();
}

Answer FrameOf(int items, bool with_part) {
  Answer answer;
  common::v1::Frame& frame = *answer.mutable_frame();
  for (int i = 0; i < items; ++i) {
    common::v1::EntryHeader header;
    header.set_service("intake");
    header.set_epoch(1);
    header.set_kind("submit_report");
    auto& event = *header.add_events();
    event.set_kind(kGraded);
    event.set_urgent(i == 0);
    event.set_private_part(with_part ? 1 : 0);
    auto& item = *frame.add_items();
    item.set_header(header.SerializeAsString());
    if (with_part) item.add_parts("part");
  }
  frame.set_head(99);
  return answer;
}

std::vector<std::string> FollowFrameSeeds() {
  constexpr uint8_t kAll = 0x3F;
  Answer beat;
  beat.mutable_beat()->set_head(99);
  Answer refused;
  refused.mutable_follow_refused()->set_code("not_granted");
  const std::string frame = Piece(kAll, FrameOf(2, false));
  return {Joined({frame, Piece(kAll, FrameOf(1, true)), Piece(kAll, beat)}),
          Joined({Piece(kAll, refused), frame, frame, Piece(kRightSession, beat)}),
          Joined({Piece(kRightSession | kRightNumber, FrameOf(1, false)), frame}),
          Joined({Piece(kAll & ~kRightItems, FrameOf(1, false)), frame})};
}

}  // namespace

const Target kFollowFrame{.name = "follow_frame",
                          .run = RunFollowFrame,
                          .seeds = FollowFrameSeeds,
                          .shape = {.type = AnswerType, .header = kHeader, .many = true},
                          .bytes_max = 2048};

}  // namespace samenspel::fuzz
