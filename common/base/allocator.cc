// SPDX-License-Identifier: EUPL-1.2
// What jemalloc reads when a program starts (docs/performance.md).

extern "C" {
// One arena: nearly all is allocated by one thread. What is free for a second goes back to the
// system: the frames of a flood leave nothing behind.
extern const char* malloc_conf;
const char* malloc_conf = "narenas:1,dirty_decay_ms:1000,muzzy_decay_ms:0";
}
