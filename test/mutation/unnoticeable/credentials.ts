import type { Reasons } from './reasons';

/** Of `credentials`. */
export const credentials: Reasons = {
	'credentials/FeishuHireApi.credentials.ts': [
		{
			code: 'The tenant access token has expired',
			reason: 'n8n renews the token and shows it to nobody.',
		},
		{ code: '={{ $credentials.region }}', reason: '`authenticate` puts the real one in.' },
		{ code: "[TEST_MARK]: 'true'", reason: 'That the header is there is the mark.' },
		{
			code: 'const TEST_MARK',
			reason: 'Any name would do: it is taken off before the request leaves.',
		},
		{
			code: "options.url ?? options.uri ?? ''",
			change: "'' →",
			reason: 'Neither is an address.',
		},
		{
			code: '} catch {',
			change: '{ return undefined; }',
			reason: 'A function without it returns the same.',
		},
	],
};
