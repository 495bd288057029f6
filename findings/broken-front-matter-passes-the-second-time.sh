#!/usr/bin/env bash
# Expected: a file whose front matter is broken YAML is an error each time it is
# read.
#
# gray-matter 4.0.3 remembers every text it was given, and it does so before it
# parses. The first call throws; each further call with the same text returns a
# half-made result from the memory: no data, and the whole file, its front matter
# included, as the content.
#
# Seen: first call throws, second call returns data {} and content
# "---\nto: bob@example.com\nsubject: Re: the offer\n---\nHello Bob".
#
# Why it matters: a program that looks at a folder again and again reports the
# mistake once. On the next round the same draft is a valid one without any
# settings, and what would go out as its text are the address lines.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts gray-matter@4.0.3

cat >check.mjs <<'CHECK'
import matter from "gray-matter";

const text = "---\nto: bob@example.com\nsubject: Re: the offer\n---\nHello Bob";
const read = () => {
  try {
    const { data, content } = matter(text);
    return `data ${JSON.stringify(data)}, content ${JSON.stringify(content)}`;
  } catch (error) {
    return `error: ${error.message.split("\n")[0]}`;
  }
};
const [first, second] = [read(), read()];

console.log("expected: twice the same error");
console.log("first:   ", first);
console.log("second:  ", second);
const holds =
  first.startsWith("error") && second === `data {}, content ${JSON.stringify(text)}`;

console.log(holds ? "The surprise holds." : "CHANGED: both calls answer alike now, or otherwise than before.");
process.exit(holds ? 0 : 1);
CHECK
node check.mjs
