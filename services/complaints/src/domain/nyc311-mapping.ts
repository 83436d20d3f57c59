import type { ComplaintGrade, ComplaintNature } from './complaint.ts';

/** What a request of New York City's 311 line is in our words. */
export type MappedRequest = { categoryCode: string; nature: ComplaintNature; grade?: ComplaintGrade; isKnown: boolean };

type Terms = { nature?: ComplaintNature; grade?: ComplaintGrade };

const to = (categoryCode: string, { nature = 'COMPLAINT', grade }: Terms = {}): MappedRequest =>
  grade === undefined ? { categoryCode, nature, isKnown: true } : { categoryCode, nature, grade, isKnown: true };

const request: Terms = { nature: 'REQUEST' };
const important: Terms = { grade: 'IMPORTANT' };

/**
 * Our category for an agency's complaint type, both in capitals; grade as usual for the category unless it stands here.
 * `AGENCY/*` holds for every type of the agency that is not listed.
 */
export const nyc311Types: Readonly<Record<string, MappedRequest>> = {
  'DCA/*': to('MERCHANT_CONDUCT'),
  'DCA/DCA / DOH NEW LICENSE APPLICATION REQUEST': to('PAPERWORK', request),
  'DCAS/*': to('PAPERWORK', request),
  'DEP/*': to('SEWAGE'),
  'DEP/AIR QUALITY': to('AIR_QUALITY'),
  'DEP/ASBESTOS': to('HAZARDOUS_SUBSTANCE'),
  'DEP/HAZARDOUS MATERIALS': to('HAZARDOUS_SUBSTANCE'),
  'DEP/INDUSTRIAL WASTE': to('HAZARDOUS_SUBSTANCE'),
  'DEP/LEAD': to('WATER_QUALITY'),
  'DEP/NOISE': to('NOISE'),
  'DEP/SEWER': to('SEWAGE'),
  'DEP/WATER CONSERVATION': to('WATER_SAVING'),
  'DEP/WATER QUALITY': to('WATER_QUALITY'),
  'DEP/WATER SYSTEM': to('PUBLIC_FACILITIES', important),
  'DFTA/*': to('PAPERWORK', request),
  'DHS/*': to('PUBLIC_ORDER'),
  'DOB/*': to('CONSTRUCTION'),
  'DOB/ELECTRICAL': to('UNSAFE_BUILDING'),
  'DOB/ELEVATOR': to('LIFT_SERVICE'),
  'DOB/EMERGENCY RESPONSE TEAM (ERT)': to('UNSAFE_BUILDING'),
  'DOB/GENERAL CONSTRUCTION/PLUMBING': to('CONSTRUCTION'),
  'DOE/*': to('PUBLIC_FACILITIES'),
  'DOF/*': to('PAPERWORK', request),
  'DOF/DOF PARKING - PAYMENT ISSUE': to('FEES'),
  'DOHMH/*': to('CLEANLINESS'),
  'DOHMH/ASBESTOS': to('HAZARDOUS_SUBSTANCE'),
  'DOHMH/FOOD ESTABLISHMENT': to('FOOD_SAFETY'),
  'DOHMH/FOOD POISONING': to('FOOD_SAFETY'),
  'DOHMH/INDOOR AIR QUALITY': to('AIR_QUALITY'),
  'DOHMH/NON-RESIDENTIAL HEAT': to('SUPPLY_FAILURE'),
  'DOHMH/RODENT': to('PESTS'),
  'DOHMH/SMOKING': to('SMOKING'),
  'DOHMH/STANDING WATER': to('PESTS'),
  'DOITT/*': to('PUBLIC_FACILITIES'),
  'DOT/*': to('ROAD_CONDITION'),
  'DOT/BROKEN MUNI METER': to('PUBLIC_FACILITIES'),
  'DOT/BROKEN PARKING METER': to('PUBLIC_FACILITIES'),
  'DOT/FERRY INQUIRY': to('PUBLIC_TRANSPORT', request),
  'DOT/STREET LIGHT CONDITION': to('STREET_LIGHTING'),
  'DOT/TRAFFIC SIGNAL CONDITION': to('PUBLIC_FACILITIES', important),
  'DPR/*': to('GREENING'),
  'DPR/ANIMAL IN A PARK': to('ANIMALS'),
  'DPR/DPR INTERNAL': to('OTHER_COMPLAINT', request),
  'DPR/MAINTENANCE OR FACILITY': to('PUBLIC_FACILITIES'),
  'DPR/NEW TREE REQUEST': to('GREENING', request),
  'DPR/ROOT/SEWER/SIDEWALK CONDITION': to('ROAD_CONDITION'),
  'DPR/VIOLATION OF PARK RULES': to('PUBLIC_ORDER'),
  'DSNY/*': to('CLEANLINESS'),
  'DSNY/COLLECTION TRUCK NOISE': to('NOISE'),
  'DSNY/DERELICT VEHICLES': to('ABANDONED_VEHICLE'),
  'DSNY/ELECTRONICS WASTE APPOINTMENT': to('BULKY_WASTE', request),
  'DSNY/GRAFFITI': to('GRAFFITI'),
  'DSNY/MISSED COLLECTION (ALL MATERIALS)': to('WASTE_COLLECTION'),
  'DSNY/REQUEST LARGE BULKY ITEM COLLECTION': to('BULKY_WASTE', request),
  'EDC/*': to('NOISE'),
  'FDNY/*': to('FIRE_HAZARD'),
  'HRA/*': to('PAPERWORK', request),
  'NYPD/*': to('PUBLIC_ORDER'),
  'NYPD/ANIMAL ABUSE': to('ANIMALS'),
  'NYPD/BLOCKED DRIVEWAY': to('BLOCKED_ACCESS'),
  'NYPD/DERELICT VEHICLE': to('ABANDONED_VEHICLE'),
  'NYPD/ILLEGAL PARKING': to('PARKING'),
  'NYPD/NOISE - COMMERCIAL': to('NOISE'),
  'NYPD/NOISE - HOUSE OF WORSHIP': to('NOISE'),
  'NYPD/NOISE - PARK': to('NOISE'),
  'NYPD/NOISE - RESIDENTIAL': to('NOISE'),
  'NYPD/NOISE - STREET/SIDEWALK': to('NOISE'),
  'NYPD/NOISE - VEHICLE': to('NOISE'),
  'NYPD/PANHANDLING': to('PEDDLING'),
  'NYPD/TRAFFIC': to('PARKING'),
  'NYPD/VENDING': to('PEDDLING'),
  'TLC/*': to('PUBLIC_TRANSPORT'),
};

const unknown: MappedRequest = { categoryCode: 'OTHER_COMPLAINT', nature: 'COMPLAINT', isKnown: false };

/** What a request becomes; one whose agency is not in the table is OTHER_COMPLAINT, and `isKnown` says so. */
export function complaintOfRequest(agency: string, complaintType: string): MappedRequest {
  const [of, type] = [agency.trim().toUpperCase(), complaintType.trim().toUpperCase()];
  const found = [`${of}/${type}`, `${of}/*`].find((key) => Object.hasOwn(nyc311Types, key));
  return (found === undefined ? undefined : nyc311Types[found]) ?? unknown;
}

/** The columns of the export that say where something happened. */
export type RequestPlace = {
  intersection1: string;
  intersection2: string;
  crossStreet1: string;
  crossStreet2: string;
  street: string;
  latitude: string;
  longitude: string;
  city: string;
  borough: string;
  zip: string;
};

const clean = (text: string): string => text.replace(/\s+/g, ' ').trim();

/**
 * Where a request without a building happened, in words: the intersection, else the street between its crossings, else
 * coordinates, else city or borough as the agency has it (`Unspecified`). A request with an address has a building as its
 * place and needs no words.
 */
export function locationOfRequest(place: RequestPlace): string | null {
  const district = [clean(place.city) || clean(place.borough), clean(place.zip)]
    .filter((part) => part !== '')
    .join(' ');
  const within = (text: string): string => (district === '' ? text : `${text}, ${district}`);
  const corners = [place.intersection1, place.intersection2].map(clean).filter((part) => part !== '');
  if (corners.length > 0) return within(corners.join(' / '));
  const street = clean(place.street);
  const crossings = [place.crossStreet1, place.crossStreet2].map(clean).filter((part) => part !== '');
  if (street !== '') return within(crossings.length === 0 ? street : `${street} (${crossings.join(' - ')})`);
  const [latitude, longitude] = [clean(place.latitude), clean(place.longitude)];
  if (latitude !== '' && longitude !== '') return within(`${latitude}, ${longitude}`);
  return district === '' ? null : district;
}
