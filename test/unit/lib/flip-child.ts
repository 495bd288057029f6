/** Makes a folder a link to another place and a folder again, until it is killed. */
import { renameSync, symlinkSync, unlinkSync } from 'node:fs';

const [, , folder = '', elsewhere = ''] = process.argv;

process.send?.('begun');
for (;;) {
  renameSync(folder, `${folder}.real`);
  symlinkSync(elsewhere, folder);
  unlinkSync(folder);
  renameSync(`${folder}.real`, folder);
}
