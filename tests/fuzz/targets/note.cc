// SPDX-License-Identifier: EUPL-1.2
// Signed notes, checkpoints and receipts (C2SP). The first byte says what is made of the rest.
#include "common/tlog/note.h"

#include <array>
#include <optional>

#include "common/tlog/base64.h"
#include "common/tlog/checkpoint.h"
#include "common/tlog/merkle.h"
#include "common/tlog/note_text.h"
#include "common/tlog/proof_file.h"
#include "tests/fuzz/targets.h"

namespace samenspel::fuzz {
namespace {

constexpr const char* kOrigin = "samenspel.example/fuzz";

const tlog::SigningKey& Key() {
  static const auto key = tlog::SigningKey::FromSeed(kOrigin, std::string(32, 'f'));
  return *key;
}

const tlog::SigningKey& Witness() {
  static const auto key = tlog::SigningKey::FromSeed("witness.example/fuzz", std::string(32, 'w'));
  return *key;
}

std::array<tlog::VerifierKey, 2> Known() { return {Key().verifier(), Witness().verifier()}; }

// Ed25519 gives the same signature each time, so a good one is the one that our key makes.
void PromiseSigned(const tlog::Note& note) {
  for (const tlog::Signature& signature : note.verified) {
    const bool ours = signature.name == kOrigin;
    Promise(signature.bytes == (ours ? Key() : Witness()).Sign(note.text),
            "a verified signature is the key's own over this text");
  }
}

// Whatever is read, and put together again from what was read, says the same.
void ReadNote(std::string_view input) {
  const auto known = Known();
  const auto note = tlog::Open(input, known);
  if (!note.ok()) return PromiseSentence(note.status().message());
  Promise(!note->verified.empty(), "an opened note has a verified signature");
  PromiseSigned(*note);
  std::vector<std::string> lines;
  for (const tlog::Signature& signature : note->verified) {
    const bool ours = signature.name == kOrigin;
    lines.push_back(*tlog::SignatureLine((ours ? Key() : Witness()).verifier(), signature.bytes));
  }
  const auto again = tlog::ComposeNote(note->text, lines);
  Promise(again.ok(), "what was opened can be written");
  const auto opened = tlog::Open(*again, known);
  Promise(opened.ok() && opened->text == note->text && opened->verified == note->verified,
          "what was written is opened as it was");
}

// One byte of a signed note changed: it opens only with the text that was signed.
void SpoilNote(std::string_view input) {
  const size_t at = TakeNumber(input);
  const uint8_t with = TakeByte(input);
  const auto signed_note = tlog::Sign(input, Key());
  Promise(signed_note.ok() == (input.ends_with('\n') && tlog::IsNoteText(input)),
          "what is note text can be signed, and nothing else");
  if (!signed_note.ok()) return;
  const auto known = Known();
  const auto whole = tlog::Open(*signed_note, known);
  Promise(whole.ok() && whole->text == input, "what was signed opens");
  std::string spoilt = *signed_note;
  char& byte = spoilt[at % spoilt.size()];
  if (static_cast<uint8_t>(byte) == with) return;
  byte = static_cast<char>(with);
  Promise(!tlog::Open(spoilt, known).ok(), "a note with another byte does not open");
}

void ReadKeys(std::string_view input) {
  if (const auto key = tlog::VerifierKey::Parse(input); key.ok()) {
    Promise(key->Text() == input, "a verifier key is written as it was read");
  } else {
    PromiseSentence(key.status().message());
  }
  if (const auto key = tlog::SigningKey::Parse(input); key.ok()) {
    Promise(key->Text() == input, "a signing key is written as it was read");
  } else {
    const std::string why = key.status().message();
    PromiseSentence(why);
    const std::string_view secret = input.substr(std::min<size_t>(input.size(), 12));
    if (secret.size() < 16) return;
    // Our own words have a space in so many characters.
    const std::string_view end = secret.substr(secret.size() - 16);
    Promise(end.find(' ') != std::string_view::npos || why.find(end) == std::string::npos,
            "a refusal does not quote a secret key");
  }
}

void RunNote(std::string_view input) {
  switch (TakeByte(input) % 4) {
    case 0:
      return SpoilNote(input);
    case 1:
      return ReadKeys(input);
    default:
      return ReadNote(input);
  }
}

std::vector<std::string> NoteSeeds() {
  const std::string text = "samenspel.example/fuzz\n7\n" + tlog::EncodeBase64(std::string(32, 'r'));
  const std::string note = *tlog::Sign(text + "\n", Key());
  const std::string twice = note + note.substr(note.rfind("\n\n") + 2) +
                            *tlog::SignatureLine(Witness().verifier(), Witness().Sign(text + "\n"));
  const std::string spoil("\0\0\5x", 4);
  return {"\2" + note,         "\2" + twice,
          spoil + text + "\n", "\1" + Key().verifier().Text(),
          "\1" + Key().Text(), "\2not a note\n\n" + note};
}

// The beginning of the input signed as it is, and as a checkpoint read from a note.
void RunCheckpoint(std::string_view input) {
  const bool is_signed = TakeByte(input) % 2 == 1;
  const auto parsed = tlog::ParseCheckpoint(input);
  if (parsed.ok()) {
    const auto text = tlog::CheckpointText(*parsed);
    Promise(text.ok() && *text == input, "a checkpoint is written as it was read");
  } else {
    PromiseSentence(parsed.status().message());
  }
  std::string note(input);
  if (is_signed) {
    auto signed_text = tlog::Sign(input, Key());
    note = signed_text.ok() ? *std::move(signed_text) : "";
  }
  const auto opened = tlog::OpenCheckpoint(note, Key().verifier());
  if (!opened.ok()) return PromiseSentence(opened.status().message());
  Promise(opened->origin == kOrigin, "a checkpoint is of the log whose key signed it");
  Promise(is_signed || note.find("\n\n") != std::string::npos, "a bare text is no checkpoint");
  Promise(tlog::SignCheckpoint(*opened, Key()).ok(), "what was opened can be signed");
}

std::vector<std::string> CheckpointSeeds() {
  std::vector<std::string> seeds;
  for (const uint64_t size : {uint64_t{0}, uint64_t{1}, uint64_t{300}, ~uint64_t{0}}) {
    const std::string root = size == 0 ? tlog::EmptyRoot() : std::string(32, 'r');
    const tlog::Checkpoint checkpoint{kOrigin, size, root};
    seeds.push_back("\1" + *tlog::CheckpointText(checkpoint));
    seeds.push_back(std::string(1, '\0') + *tlog::SignCheckpoint(checkpoint, Key()));
  }
  return seeds;
}

// A tree of a few leaves, its paths and its checkpoint.
struct Tree {
  explicit Tree(uint64_t size) {
    for (uint64_t i = 0; i < size; ++i) {
      leaves.push_back("leaf " + std::to_string(i));
      range.Append(tlog::LeafHash(leaves.back()), [&](tlog::NodeId node, const std::string& hash) {
        hashes[{node.level, node.index}] = hash;
      });
    }
    note = *tlog::SignCheckpoint({kOrigin, size, range.Root()}, Key());
  }
  std::string Proof(uint64_t index) const {
    const auto path = tlog::InclusionPath(
        index, leaves.size(), [this](int level, uint64_t at) -> base::Result<std::string> {
          return hashes.at({level, at});
        });
    return *tlog::WriteProofFile({std::nullopt, index, *path, note});
  }
  std::vector<std::string> leaves;
  tlog::CompactRange range;
  std::map<std::pair<int, uint64_t>, std::string> hashes;
  std::string note;
};

const Tree& Eleven() {
  static const Tree tree(11);
  return tree;
}

void RunProofFile(std::string_view input) {
  const Tree& tree = Eleven();
  const std::string& leaf = tree.leaves[TakeByte(input) % tree.leaves.size()];
  const auto proof = tlog::ParseProofFile(input);
  if (!proof.ok()) {
    PromiseSentence(proof.status().message());
    Promise(!tlog::VerifyProofFile(input, leaf, Key().verifier()).ok(),
            "no proof verifies nothing");
    return;
  }
  const auto text = tlog::WriteProofFile(*proof);
  Promise(text.ok() && *text == input, "a receipt is written as it was read");
  const auto checkpoint = tlog::VerifyProofFile(input, leaf, Key().verifier());
  if (!checkpoint.ok()) return PromiseSentence(checkpoint.status().message());
  // The only tree that was ever signed of more than a leaf: whatever verifies leads to it.
  Promise(checkpoint->root == tree.range.Root() && checkpoint->size == tree.leaves.size(),
          "a leaf verifies under a checkpoint that was signed");
  Promise(proof->index < tree.leaves.size() && tree.leaves[proof->index] == leaf,
          "a leaf verifies where it stands");
}

std::vector<std::string> ProofFileSeeds() {
  const Tree& tree = Eleven();
  std::vector<std::string> seeds;
  for (uint64_t index = 0; index < tree.leaves.size(); ++index) {
    seeds.push_back(static_cast<char>(index) + tree.Proof(index));
  }
  seeds.push_back("\5c2sp.org/tlog-proof@v1\nextra aGVsbG8=\nindex 5\n\n" + tree.note);
  return seeds;
}

}  // namespace

const Target kNote{.name = "note", .run = RunNote, .seeds = NoteSeeds, .shape = {.header = 1}};
const Target kCheckpoint{
    .name = "checkpoint", .run = RunCheckpoint, .seeds = CheckpointSeeds, .shape = {.header = 1}};
const Target kProofFile{
    .name = "proof_file", .run = RunProofFile, .seeds = ProofFileSeeds, .shape = {.header = 1}};

}  // namespace samenspel::fuzz
