import * as fc from 'fast-check';
import { Comparison } from '../../../nodes/FeishuHireTrigger/compare';
import { COMPARED_FIELDS, toItem } from '../../../nodes/FeishuHireTrigger/events';
import { pack, type Snapshot, unpack } from '../../../nodes/FeishuHireTrigger/snapshot';
import type { BackgroundCheck } from '../../../nodes/shared/hire/types';
import type { Check } from '../../../sandbox';
import { followHistory, histories, type Watcher, whatIsThere } from '../../engine/checkHistories';

/** The comparison alone, with its snapshot stored as n8n does. */
function pureWatcher(): Watcher {
	const checks = new Map<string, Check>();
	const shared = new Set<string>();
	let saved = JSON.stringify(pack([]));
	let memory = saved;

	function compare(found: Iterable<Check>) {
		const before = unpack(JSON.parse(memory) as Snapshot);
		const comparison = new Comparison(before, new Set(COMPARED_FIELDS), () => true);
		for (const check of found) {
			comparison.add(structuredClone(check) as BackgroundCheck);
			if (shared.has(check.id))
				comparison.add({ ...check, external_application_id: undefined } as BackgroundCheck);
		}
		return comparison;
	}

	function pollOnce() {
		const { events, kept } = compare(checks.values()).finish();
		memory = JSON.stringify(pack(kept));
		if (events.length > 0) saved = memory;
		return events.map((event) => toItem(event).json);
	}

	return {
		put: (id, fields, isShared) => {
			checks.set(id, { ...checks.get(id), ...fields, id, external_application_id: '77' });
			shared[isShared ? 'add' : 'delete'](id);
		},
		remove: (id) => {
			checks.delete(id);
		},
		all: () => [...checks.values()],
		poll: () => Promise.resolve(pollOnce()),
		failingPoll: () => {
			compare([...checks.values()].slice(1));
			return Promise.resolve();
		},
		restart: () => {
			memory = saved;
			const items = pollOnce();
			saved = memory;
			return Promise.resolve(items);
		},
	};
}

test('over any history the events are its net changes, each once', async () => {
	await fc.assert(
		fc.asyncProperty(histories(60), async (steps) => {
			const watcher = pureWatcher();
			expect(await followHistory(steps, watcher)).toEqual(whatIsThere(watcher));
		}),
		{ numRuns: 500 },
	);
});
