import type { FileView } from '@steward/files';
import type {
  ApprovalRow,
  ChangeRow,
  ChecklistRow,
  Connection,
  DeadlineRow,
  NotificationRow,
  PolicyFigureInForce,
  RefusalValue,
} from '@steward/service-kit';

import type { CheckIn } from '../commands/check-in-activity-participants.ts';
import type { Participation } from '../db/activity-queries.ts';
import type { Activity as ActivityRow, ActivityRegistration as RegistrationRow } from '../domain/activity.ts';
import type {
  Announcement as AnnouncementRow,
  BulletinBoard as BoardRow,
  PublicAreaCheck as AreaCheckRow,
} from '../domain/notice.ts';
import type { NamedAnswer, PlannedVisitRow } from '../db/loaders.ts';
import type { Survey as SurveyRow } from '../domain/survey.ts';
import type { VisitPlan as VisitPlanRow } from '../domain/visit-plan.ts';
import type { OwnerVote as OwnerVoteRow } from '../domain/vote.ts';
import type { Venue as VenueRow, VenueBooking as BookingRow } from '../domain/venue.ts';

/** What stands behind a type of the graph where that is not the domain's row. */
export type ActivityConnection = Connection<ActivityRow>;
export type ActivityRegistrationConnection = Connection<RegistrationRow>;
export type VenueConnection = Connection<VenueRow>;
export type VenueBookingConnection = Connection<BookingRow>;
export type AnnouncementConnection = Connection<AnnouncementRow>;
export type BulletinBoardConnection = Connection<BoardRow>;
export type PublicAreaCheckConnection = Connection<AreaCheckRow>;
export type SurveyConnection = Connection<SurveyRow>;
export type VisitPlanConnection = Connection<VisitPlanRow>;
export type OwnerVoteConnection = Connection<OwnerVoteRow>;
export type PlannedVisit = PlannedVisitRow;
export type ChangeConnection = Connection<ChangeRow>;
export type NotificationConnection = Connection<NotificationRow>;
export type ActivityCheck = ChecklistRow;
export type ActivityCheckIn = CheckIn;
export type ActivityStatistics = Participation & { currency: string };
export type CommunityEventsPolicyFigure = PolicyFigureInForce;
export type ServiceLine = { code: string; departmentCode: string; operation: string };
export type Deadline = DeadlineRow;
export type Approval = ApprovalRow;
export type File = FileView;
export type Refusal = RefusalValue;
export type Actor = { kind: 'staff' | 'person' | 'system'; id: string | null };
export type Code = { code: string; labelKey: string } | { code: string; label: string };

/** Entities of other services, and our own where only the id is known. */
type Stub = { id: string };
export type Community = Stub;
export type SetCommunityEventsPolicyPayload = { communityId: string };
export type SurveyAnswer = NamedAnswer;
