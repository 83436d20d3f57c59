import { availableActions, historyOf, loaded } from '@steward/service-kit';

import { judgeInspectionActions, judgeViolationActions } from '../commands/judge-decoration-actions.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import { ofHousehold } from '../db/procedure-subject-queries.ts';
import type {
  DecorationInspectionItemResolvers,
  DecorationInspectionResolvers,
  DecorationViolationResolvers,
} from './generated.ts';
import { opened } from './opened.ts';
import { named, stub } from './procedure-resolvers.ts';

async function photosAbout(ctx: ResidentsContext, id: string) {
  const photos = await ctx.loaders.decorationPhotos.load(id);
  return Promise.all(photos.map(({ fileId }) => loaded(ctx.loaders.file.load(fileId))));
}

const DecorationInspection: DecorationInspectionResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.decorationInspection.load(id),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  decoration: ({ decorationId }, _args, ctx) => loaded(ctx.loaders.decoration.load(decorationId)),
  inspector: ({ inspectorId }) => stub(inspectorId),
  items: ({ id }, _args, ctx) => ctx.loaders.decorationChecklist.load(id),
  failedCount: ({ failedCodes }) => failedCodes.length,
  findings: ({ findingsSealed }, _args, ctx) => opened(ctx, findingsSealed),
  photos: ({ id }, _args, ctx) => photosAbout(ctx, id),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (inspection, _args, ctx) =>
    availableActions(ctx, ofHousehold(inspection), judgeInspectionActions(inspection)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const DecorationInspectionItem: DecorationInspectionItemResolvers<ResidentsContext> = {
  item: ({ code }) => named('decorationCheck', code),
  isInOrder: ({ result }) => (result === null ? null : result === 'PASS'),
};

const DecorationViolation: DecorationViolationResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.decorationViolation.load(id),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  decoration: ({ decorationId }, _args, ctx) => loaded(ctx.loaders.decoration.load(decorationId)),
  inspection: ({ inspectionId: id }, _args, ctx) => (id === null ? null : ctx.loaders.decorationInspection.load(id)),
  finder: ({ foundBy }) => stub(foundBy),
  note: ({ noteSealed }, _args, ctx) => ctx.open(noteSealed),
  photos: ({ id }, _args, ctx) => photosAbout(ctx, id),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (violation, _args, ctx) =>
    availableActions(ctx, ofHousehold(violation), judgeViolationActions(violation)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const decorationInspectionTypes = { DecorationInspection, DecorationInspectionItem, DecorationViolation };
