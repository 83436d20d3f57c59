import { report } from './finding.ts';
import { checkTexts } from './text.ts';

report(checkTexts());
