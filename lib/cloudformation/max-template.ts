/** How long a template may be: twice what CloudFormation takes, as comments may be taken out on the way. In bytes. */
export const MAX_TEMPLATE = 2 * 1024 * 1024;
