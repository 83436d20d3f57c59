import { v7, validate, version } from 'uuid';

/** A new UUIDv7: unique, and ordered by the time of its making. */
export const newId = (): string => v7();

/** Whether a text is a UUIDv7, the only form of id that clients may bring along. */
export const isId = (text: string): boolean => validate(text) && version(text) === 7;
