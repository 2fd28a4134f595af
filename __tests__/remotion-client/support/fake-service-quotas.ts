import { type AwsAnswer, jsonAnswer } from "./aws-answer.js";
import type { AwsRequest } from "./aws-request.js";
import { targetOperation } from "./request-permissions.js";

const ANSWERS: Readonly<Record<string, unknown>> = {
  GetServiceQuota: { Quota: { Value: 1000 } },
  GetAWSDefaultServiceQuota: { Quota: { Value: 1000 } },
  ListRequestedServiceQuotaChangeHistoryByQuota: { RequestedQuotas: [] },
  RequestServiceQuotaIncrease: { RequestedQuota: { Status: "PENDING" } },
};

/** Service Quotas: an account at the default concurrency, with no request for more pending. */
export function serviceQuotasAnswer(request: AwsRequest): AwsAnswer {
  return jsonAnswer(ANSWERS[targetOperation(request)] ?? {});
}
