/** Faults about who decided what, and about what they saw. */
import type { Mutation } from './mutation.ts';

export const deciding: readonly Mutation[] = [
  {
    name: 'the card is shown before the decision is on record',
    changes: [
      {
        file: 'src/workflow/decide/record.ts',
        from: '  const won = await parts.ledger.tx(async (tables) => {',
        to: `  const { cardOf } = await import('../present.ts');
  for (const channel of parts.channels) await channel.show(await cardOf(parts, { ...draft, ...to }), undefined);
  const won = await parts.ledger.tx(async (tables) => {`,
      },
    ],
    suites: ['model', 'test/integration/workflow/races.test.ts'],
  },
  {
    name: 'a decision is answered but not recorded',
    changes: [
      {
        file: 'src/workflow/decide/record.ts',
        from: '    await tables.decisions.append(decision, tapName(tap));\n',
        to: '',
      },
    ],
    suites: ['model'],
  },
  {
    name: 'whoever a chat lists as an editor may decide',
    changes: [
      {
        file: 'src/app/people.ts',
        from: "    ...listed(chats, 'approvers'),\n",
        to: "    ...listed(chats, 'approvers'),\n    ...listed(chats, 'editors'),\n",
      },
    ],
    suites: ['test/integration/made-up-chat.test.ts'],
  },
  {
    name: 'anybody may decide',
    changes: [
      {
        file: 'src/domain/approver.ts',
        from: "if (isIn(people.approvers)) return 'approver';",
        to: "if (people.approvers.size > 0) return 'approver';",
      },
    ],
    suites: ['test/unit/domain/approver.test.ts', 'model'],
  },
  {
    name: 'one approval is enough, whatever is set',
    changes: [
      {
        file: 'src/workflow/enough.ts',
        from: 'approvals.length >= approvalsNeeded;',
        to: 'approvals.length >= Math.min(approvalsNeeded, 1);',
      },
      {
        file: 'src/workflow/decide/approve.ts',
        from: 'parts.rules.approvalsNeeded - others.length - 1',
        to: 'Math.min(parts.rules.approvalsNeeded, 1) - others.length - 1',
      },
    ],
    suites: ['test/integration/workflow/two-persons.test.ts', 'model'],
  },
  {
    name: 'one person counts twice',
    changes: [
      {
        file: 'src/domain/approvals.ts',
        from: 'given.set(personOf(decision.actor, identities), decision);',
        to: 'given.set(decision.id, decision);',
      },
      {
        file: 'src/workflow/enough.ts',
        from: 'personOf(given.actor, identities) !== personOf(actor, identities)',
        to: "personOf(actor, identities) !== ''",
      },
    ],
    suites: ['test/integration/workflow/two-persons.test.ts', 'model'],
  },
  {
    name: 'an approval goes on counting after the text changed',
    changes: [
      {
        file: 'src/domain/approvals.ts',
        from: 'if (!isYes(decision) || decision.revision !== revision) given.clear();',
        to: 'if (!isYes(decision)) continue;',
      },
      {
        file: 'src/ledger/drafts.ts',
        from: "WHEN @state = 'pending' OR (@setRevision AND @revision IS NOT revision)",
        to: 'WHEN @state IS NULL AND @state IS NOT NULL AND @setRevision',
      },
    ],
    suites: ['test/integration/workflow/two-persons.test.ts', 'model'],
  },
  {
    name: 'a tap that is taken up again after a death counts again',
    changes: [
      {
        file: 'src/workflow/decide/index.ts',
        from: 'name === undefined ? undefined : await parts.ledger.decisions.byTap(name);',
        to: 'name === undefined ? undefined : await parts.ledger.decisions.byTap(`${name} again`);',
      },
      {
        file: 'src/workflow/decide/record.ts',
        from: 'await tables.decisions.append(decision, tapName(tap));',
        to: 'await tables.decisions.append(decision);',
      },
    ],
    suites: ['test/integration/workflow/taps-once.test.ts', 'storm'],
  },
  {
    name: 'a made-up thread takes the question away',
    changes: [
      {
        file: 'src/workflow/risks.ts',
        from: 'everybody.filter((address) => !wrote.has(bareAddress(address)));',
        to: 'everybody.filter((address) => effect.thread === undefined && !wrote.has(bareAddress(address)));',
      },
    ],
    suites: ['test/integration/workflow/risks.test.ts', 'test/integration/workflow/answered.test.ts'],
  },
  {
    name: 'the question is left to whoever asks the door',
    changes: [
      {
        file: 'src/workflow/risks.ts',
        from: '  words.length === 0 || given === sure\n',
        to: '  words.length === 0 || given === sure || given === undefined\n',
      },
    ],
    suites: ['test/integration/workflow/risks.test.ts', 'test/integration/workflow/equal-effects.test.ts'],
  },
  {
    name: 'what was rejected is forgotten with its file',
    changes: [
      {
        file: 'src/workflow/twins.ts',
        from: "return isOld ? undefined : { kind: 'rejected', decision: await decision() };",
        to: 'return undefined;',
      },
    ],
    suites: ['test/integration/workflow/no-means-no.test.ts'],
  },
  {
    name: 'buttons carry a tag of the text',
    changes: [
      {
        file: 'src/workflow/read-revision.ts',
        from: 'known?.mark ?? parts.random.key(markLength)',
        to: 'known?.mark ?? read.hash.slice(0, markLength)',
      },
    ],
    suites: ['test/integration/workflow/marks.test.ts'],
  },
  {
    name: 'a card’s values are cut',
    changes: [
      {
        file: 'src/workflow/build-card.ts',
        from: "return fields.filter((field) => field.value !== '');",
        to: "return fields.filter((field) => field.value !== '').map((one) => ({ ...one, value: oneLine(one.value, 500) }));",
      },
    ],
    suites: ['test/contract/shown.test.ts'],
  },
];
