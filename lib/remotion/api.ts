/**
 * What a person does with Remotion Lambda, as its documentation names it: the functions of
 * `@remotion/lambda` and `@remotion/lambda-client`, and `rendering`, which is the deployed function
 * at work.
 *
 * @see https://www.remotion.dev/docs/lambda/api
 */
export type RemotionApi =
  | "cancelRenderOnLambda()"
  | "deleteFunction()"
  | "deleteRender()"
  | "deleteSite()"
  | "deployFunction()"
  | "deploySite()"
  | "downloadMedia()"
  | "getCompositionsOnLambda()"
  | "getFunctionInfo()"
  | "getFunctions()"
  | "getOrCreateBucket()"
  | "getRenderProgress()"
  | "getSites()"
  | "presignUrl()"
  | "quotas"
  | "rendering"
  | "renderMediaOnLambda()"
  | "renderStillOnLambda()"
  | "simulatePermissions()";
