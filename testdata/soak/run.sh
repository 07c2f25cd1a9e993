#!/usr/bin/env bash
# The long soak: bash testdata/soak/run.sh [more flags of go test]
#
# At least 600 runs of a server that is killed 120 times, with publishers that fail and
# mend their figures, and a reader that looks all the time; half an hour on two
# busy processors. What each server held stands in the log.
# Another seed (-soak.seed 2) draws other kills and faults.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

exec go test ./cmd/samkraft -run '^TestSoak$' -v -count 1 -timeout 3h \
	-soak.runs 600 -soak.kills 120 -soak.calm 150 "$@"
