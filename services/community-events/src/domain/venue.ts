/** Venue 场地: a square, club, activity centre, court, gym, library or notice board site that activities take place at. */
export type Venue = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  kindCode: string;
  nameZh: string;
  nameEn: string;
  placeId: string | null;
  capacity: number;
  /** Local times of day, HH:mm:ss; half-open. */
  openFrom: string;
  openTo: string;
  retiredAt: Date | null;
};

/** A venue is one party's at a time: the database refuses a second booking of the same time. */
export type VenueBooking = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  venueId: string;
  activityId: string | null;
  /** What others book it for, which may tell of them; null for an activity. */
  purposeSealed: string | null;
  startsAt: Date;
  endsAt: Date;
  status: 'BOOKED' | 'RELEASED';
};
