import { setTimeout as sleep } from 'node:timers/promises';
import { itemOf } from '../../harness/itemOf';
import { APPLICATION, endpoints, named, useWriteTenant } from './tenant';

const open = useWriteTenant();

test('Stop ends the run before the next write, and awaits writes already sent', async () => {
	const tenant = await open({ latencyMs: 150 });
	const { sandbox, createChecks } = tenant;
	// Slow enough for the stop to come before the end, fast enough for several to be in flight.
	endpoints.createCheck.requestsPerSecond = 50;
	let cancel = () => {};
	const running = createChecks(
		named(...Array.from({ length: 100 }, (_, n) => `check ${n}`)),
		{},
		{ onStart: (controls) => (cancel = () => controls.cancel()) },
	);
	while (sandbox.requests('create_check').length < 5) await sleep(5);
	cancel();
	const result = await running;
	const atTheEnd = sandbox.requests('create_check').length;
	await sleep(300);
	endpoints.createCheck.requestsPerSecond = 1000;
	expect(result.status).toBe('canceled');
	const all = sandbox.requests('create_check');
	expect(all).toHaveLength(atTheEnd);
	// Two seconds' worth, if the rest were not held back.
	expect(all.length).toBeLessThan(100);
	// Each was answered; none was aborted.
	expect(all.map(({ status }) => status)).toEqual(all.map(() => 200));
	expect(sandbox.checks.byApplication(APPLICATION)).toHaveLength(all.length + 1);
});

test('after the error of an item, writes already sent are awaited and named', async () => {
	const { sandbox, createChecks } = await open();
	sandbox.fault({
		api: 'create_check',
		match: { body: '"name":"slow"' },
		do: { kind: 'delay', ms: 300 },
	});
	sandbox.fault({
		api: 'create_check',
		match: { body: '"name":"bad"' },
		do: { kind: 'answer', status: 400, code: 1002002, when: 'before' },
	});
	const result = await createChecks(named('slow', 'bad'));
	const slow = sandbox.checks.byApplication(APPLICATION).at(-1);
	expect(slow?.name).toBe('slow');
	expect(itemOf(result.error)).toBe(1);
	expect(result.error?.description).toContain(
		`Carried out before the error: item 1 (${slow?.id}).`,
	);
});

test("a write without an answer two seconds after another item's error may have been carried out", async () => {
	const { sandbox, createChecks } = await open();
	sandbox.fault({ api: 'create_check', match: { body: '"name":"mute"' }, do: 'hang' });
	sandbox.fault({
		api: 'create_check',
		match: { body: '"name":"bad"' },
		do: { kind: 'answer', status: 400, code: 1002002, when: 'before' },
	});
	const result = await createChecks(named('mute', 'bad'));
	expect(itemOf(result.error)).toBe(1);
	expect(result.error?.description).toContain('May have been carried out: item 1');
});
