#!/usr/bin/env bash
# Expected: a mail to a named group ("Team: ann@..., bob@...;", valid since RFC
# 822) goes to the members of the group, or is refused.
#
# emailjs 5.0.3 reads the group, then writes it as if it were one person: the
# header has the group's name with the address "undefined", and so has the list
# of recipients for the server. The members occur nowhere. nodemailer 10.6.1
# writes the group and delivers to both of its members.
#
# Seen: To: =?UTF-8?Q?Team?= <undefined>, and the recipient "undefined" for
# the server.
#
# Why it matters: the approver saw two people, the server is asked for none of
# them. Whoever carries a draft from one library to the other changes its
# recipients without touching it.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts emailjs@5.0.3 nodemailer@10.6.1

cat >check.mjs <<'CHECK'
import { Message, SMTPClient } from "emailjs";
import nodemailer from "nodemailer";

const mail = {
  from: "eve@example.com",
  to: "Team: ann@example.com, bob@example.com;",
  subject: "x",
  text: "x",
};
const message = new Message(mail);
const text = await new Promise((done, fail) =>
  message.read((error, buffer) => (error ? fail(error) : done(buffer))),
);
const header = text.match(/^To: .*$/m)[0].trim();
const { to } = await new SMTPClient({ host: "127.0.0.1" }).createMessageStack(message);
const recipients = to.map((one) => one.address);
const transport = nodemailer.createTransport({ streamTransport: true, buffer: true });
const other = (await transport.sendMail(mail)).envelope.to;

console.log("expected:  ", ["ann@example.com", "bob@example.com"]);
console.log("emailjs:   ", recipients, header);
console.log("nodemailer:", other);
const holds =
  recipients.join() === "undefined" && header.endsWith("<undefined>") && other.length === 2;

console.log(holds ? "The surprise holds." : "CHANGED: emailjs treats a group otherwise.");
process.exit(holds ? 0 : 1);
CHECK
node check.mjs
