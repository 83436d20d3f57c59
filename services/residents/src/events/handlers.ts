import { decorationHandlers } from './decoration-handlers.ts';
import { deskServiceHandlers } from './desk-service-handlers.ts';
import { moveInHandlers } from './move-in-handlers.ts';
import type { Handler } from '@steward/events';

/** What residents consumes: how far the money and the repairs of its procedures have come. */
export const handlers: Handler[] = [...moveInHandlers, ...decorationHandlers, ...deskServiceHandlers];
