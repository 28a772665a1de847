#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Writes the public contract of this tree as that of a release: tests/proto/release.sh 0.1
set -eu
cd "$(dirname "$0")/../.."
protoc -I . --descriptor_set_out="tests/proto/v$1.descriptors" proto/*/v1/*.proto
