import type { FaultAction } from '../../../sandbox';
import { OLD_CHECK, saidBy, useWriteTenant } from './tenant';

const open = useWriteTenant();

const ID = OLD_CHECK.id;
const items = [{ json: {} }];

const page = (data: object): FaultAction => ({
	kind: 'answer',
	status: 200,
	body: { code: 0, data },
});

test('a check that cannot be read is neither changed nor reported as unknown', async () => {
	const { write, sandbox } = await open();
	sandbox.fault({
		api: 'batch_query',
		always: true,
		do: { kind: 'answer', status: 400, code: 4242 },
	});
	const updateFields = { result: '未通过' };
	const result = await write(
		'externalBackgroundCheck',
		'update',
		{ checkId: ID, updateFields },
		{ items },
	);
	expect(saidBy(result.error)).toContain('(code 4242)');
	expect(sandbox.requests('update_check')).toHaveLength(0);
});

test('a check that is only on the second page of the look-up is found', async () => {
	const { write, sandbox } = await open();
	sandbox.fault({ api: 'delete_check', always: true, do: { kind: 'reset', when: 'before' } });
	const empty = page({ items: [], has_more: true, page_token: 'A' });
	sandbox.fault({ api: 'batch_query', nth: 1, do: empty });
	sandbox.fault({ api: 'batch_query', nth: 2, do: page({ items: [OLD_CHECK], has_more: false }) });
	const result = await write('externalBackgroundCheck', 'delete', { checkId: ID }, { items });
	expect(saidBy(result.error)).toContain(
		`The record ${ID} exists, but the deletion may still take effect`,
	);
});

test('without the scope to read, nothing is deleted, and the scope is named', async () => {
	const { write, sandbox } = await open();
	sandbox.fault({
		api: 'batch_query',
		always: true,
		do: { kind: 'answer', status: 400, code: 99991672 },
	});
	const result = await write('externalBackgroundCheck', 'delete', { checkId: ID });
	expect(saidBy(result.error)).toContain('hire:external_application');
	expect(sandbox.requests('delete_check')).toHaveLength(0);
});
