import { judgeActions, type JudgedAction } from '@steward/service-kit';

import { publishAct } from '../domain/notice-policy.ts';
import { announcementActions, requireAnnouncement, requireOpenAreas } from '../domain/notice-rules.ts';
import type { Announcement, PublicAreaCheck } from '../domain/notice.ts';

/** Every action on an aggregate with the refusal that its state would give, for `availableActions`. */
export const judgeAnnouncementActions = (announcement: Announcement): JudgedAction[] =>
  judgeActions(announcementActions, (action) => requireAnnouncement(announcement, action));

export const judgeBoardActions = (): JudgedAction[] =>
  judgeActions(['changeBulletinBoard', 'reportPosterDamage', 'removePoster']);

export const judgeAreaActions = ({ openAreas }: PublicAreaCheck): JudgedAction[] =>
  judgeActions(['rectifyPublicAreas'], () => requireOpenAreas(openAreas, openAreas));

/** What the authority matrix may let others do with an announcement. */
export const announcementActs = { publishAnnouncement: publishAct };
