import { checkBoundaries } from './boundaries.ts';
import { report } from './finding.ts';

report(checkBoundaries());
