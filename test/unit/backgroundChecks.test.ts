import type { FeishuClient } from '../../nodes/shared/feishu/client';
import {
	backgroundChecksByIds,
	scanBackgroundChecks,
} from '../../nodes/shared/hire/api/backgroundChecks';
import type { CheckedId } from '../../nodes/shared/hire/checkedId';

/** No client: any attempt to send a request fails differently. */
const noClient = undefined as unknown as FeishuClient;

const settings = { pageSize: 20, requestsPerSecond: 10 };

const asIds = (ids: unknown[]) => ids as CheckedId[];

// Feishu would take an empty filter for none, and return every check of the tenant.
test.each<[string, unknown[]]>([
	['no ID', []],
	['an empty ID', ['']],
	['an empty ID among others', ['1', '']],
	['an ID that got lost', [undefined]],
])('%s is never requested', async (_what, ids) => {
	const pages = backgroundChecksByIds(noClient, asIds(ids), settings);
	await expect(pages.next()).rejects.toThrow('Something that is not an ID was requested');
});

test.each(['', undefined])('the application %j is never requested', async (id) => {
	const scope = { externalApplicationId: id as CheckedId };
	const pages = scanBackgroundChecks(noClient, scope, settings);
	await expect(pages.next()).rejects.toThrow('Something that is not an ID was requested');
});
