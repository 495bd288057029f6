#!/usr/bin/env bash
# Expected: an npm of the same lock file version keeps what another npm wrote into
# package-lock.json, as long as the dependencies do not change. "npm ci" then
# installs the same packages on the same machine.
#
# npm 11.19.1 notes for a package of compiled code whether it is for glibc or for
# musl ("libc"). npm 10.9.4 reads the lock file, finds nothing to do, and writes
# it without those lines. From then on the lock file knows no difference: "npm ci"
# installs the musl package on a glibc system as well.
#
# Seen: 2 "libc" entries after npm 11, 0 after npm 10, nothing else to install.
#
# Why it matters: the lock file is what was looked at and approved. One person with
# an older npm changes what all the others install, and a sender that picks its
# compiled parts by what lies in node_modules may start the wrong one.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts npm10@npm:npm@10.9.4 npm11@npm:npm@11.19.1

mkdir app
cat >app/package.json <<'APP'
{"name": "app", "version": "1.0.0", "optionalDependencies": {
  "@rollup/rollup-linux-x64-gnu": "4.50.0", "@rollup/rollup-linux-x64-musl": "4.50.0"}}
APP
cd app
lock() {
  node "../node_modules/$1/bin/npm-cli.js" install --package-lock-only --silent --no-audit --no-fund
  grep -c '"libc"' package-lock.json || true
}
first="$(lock npm11)"
second="$(lock npm10)"
echo "libc entries written by npm 11: $first"
echo "expected after npm 10: $first"
echo "seen after npm 10:     $second"
if [ "$first" = 2 ] && [ "$second" = 0 ]; then
  echo "The surprise holds."
else
  echo "CHANGED: npm 10 keeps the entries, or npm 11 no longer writes them."
  exit 1
fi
