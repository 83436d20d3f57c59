import { meanRating } from '../domain/review-rules.ts';
import type { WorkOrderSampleEntry } from '../domain/review.ts';

/** The mean rating of the visits of a sample so far (A242). */
export const rateSample = (entries: readonly WorkOrderSampleEntry[]): string | null => meanRating(entries);
