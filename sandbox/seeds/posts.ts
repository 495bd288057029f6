/** Drafts an AI employee might write for Sara. They come in this order, then from the start again. */
export type Post = {
  /** File name after `LINKEDIN_`. */
  readonly stem: string;
  readonly text: string;
};

export const posts: readonly Post[] = [
  {
    stem: 'studio_open_on_sunday',
    text: [
      'We open the studio this Sunday! 🎉',
      '',
      'Ten to four: watch a sign being lettered from the first pencil line to the last stroke of gold, try a brush yourself, and have a coffee with us. Children are welcome. ☕️👩‍🎨',
      '',
      'See you in Dock Street 12?',
      '',
      '#HandLettering #OpenStudio #SmallBusiness',
    ].join('\n'),
  },
  {
    stem: 'what_a_sign_costs',
    text: [
      'What does a hand-painted sign cost, and why?',
      '',
      '1. Half of the time goes into the drawing nobody sees.',
      '2. Good paint is dear. Bad paint is dearer, in three years.',
      '3. You can call the person who made it. 📞',
      '',
      '#SignPainting #Craft',
    ].join('\n'),
  },
  {
    stem: 'thank_you_harbour_bakery',
    text: [
      'Thank you, Harbour Bakery! 🥐',
      '',
      'Four boards, one long night, and the smell of the first bread at five in the morning. We could get used to this.',
      '',
      '#HandLettering #Bakery',
    ].join('\n'),
  },
];

/** Looks finished and is not: nobody may be able to approve this one. */
export const unfinished: Post = {
  stem: 'workshop_in_june',
  text: [
    'Learn brush lettering in one weekend ✍️',
    '',
    'Our June workshop has eight places, all materials included. Book here: [link to the booking page]',
    '',
    '#BrushLettering #Workshop',
  ].join('\n'),
};

/** A complete draft file. */
export const fileOf = ({ text }: Post): string =>
  ['---', 'type: linkedin_post', 'action: post_update', '---', '', '## LinkedIn Post', '', text, ''].join('\n');
