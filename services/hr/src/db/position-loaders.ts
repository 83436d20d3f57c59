import { byId, loader, type Context } from '@steward/service-kit';

import type { Position } from '../domain/position.ts';

import * as position from './position-entities.ts';
import * as work from './position-work-entities.ts';
import * as recruitment from './recruitment-entities.ts';

/** Loaders of positions, authority, recruitment and what belongs to a post. */
export const positionLoaders = (ctx: Context) => ({
  position: byId(ctx, position.positionEntity),
  authorityGrant: byId(ctx, position.authorityGrantEntity),
  spendingRequest: byId(ctx, position.spendingRequestEntity),
  staffQualification: byId(ctx, recruitment.staffQualificationEntity),
  vacancy: byId(ctx, recruitment.vacancyEntity),
  jobApplication: byId(ctx, recruitment.jobApplicationEntity),
  probationReview: byId(ctx, recruitment.probationReviewEntity),
  gradeLadder: byId(ctx, recruitment.gradeLadderEntity),
  staffGrade: byId(ctx, recruitment.staffGradeEntity),
  positionDutySheet: byId(ctx, work.positionDutySheetEntity),
  positionKpiReview: byId(ctx, work.positionKpiReviewEntity),
  personnelArchive: byId(ctx, work.personnelArchiveEntity),
  postRotation: byId(ctx, work.postRotationEntity),
  postHandover: byId(ctx, work.postHandoverEntity),
  /** Positions of the catalogue by their codes. */
  positionOf: loader<string, Position>(ctx, async (tx, codes) => {
    const query = tx.createQueryBuilder(position.positionEntity, 'p');
    const found = await query.where('p.number = any(:codes)', { codes: [...codes] }).getMany();
    return codes.map((code) => found.find(({ number }) => number === code) ?? null);
  }),
});
