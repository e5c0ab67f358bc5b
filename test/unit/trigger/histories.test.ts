import * as fc from 'fast-check';
import { Comparison } from '../../../nodes/FeishuHireTrigger/compare';
import { COMPARED_FIELDS, toItem } from '../../../nodes/FeishuHireTrigger/events';
import type * as SnapshotModule from '../../../nodes/FeishuHireTrigger/snapshot';
import { pack, unpack } from '../../../nodes/FeishuHireTrigger/snapshot';
import type { Check } from '../../../sandbox';
import { expectNetChanges, histories, type Watcher } from '../../engine/checkHistories';

/** The comparison alone, its snapshot stored as n8n does. */
function pureWatcher(): Watcher {
	const checks = new Map<string, Check>();
	let saved = JSON.stringify(pack([]));
	let memory = saved;

	function pollOnce() {
		const before = unpack(JSON.parse(memory) as SnapshotModule.Snapshot);
		const comparison = new Comparison(before, new Set(COMPARED_FIELDS), () => true);
		for (const check of checks.values()) comparison.add(structuredClone(check) as never);
		const { events, kept } = comparison.finish();
		memory = JSON.stringify(pack(kept));
		if (events.length > 0) saved = memory;
		return events.map((event) => toItem(event).json);
	}

	return {
		put: (id, fields) => {
			checks.set(id, { ...checks.get(id), ...fields, id, external_application_id: '77' });
		},
		remove: (id) => {
			checks.delete(id);
		},
		all: () => [...checks.values()],
		poll: async () => pollOnce(),
		failingPoll: async () => {
			const comparison = new Comparison(
				unpack(JSON.parse(memory) as SnapshotModule.Snapshot),
				new Set(COMPARED_FIELDS),
				() => true,
			);
			for (const check of [...checks.values()].slice(1)) comparison.add(check as never);
		},
		restart: async () => {
			memory = saved;
			const items = pollOnce();
			saved = memory;
			return items;
		},
	};
}

test('over any history the events are its net changes, each once', async () => {
	await fc.assert(
		fc.asyncProperty(histories(60), async (steps) => {
			await expectNetChanges(steps, pureWatcher());
		}),
		{ numRuns: 500 },
	);
});
