import { loaded } from '@steward/service-kit';

import type { BillingContext } from '../db/loaders.ts';
import { paymentPayload } from './counter-payload-resolvers.ts';

type Name = 'tariff' | 'meter' | 'apportionment' | 'chargeRun' | 'openingImport' | 'chargeRequest' | 'waiver';

/** A command answers the id; the payload loads what a client selects. */
const payload = <Key extends Name>(name: Key) => ({
  [name]: (answer: Record<Key, { id: string }>, _args: unknown, { loaders }: BillingContext) =>
    loaded<unknown>(loaders[name].load(answer[name].id)),
});

export const chargingPayloads = {
  DraftTariffPayload: payload('tariff'),
  ApproveTariffPayload: payload('tariff'),
  EndTariffPayload: payload('tariff'),
  WithdrawTariffPayload: payload('tariff'),
  RegisterMeterPayload: payload('meter'),
  ReadMeterPayload: payload('meter'),
  VoidMeterReadingPayload: payload('meter'),
  RemoveMeterPayload: payload('meter'),
  TopUpMeterPayload: { ...payload('meter'), ...paymentPayload },
  ComputeApportionmentPayload: payload('apportionment'),
  ConfirmApportionmentPayload: payload('apportionment'),
  DiscardApportionmentPayload: payload('apportionment'),
  ReverseApportionmentPayload: payload('apportionment'),
  StartChargeRunPayload: payload('chargeRun'),
  PostChargeRunPayload: payload('chargeRun'),
  DiscardChargeRunPayload: payload('chargeRun'),
  ReverseChargeRunPayload: payload('chargeRun'),
  AmendOpeningImportPayload: payload('openingImport'),
  WithdrawOpeningBalancesPayload: payload('openingImport'),
  OpenOpeningImportPayload: payload('openingImport'),
  ImportOpeningBalancesPayload: payload('openingImport'),
  CloseOpeningImportPayload: payload('openingImport'),
  RequestChargePayload: payload('chargeRequest'),
  DecideChargeRequestPayload: payload('chargeRequest'),
  WithdrawChargeRequestPayload: payload('chargeRequest'),
  RequestWaiverPayload: payload('waiver'),
  DecideWaiverPayload: payload('waiver'),
  WithdrawWaiverPayload: payload('waiver'),
  ReverseWaiverPayload: payload('waiver'),
};
