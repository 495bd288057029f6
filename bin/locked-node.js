/** The Node of package-lock.json with the words behind it: what tests, proofs and measurements run on, with any npm. */
import { become, complain, lockedNode, noneCame } from './runtime.js';

const { path } = lockedNode() ?? { path: process.execPath };
if (path === process.execPath && Number(process.versions.node.split('.')[0]) < 24) complain(noneCame);
else become(path, process.argv.slice(2));
