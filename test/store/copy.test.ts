import { describeCopy } from './contract/copy.ts';
import { describeCopyRefusals } from './contract/copy-refusals.ts';
import { temporaryFiles } from './sqlite/temporary-file.ts';

const newPath = temporaryFiles();
const fresh = async () => `sqlite:${newPath()}`;

describeCopy(fresh, fresh);
describeCopyRefusals(fresh, fresh);
