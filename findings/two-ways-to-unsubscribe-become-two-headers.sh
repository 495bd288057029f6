#!/usr/bin/env bash
# Expected: nodemailer's "list" option, given a web address and a mail address
# for unsubscribing, writes one List-Unsubscribe header with both. RFC 2369 (3)
# wants no more than one of each such header in a mail, with its addresses
# separated by commas.
#
# nodemailer 10.6.1 writes one header for each address of a plain array; only an
# array within an array gives one header. mailparser 3.14.2, which collects these
# headers as "list", keeps the last one and forgets the first without a word.
#
# Seen: two List-Unsubscribe lines; read back, the web address is gone.
#
# Why it matters: big receivers ask bulk senders for one-click unsubscribing (RFC
# 8058), which needs the https address in that one header. The sender approved a
# mail with it; a program at the other end may see only the mail address.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts nodemailer@10.6.1 mailparser@3.14.2

cat >check.mjs <<'CHECK'
import nodemailer from "nodemailer";
import { simpleParser } from "mailparser";

const web = "https://example.com/unsubscribe?id=7";
const transport = nodemailer.createTransport({ streamTransport: true, buffer: true });
const { message } = await transport.sendMail({
  from: "ann@example.com",
  to: "bob@example.com",
  subject: "News",
  text: "Hello",
  list: { unsubscribe: [web, "unsubscribe@example.com"] },
  headers: { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" },
});
const written = message.toString().match(/^List-Unsubscribe: .*$/gm).map((line) => line.trim());
const read = (await simpleParser(message)).headers.get("list").unsubscribe;

console.log("expected:  one header with both addresses, and both when read back");
console.log("written:  ", written);
console.log("read back:", read);
const holds = written.length === 2 && !JSON.stringify(read).includes(web);

console.log(holds ? "The surprise holds." : "CHANGED: one header is written, or the web address is read back.");
process.exit(holds ? 0 : 1);
CHECK
node check.mjs
