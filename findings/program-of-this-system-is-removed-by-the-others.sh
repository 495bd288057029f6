#!/usr/bin/env bash
# Expected: packages that carry one program for one system each ("tool for
# Linux", "tool for AIX") may share the name of the program. npm installs the one
# that fits, leaves out the others, and node_modules/.bin/tool starts it.
#
# npm 10.9.4 (the line that comes with Node 20 and 22) installs the right package,
# then tidies up after the ones it left out, and removes their program's link,
# which is the very link that it had made for the right one. npm 11.6.2 keeps it.
# "npm ci" does the same as "npm install", without a warning.
#
# Seen: node_modules/tool-here is there, node_modules/.bin/tool is not.
#
# Why it matters: that is how a program pins its own runtime or a sending tool in
# package.json. "npm start" then takes whatever stands on the path instead (another
# version than the one that was tested) or fails on half of the machines.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts npm10@npm:npm@10.9.4 npm11@npm:npm@11.6.2

# Three packages: one for this system, two for another one.
make_package() {
  mkdir "$1"
  printf '{"name":"%s","version":"1.0.0","bin":{"tool":"tool.js"},"os":["%s"]}' "$1" "$2" >"$1/package.json"
  printf '#!/usr/bin/env node\nconsole.log("%s")\n' "$1" >"$1/tool.js"
  npm pack --silent "./$1" >/dev/null
}
make_package tool-here "$(node -p process.platform)"
make_package tool-aix aix
make_package tool-sunos sunos

seen=""
for npm in npm10 npm11; do
  mkdir "app-$npm"
  cat >"app-$npm/package.json" <<'APP'
{"name": "app", "version": "1.0.0", "optionalDependencies": {
  "tool-aix": "file:../tool-aix-1.0.0.tgz",
  "tool-here": "file:../tool-here-1.0.0.tgz",
  "tool-sunos": "file:../tool-sunos-1.0.0.tgz"}}
APP
  (cd "app-$npm" && node "../node_modules/$npm/bin/npm-cli.js" install --silent --no-audit --no-fund --offline)
  test -e "app-$npm/node_modules/tool-here/tool.js"
  if [ -e "app-$npm/node_modules/.bin/tool" ]; then link=present; else link=gone; fi
  echo "$npm: package tool-here present, .bin/tool $link"
  seen="$seen$link "
done
echo "expected: .bin/tool present with both"
if [ "$seen" = "gone present " ]; then
  echo "The surprise holds."
else
  echo "CHANGED: npm 10 keeps the link, or npm 11 removes it too."
  exit 1
fi
