import type { ICredentialTestRequest } from 'n8n-workflow';
import { FEISHU_CODES } from '../feishu/codes';

const NEEDED_SCOPES = 'hire:external_application:readonly or hire:external_application';

/** For codes whose general sentence would puzzle the user of the credential dialog. */
const IN_A_TEST: Record<number, string> = {
	99991672: `The App ID and App Secret are right, but the app lacks the scope ${NEEDED_SCOPES} (code 99991672). You do not need it if you only read background check orders (背调订单). Otherwise, add it in the Feishu developer console under "Permissions & Scopes" (权限管理). Then withdraw any version that is still pending, publish a new one, and have it approved.`,
	99991400:
		'The App ID and App Secret are right, but Feishu is receiving too many requests from this app (code 99991400). Test again in a few seconds.',
	1002002:
		'The App ID, App Secret and scope are right, but your tenant does not allow queries without a filter (code 1002002). Getting or watching all background checks will not work; everything else will.',
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
		'The response did not come from Feishu. If the region is Custom, check the Custom Base URL. Otherwise a proxy or firewall may have answered instead.',
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
		'Feishu refused the test with an unknown code. Run the node to see it.',
	),
];
