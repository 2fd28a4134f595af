#!/usr/bin/env bash
# The command line of CDKTF 0.21.0, its last release, loads a native terminal before it does anything else:
# @cdktf/node-pty-prebuilt-multiarch 0.10.2. The package carries binaries for the Node.js versions of its day
# and compiles for any other at the installation. Where install scripts are off, or there is no compiler, it is
# installed all the same, and `cdktf synth`, which opens no terminal, ends on Node.js 24 and later.
#
# Seen: on Node.js 22 the package loads; on Node.js 24 it ends with
#   Cannot find module '../build/Debug/pty.node'
#
# Installs public packages in a temporary folder. Ends with 0 where that is still so, with 1 where not.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

os=$(uname -s | tr '[:upper:]' '[:lower:]')
arch=$(uname -m | sed -e 's/x86_64/x64/' -e 's/aarch64/arm64/')

npm init --yes >/dev/null
npm install --ignore-scripts --no-audit --no-fund --silent \
  @cdktf/node-pty-prebuilt-multiarch@0.10.2 \
  "node-22@npm:node-$os-$arch@22" \
  "node-24@npm:node-$os-$arch@24"

load() {
  "node_modules/$1/bin/node" --eval \
    'require("@cdktf/node-pty-prebuilt-multiarch"); console.log("loads")' 2>&1 |
    grep --only-matching --extended-regexp "^loads|Cannot find module '[^']*pty.node'" | head -n 1
}

status=0
expect() {
  if [ "$2" = "$3" ]; then
    echo "as before: $1: $2"
  else
    echo "changed: $1: $2 (was: $3)"
    status=1
  fi
}
expect "Node.js 22" "$(load node-22 || true)" "loads"
expect "Node.js 24" "$(load node-24 || true)" "Cannot find module '../build/Debug/pty.node'"
exit $status
