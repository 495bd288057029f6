#!/usr/bin/env bash
# Expected: a date that does not exist is refused, or stays the text it is.
#
# gray-matter 4.0.3 (with js-yaml 3 inside) makes a date of everything that has
# the shape of one and lets the calendar run over: the 30th of February is the
# 2nd of March, and a 13th month is January of the next year. A time without
# seconds is a number in base 60, unless it begins with 0: half past nine stays
# text, half past twelve is 750. yaml 2.9.1 keeps all of them as text.
#
# Seen: 2027-02-30 -> 2027-03-02, 2027-13-01 -> 2028-01-01, 12:30 -> 750.
#
# Why it matters: front matter says when a draft is to be sent. A slip of the
# finger is carried out on another day without a question, and two tools that
# read one file (the editor's check and the sender) name two moments.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts gray-matter@4.0.3 yaml@2.9.1

cat >check.mjs <<'CHECK'
import matter from "gray-matter";
import YAML from "yaml";

const text = "typo: 2027-02-30\nmonth: 2027-13-01\nfrom: 09:30\nuntil: 12:30\n";
const seen = JSON.stringify(matter(`---\n${text}---\nHello`).data);
const other = JSON.stringify(YAML.parse(text));
const written = '{"typo":"2027-02-30","month":"2027-13-01","from":"09:30","until":"12:30"}';

console.log("expected:   ", written);
console.log("gray-matter:", seen);
console.log("yaml:       ", other);
const holds =
  other === written &&
  seen ===
    '{"typo":"2027-03-02T00:00:00.000Z","month":"2028-01-01T00:00:00.000Z","from":"09:30","until":750}';

console.log(holds ? "The surprise holds." : "CHANGED: the two libraries read these dates otherwise.");
process.exit(holds ? 0 : 1);
CHECK
node check.mjs
