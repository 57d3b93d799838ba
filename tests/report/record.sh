#!/usr/bin/env bash
# Record logs/ anew with Pulumi's CLI: bash tests/report/record.sh, with pulumi and .venv/bin on PATH.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r program/. "$work"
export PULUMI_BACKEND_URL="file://$work" PULUMI_CONFIG_PASSPHRASE=test PULUMI_DEBUG_COMMANDS=1 PULUMI_SKIP_UPDATE_CHECK=1
pack=$PWD/../../policies

pulumi() { command pulumi --cwd "$work" "$@" > "$work/out" 2>&1 || true; }
kept() { # without debug messages, the interrupted program's traceback, pickled code, and this machine's folders
  python -c '
import json, re, sys
for line in sys.stdin:
    event = json.loads(line)
    if event.get("diagnosticEvent", {}).get("severity") not in ("debug", "info", "info#err"):
        print(re.sub("\"__provider\":\"[^\"]+\"", "\"__provider\":\"blob\"", line.strip().replace(sys.argv[1], "policies")))
' "$(realpath "$pack")"
}

pulumi stack init dev
pulumi up --stack dev --yes --skip-preview
export PULL_REQUEST=1
pulumi preview --stack dev --policy-pack "$pack" --policy-pack-config "$PWD/program/rules.json" --event-log "$work/events"
kept < "$work/events" > logs/stopped.jsonl
pulumi preview --stack dev --policy-pack "$pack" --event-log "$work/events"
kept < "$work/events" > logs/warned.jsonl
for pull_request in corrected forgotten; do
  PULL_REQUEST=$pull_request pulumi preview --stack dev --policy-pack "$pack" \
    --policy-pack-config "$PWD/program/corrections.json" --event-log "$work/events"
  kept < "$work/events" > "logs/$pull_request.jsonl"
done
PULUMI_ENABLE_STREAMING_JSON_PREVIEW=1 command pulumi --cwd "$work" preview --stack dev --json --policy-pack "$pack" \
  --policy-pack-config "$PWD/program/rules.json" 2> "$work/out" > "$work/events" || true
kept < "$work/events" > logs/streamed.jsonl
