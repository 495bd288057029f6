#!/usr/bin/env bash
# Expected: the hooks of an SMTP server see the envelope that the client sent.
#
# smtp-server 3.21.6 turns the domain of every envelope address from its ASCII
# form (xn--...) into Unicode before onMailFrom, onRcptTo and session.envelope see
# it. The client never used SMTPUTF8, and the session says so (smtpUtf8 false),
# while its addresses can only be passed on with SMTPUTF8, or after encoding
# again. nodemailer 10.6.1 on the other side reports the ASCII form as accepted.
#
# Seen: sent to bob@xn--bcher-kva.example, received for bob@bücher.example.
#
# Why it matters: whoever tests sending with this server, or relays through it,
# compares what was approved with what arrived. The two strings differ for one
# and the same recipient, and the difference goes on into every log.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts smtp-server@3.21.6 nodemailer@10.6.1

cat >check.mjs <<'CHECK'
import nodemailer from "nodemailer";
import { SMTPServer } from "smtp-server";

let received;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onData(stream, session, done) {
    received = session.envelope;
    stream.resume();
    stream.on("end", () => done());
  },
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const { port } = server.server.address();
const transport = nodemailer.createTransport({ host: "127.0.0.1", port, ignoreTLS: true });
const to = "bob@xn--bcher-kva.example";
const info = await transport.sendMail({ from: "ann@example.com", to, subject: "x", text: "x" });
server.close();

const seen = received.rcptTo[0].address;
console.log("nodemailer accepted:", info.accepted[0]);
console.log("expected:           ", to);
console.log("seen by the server: ", seen, "with smtpUtf8", received.smtpUtf8);
const holds = info.accepted[0] === to && seen === "bob@bücher.example" && !received.smtpUtf8;

console.log(holds ? "The surprise holds." : "CHANGED: the hooks see the domain as it was sent.");
process.exit(holds ? 0 : 1);
CHECK
node check.mjs
