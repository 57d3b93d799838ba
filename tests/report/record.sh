#!/usr/bin/env bash
# Record logs/ anew with Pulumi's CLI: bash tests/report/record.sh, with pulumi and .venv/bin on PATH.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'kill "${sandbox:-}" 2> /dev/null || true; rm -rf "$work"' EXIT
cp -r program moves "$work"
export PULUMI_BACKEND_URL="file://$work" PULUMI_CONFIG_PASSPHRASE=test PULUMI_DEBUG_COMMANDS=1 PULUMI_SKIP_UPDATE_CHECK=1
pack=$PWD/../../policies
program=$work/program

pulumi() { command pulumi --cwd "$program" "$@" > "$work/out" 2>&1 || true; }
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
pulumi preview --stack dev --policy-pack "$pack" --policy-pack-config "$PWD/program/advice.json" --event-log "$work/events"
kept < "$work/events" > logs/warned.jsonl
for pull_request in corrected forgotten; do
  PULL_REQUEST=$pull_request pulumi preview --stack dev --policy-pack "$pack" \
    --policy-pack-config "$PWD/program/corrections.json" --event-log "$work/events"
  kept < "$work/events" > "logs/$pull_request.jsonl"
done
PULUMI_ENABLE_STREAMING_JSON_PREVIEW=1 command pulumi --cwd "$program" preview --stack dev --json --policy-pack "$pack" \
  --policy-pack-config "$PWD/program/rules.json" 2> "$work/out" > "$work/events" || true
kept < "$work/events" > logs/streamed.jsonl

# The moves of real resources: on a sandbox, until they are previewed.
mkfifo "$work/sandbox"
auth0-apis sandbox > "$work/sandbox" &
sandbox=$!
read -r settings < "$work/sandbox"
export $(python -c '
import json, sys
print(*(f"AUTH0_{key.upper()}={value}" for key, value in json.loads(sys.argv[1]).items() if key != "api_token"))
' "$settings")
program=$work/moves
pulumi stack init moves
pulumi up --stack moves --yes --skip-preview
for move in moved adopting aliased replaced; do
  MOVE=$move pulumi preview --stack moves --event-log "$work/events"
  kept < "$work/events" > "logs/$move.jsonl"
done
