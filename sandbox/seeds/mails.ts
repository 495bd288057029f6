/** Mails that people might write to Sara. They come in this order, then from the start again. */
export type Letter = { readonly from: string; readonly subject: string; readonly text: string };

export const letters: readonly Letter[] = [
  {
    from: 'Tomas Berg <tomas.berg@harbourbakery.example>',
    subject: 'New menu boards',
    text: [
      'Hello Sara,',
      '',
      'we are opening the second shop on 3 May and would love to have your hand-lettered menu boards there too.',
      'Four pieces, about 60 × 90 cm. Could you tell me until Friday whether that fits, and what it would cost?',
      '',
      'Warm greetings from the harbour',
      'Tomas',
    ].join('\n'),
  },
  {
    from: 'Aylin Demir <aylin@demir-events.example>',
    subject: 'Can we move Thursday’s call?',
    text: [
      'Hi Sara,',
      '',
      'something came up on Thursday morning. Would 15:00 work for you instead? Otherwise any time on Friday.',
      '',
      'Thanks!',
      'Aylin',
    ].join('\n'),
  },
  {
    from: 'Jonas Peeters <jonas.peeters@peeters-print.example>',
    subject: 'Paper samples 🌿',
    text: [
      'Dear Sara,',
      '',
      'the recycled samples are here: 120 g, 170 g and the heavy 300 g you liked. Shall I post them, or do you come by?',
      '',
      'Best regards',
      'Jonas',
    ].join('\n'),
  },
];
