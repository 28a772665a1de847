// SPDX-License-Identifier: EUPL-1.2
// Years are written in minutes: what the history's writers sync stays in the machine's memory until
// it is measured. Only a power cut would tell, and kill -9 is none. The programs that are measured
// have the system's own.
extern "C" {
int fsync(int) { return 0; }
int fdatasync(int) { return 0; }
int sync_file_range(int, long, long, unsigned) { return 0; }
}
