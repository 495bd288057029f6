#!/usr/bin/env bash
# Expected: a converter from Markdown to a chat's format may simplify the look,
# but every word of the text arrives, and a done task differs from an open one.
#
# telegramify-markdown 1.3.3 and slackify-markdown 4.5.0 recognise task lists,
# take the "[x]" off, and write the same bullet for both kinds; a parser without
# that extension would have kept the marks. telegramify-markdown also removes
# HTML comments, and with a comment at the start of a line all the words behind
# it, which a browser shows.
#
# Seen: "- [x] paid / - [ ] sent" becomes twice the same bullet; of the line
# "<!-- to check --> Pay by Friday." nothing is left.
#
# Why it matters: the chat shows the draft for approval. What the approver cannot
# see he approves all the same, and the mail then goes out with it.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts telegramify-markdown@1.3.3 slackify-markdown@4.5.0

cat >check.mjs <<'CHECK'
import slackify from "slackify-markdown";
import telegramify from "telegramify-markdown";

const draft = "- [x] paid\n- [ ] sent\n\n<!-- to check --> Pay by Friday.\n";
const telegram = telegramify(draft, "escape");
const slack = slackify(draft);

console.log("expected: two different marks, and the words \"Pay by Friday\"");
console.log("telegramify:", JSON.stringify(telegram));
console.log("slackify:   ", JSON.stringify(slack));
const alike = (text) => /^• +paid\n• +sent\n/.test(text);
const holds = alike(telegram) && alike(slack) && !telegram.includes("Friday") && slack.includes("Friday");

console.log(holds ? "The surprise holds." : "CHANGED: the marks or the words arrive now.");
process.exit(holds ? 0 : 1);
CHECK
node check.mjs
