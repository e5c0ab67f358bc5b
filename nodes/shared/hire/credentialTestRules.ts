import type { ICredentialTestRequest } from 'n8n-workflow';
import { FEISHU_CODES } from '../feishu/codes';

const NEEDED_SCOPES = 'hire:external_application:readonly or hire:external_application';

/** For codes whose general sentence would puzzle the user of the credential dialog. */
const IN_A_TEST: Record<number, string> = {
	99991672: `App ID and App Secret are right, but the app lacks the scope ${NEEDED_SCOPES} (code 99991672). That is enough if you only read background check orders (背调订单). Otherwise in the Feishu developer console open "Permissions & Scopes" (权限管理), add it, withdraw a version that is still pending (it does not contain the scope), publish a new one and have it approved.`,
	99991400:
		'App ID and App Secret are right, but Feishu is receiving too many requests from this app right now (code 99991400). Test again in a few seconds.',
	1002002:
		'App ID, App Secret and scope are right, but this tenant refuses a query without a filter (code 1002002). Operation "Get Many" will not work, the others will.',
};

const failsOn = (key: string, value: unknown, message: string) =>
	({ type: 'responseSuccessBody', properties: { key, value, message } }) as const;

/**
 * The rules for n8n's credential test. A rule can only compare for equality (n8n,
 * `credentials-tester.service.js`), so there is one for every code that this package knows, and one
 * for any other failure: an answer without `data`. New objects each time.
 */
export const credentialTestRules = (): ICredentialTestRequest['rules'] => [
	failsOn(
		'code',
		undefined,
		'The answer did not come from Feishu. With the region Custom, check the base URL. A proxy or a firewall can also cause this.',
	),
	...Object.entries(FEISHU_CODES).map(([code, { meaning, advice }]) =>
		failsOn(
			'code',
			Number(code),
			IN_A_TEST[Number(code)] ?? `${meaning} (code ${code}). ${advice}`,
		),
	),
	failsOn(
		'data',
		undefined,
		'Feishu refused the query with a code that this package does not know. Run the node to see it.',
	),
];
