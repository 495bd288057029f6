#!/usr/bin/env bash
# Expected: an address in a text stays one address when the text goes from HTML to
# Markdown and back.
#
# turndown 7.2.5 escapes the underscore of a plain address (mary\_ann@...), which
# is right in Markdown. marked 18.2.1 makes links of addresses that stand in the
# text (the GFM extension, on by default), but looks for them in the escaped text:
# it starts after the backslash, so the link leads to the rest of the name. A web
# address with an underscore gets a %5C into its link in the same way.
#
# Seen: mary_ann@example.com becomes mary_ and a link to ann@example.com.
#
# Why it matters: both steps are usual between an editor, a vault of Markdown and
# a mail. The text on the approver's screen reads right; who clicks on it in the
# sent mail writes to another person, or opens a page that does not exist.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts turndown@7.2.5 marked@18.2.1

cat >check.mjs <<'CHECK'
import Turndown from "turndown";
import { marked } from "marked";

const html = "<p>Write to mary_ann@example.com or see https://example.com/new_offer</p>";
const markdown = new Turndown().turndown(html);
const back = marked.parse(markdown);
const links = [...back.matchAll(/href="([^"]*)"/g)].map((match) => match[1]);

console.log("markdown:", markdown);
console.log("expected:", ["mailto:mary_ann@example.com", "https://example.com/new_offer"]);
console.log("seen:    ", links);
const holds = links.join() === "mailto:ann@example.com,https://example.com/new%5C_offer";

console.log(holds ? "The surprise holds." : "CHANGED: the links are whole, or are cut otherwise.");
process.exit(holds ? 0 : 1);
CHECK
node check.mjs
