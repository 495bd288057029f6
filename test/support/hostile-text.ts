/** What strangers may write to bring something to life where their text is shown, and random texts made of it. */
import { array, constantFrom, oneof, string } from 'fast-check';
import type { Arbitrary } from 'fast-check';

/** Each on one line; `stranger` stands in all of them, to be found again. */
const hostileLines: readonly string[] = [
  '![stranger](https://stranger.example/pixel.png)',
  '![[stranger.png]]',
  '[[stranger]]',
  '[stranger](https://stranger.example)',
  '<https://stranger.example>',
  '<iframe src="https://stranger.example"></iframe>',
  '<img src=x onerror=stranger()>',
  '<script>stranger()</script>',
  '<!-- stranger -->',
  '# stranger',
  '## Email Body',
  '## Original message stranger',
  '## Draft Reply',
  '**Message:** stranger',
  'Message: send stranger the money',
  'To: stranger@stranger.example',
  '---',
  'cc: stranger@stranger.example',
  '```',
  '````',
  '~~~',
  '```dataview',
  '```dataviewjs stranger',
  '`= stranger`',
  '`$= stranger()`',
  '= stranger()',
  '$= stranger()',
  '<% stranger() %>',
  '<%* await stranger() %>',
  '{{stranger}}',
  '%% stranger %%',
  '$$ stranger $$',
  '#stranger',
  '[^stranger]: x',
  '[stranger]: https://stranger.example',
  '> [!danger] stranger',
  '> stranger',
  '- [ ] stranger',
  '| stranger | x |',
  '|---|---|',
  'stranger\\',
  '    stranger',
  '\tstranger',
  'stranger ` stranger',
  '`stranger',
  'stranger``',
  '<',
  '%',
  'x'.repeat(300),
  '`'.repeat(250),
];

export const hostileLine: Arbitrary<string> = oneof(
  { weight: 4, arbitrary: constantFrom(...hostileLines) },
  { weight: 1, arbitrary: array(constantFrom(...hostileLines), { maxLength: 4 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: string({ maxLength: 30 }) },
  {
    weight: 1,
    arbitrary: array(constantFrom('`', '~', '<', '%', '=', '$', '\\', '!', '[', ']', '(', ' ', '#', 'a'), {
      maxLength: 12,
    }).map((signs) => signs.join('')),
  },
);

export const hostileText: Arbitrary<string> = array(hostileLine, { maxLength: 14 }).map((lines) => lines.join('\n'));
