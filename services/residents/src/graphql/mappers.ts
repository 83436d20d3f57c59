import type { Viewer } from '@steward/auth';
import type { FileView, Upload } from '@steward/files';
import type {
  ChangeRow,
  ChecklistRow,
  Connection,
  DeadlineRow,
  RefusalValue,
  SignatureRow,
} from '@steward/service-kit';

import type { Caller as FoundCaller } from '../commands/find-callers.ts';
import type { JudgedFile } from '../commands/judge-household-file.ts';
import type { PlacedHolding, PlacedMembership } from '../db/loaders.ts';
import type { FiledPaper } from '../db/move-in-loaders.ts';
import type { Community } from '../domain/community.ts';
import type { FileInspection, FileSet, FileSetDocument } from '../domain/file-set.ts';
import type { Household as HouseholdRow } from '../domain/household.ts';
import type { DecorationInspection } from '../domain/decoration-inspection.ts';
import type { DecorationViolation } from '../domain/decoration-violation.ts';
import type { Decoration, DecorationTerms } from '../domain/decoration.ts';
import type { BroadcastRun as BroadcastRunRow, BroadcastScript } from '../domain/broadcast-script.ts';
import type { CounterSignRoute, CounterSignStep as CounterSignStepRow } from '../domain/counter-sign-route.ts';
import type { FloorArea } from '../domain/floor-area-rules.ts';
import type { InvoiceApplication } from '../domain/invoice-application.ts';
import type { KeyAccountVisit } from '../domain/key-account-visit.ts';
import type { MembershipCard } from '../domain/membership-card.ts';
import type { RentalMandate } from '../domain/rental-mandate.ts';
import type { MoveOut } from '../domain/move-out.ts';
import type { MoveIn } from '../domain/move-in.ts';
import type { Organisation } from '../domain/organisation.ts';
import type { EscortedAccess } from '../domain/escorted-access.ts';
import type { MailItem } from '../domain/mail-item.ts';
import type { ResidentRegistration } from '../domain/resident-registration.ts';
import type { Custody } from '../domain/custody.ts';
import type { Pass } from '../domain/pass.ts';
import type { Person } from '../domain/person.ts';
import type { PersonErasure } from '../domain/person-erasure.ts';
import type { TimelineEntry as Entry } from '../domain/timeline.ts';
import type { Takeover } from '../domain/takeover.ts';
import type { Place } from '../domain/place.ts';

/** What stands behind a type of the graph where that is not the domain's row. */
export type Me = Viewer;
export type Staff = { id: string };
export type Unit = Place;
export type HouseholdHolding = PlacedHolding;
export type HouseholdMembership = PlacedMembership;
export type HouseholdFile = JudgedFile;
export type CommunityConnection = Connection<Community>;
export type PlaceConnection = Connection<Place>;
export type PersonConnection = Connection<Person>;
export type OrganisationConnection = Connection<Organisation>;
export type HouseholdConnection = Connection<HouseholdRow>;
export type MailItemConnection = Connection<MailItem>;
export type ResidentRegistrationConnection = Connection<ResidentRegistration>;
export type EscortedAccessConnection = Connection<EscortedAccess>;
export type CustodyConnection = Connection<Custody>;
export type PassConnection = Connection<Pass>;
export type ChangeConnection = Connection<ChangeRow>;
export type Code = { code: string; label?: string; labelKey?: string };
export type Refusal = RefusalValue;

export type CreateHouseholdDocumentUploadPayload = { upload: Upload };
export type SetResidentsPolicyPayload = { communityId: string };

type RowAnswer = { index: number; isNew: boolean; id: string | null; refusal: RefusalValue | null };

export type PlaceRegistration = RowAnswer;
export type HouseholdRegistration = RowAnswer;

export type DecorationConnection = Connection<Decoration>;
export type DecorationInspectionConnection = Connection<DecorationInspection>;
export type DecorationViolationConnection = Connection<DecorationViolation>;
export type DecorationTermsConnection = Connection<DecorationTerms>;
export type DecorationInspectionItem = ChecklistRow;

export type MoveInConnection = Connection<MoveIn>;
export type MoveInPaper = FiledPaper;
export type MoveOutConnection = Connection<MoveOut>;
export type TakeoverConnection = Connection<Takeover>;
export type FileSetConnection = Connection<FileSet>;
export type FileInspectionConnection = Connection<FileInspection>;
export type SetDocument = FileSetDocument;
export type ProcedureCheck = ChecklistRow;
export type CreateProcedureUploadPayload = { upload: Upload };
export type Caller = FoundCaller;
export type TimelineEntry = Entry;
export type TimelineEntryConnection = Connection<Entry>;
export type PersonErasureConnection = Connection<PersonErasure>;
export type Deadline = DeadlineRow;
export type Signature = SignatureRow;
export type File = FileView;

export type CommunityFloorArea = FloorArea;
export type KeyAccountVisitConnection = Connection<KeyAccountVisit>;
export type RentalMandateConnection = Connection<RentalMandate>;
export type MembershipCardConnection = Connection<MembershipCard>;
export type InvoiceApplicationConnection = Connection<InvoiceApplication>;
export type BroadcastScriptConnection = Connection<BroadcastScript>;
export type BroadcastRun = BroadcastRunRow;
export type CounterSignRouteConnection = Connection<CounterSignRoute>;
export type CounterSignStep = CounterSignStepRow;
